import type { ParsedInput, TeamFilter } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import { teamMessages } from '../messages/index.ts';
import type { SecretStore } from '../storage/index.ts';
import { formatInvitation, Invitation, type StandbyInvitation } from './invitation.ts';
import { createId, createSigningKey, createTeamKey, createUserKey } from './keys/index.ts';
import type { JoinedRecord, MemberRecord, ReceiverRecord } from './record.ts';
import { filterSubjects } from './subjects.ts';

interface Founder {
  readonly secretStore: SecretStore;
  readonly installation: string;
  readonly computer: string;
}

/** A new team with this computer as its receiver. */
export async function createTeam(input: ParsedInput<'team.create'>, founder: Founder): Promise<ReceiverRecord> {
  const { name, servers, tls, credentials } = input;
  rejectUnencrypted(servers, tls !== undefined);
  const user = createUserKey();
  const signing = createSigningKey();
  const secrets = { seed: user.seed, signing: signing.secret, teamKey: createTeamKey() };
  const encrypted = await founder.secretStore.encrypt(
    credentials === undefined ? secrets : { ...secrets, credentials },
  );
  return {
    role: 'receiver',
    id: createId(),
    ...{ name, servers, secure: isSecure(servers, tls !== undefined) },
    ...(tls?.authority === undefined ? {} : { authority: tls.authority }),
    ...{ installation: founder.installation, computer: founder.computer },
    ...{ user: user.name, signingKey: signing.public, members: [] },
    secrets: encrypted as ReceiverRecord['secrets'],
  };
}

interface InvitationInput {
  readonly member: string;
  readonly filter: TeamFilter;
  readonly teamKey: string;
  readonly now: number;
  /** The newest event at present. */
  readonly newest: number;
  /** The newest message of the stream; undefined where it is not known. */
  readonly sequence: number | undefined;
}

/** A new member and the text that makes a computer this member. The member's own key is in the text alone. */
export function createInvitation(
  team: ReceiverRecord,
  { member: name, filter, teamKey, now, newest, sequence }: InvitationInput,
): { readonly member: MemberRecord; readonly invitation: string } {
  if (team.members.some((one) => one.name.toLowerCase() === name.toLowerCase()))
    throw new RingbackError('conflict', teamMessages.memberExists({ name }));
  const id = createId();
  const user = createUserKey();
  const consumers = filterSubjects(team.id, teamKey, filter).map((subject, index) => ({
    name: `${id}_${index}`,
    filter: subject,
  }));
  const { source } = team;
  // Parsing removes what only the receiver may have.
  const invitation = formatInvitation(
    Invitation.parse({
      ...team,
      ...{ member: { id, name }, consumers, joinedAfter: newest },
      ...(source === undefined ? {} : { joinedSource: source }),
      ...(sequence === undefined ? {} : { startsAfter: sequence }),
      secrets: { seed: user.seed, teamKey },
    }),
  );
  return {
    member: {
      ...{ id, name, user: user.name, filter, consumers, invitedAt: now },
      invitedAfter: { source: source ?? team.installation, event: newest },
      ...(sequence === undefined ? {} : { startsAfter: sequence }),
    },
    invitation,
  };
}

export async function joinTeam(invitation: Invitation, secretStore: SecretStore): Promise<JoinedRecord> {
  rejectUnencrypted(invitation.servers, invitation.secure);
  const secrets = await secretStore.encrypt(invitation.secrets);
  const { startsAfter: position, ...membership } = invitation;
  return {
    ...{ ...membership, role: 'member', secrets: secrets as JoinedRecord['secrets'] },
    ...(position === undefined ? {} : { position }),
  };
}

/** Waits in place of the receiver that invited it. */
export async function joinAsStandby(
  { secrets, ...team }: StandbyInvitation,
  { secretStore, holder, now }: { readonly secretStore: SecretStore; readonly holder: string; readonly now: number },
): Promise<ReceiverRecord> {
  rejectUnencrypted(team.servers, team.secure);
  const plain = Object.entries(secrets).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const encrypted = await secretStore.encrypt(Object.fromEntries(plain));
  return {
    ...{ ...team, role: 'receiver', members: [], needsCopy: true },
    ...{ replacedBy: team.computer, standby: { holder, since: now } },
    secrets: encrypted as ReceiverRecord['secrets'],
  };
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/;

/** Plain connections are for this computer only. */
function rejectUnencrypted(servers: readonly string[], withTls: boolean): void {
  const plain = servers.find(
    (server) => !isSecure([server], withTls) && !loopback.test(server.replace(/^\w+:\/\//, '')),
  );
  if (plain !== undefined) throw new RingbackError('invalid-input', teamMessages.unencrypted({ server: plain }));
}

function isSecure(servers: readonly string[], withTls: boolean): boolean {
  return withTls || servers.some((server) => server.startsWith('tls://'));
}
