import type { ParsedInput, TeamMember } from '../../../../preload/contract/index.ts';
import { RingbackError } from '../../errors.ts';
import { teamMessages } from '../../messages/index.ts';
import { countAfter, selectPublished, toTime } from '../../storage/index.ts';
import { createInvitation } from '../founding.ts';
import { createContentKey, createKeyRing, formatTeamKeys, type TeamKey } from '../keys/index.ts';
import type { MemberRecord, ReceiverRecord } from '../record.ts';
import type { Side } from '../side.ts';
import { receiverOf, rejectReplaced, type TeamState } from './state.ts';

export async function invite(
  state: TeamState,
  { member: name, filter = {} }: ParsedInput<'team.invite'>,
): Promise<string> {
  const { secretStore, ledger, now } = state.options;
  const team = receiverOf(rejectReplaced(state));
  const { secrets } = await secretStore.decrypt({ teamKey: team.secrets.teamKey });
  if (secrets.teamKey === undefined) throw new RingbackError('conflict', teamMessages.secretsLost());
  const newest = countAfter(ledger, 0).newest;
  const sequence = endOfStream(state, team);
  const known = { member: name, filter, teamKey: secrets.teamKey, now: now(), newest, sequence };
  const { member, invitation } = createInvitation(team, known);
  state.stored.set({ ...team, members: [...team.members, member] });
  await applyMembers(state);
  return invitation;
}

/** The newest message of the stream; undefined where a new numbering has not seen it yet. */
function endOfStream({ options }: TeamState, { source }: ReceiverRecord): number | undefined {
  const { sequence } = selectPublished(options.ledger);
  return sequence === 0 && source !== undefined ? undefined : sequence;
}

export async function removeMember(state: TeamState, id: string): Promise<void> {
  const team = receiverOf(rejectReplaced(state));
  if (!team.members.some((one) => one.id === id)) throw new RingbackError('not-found', teamMessages.noMember());
  await rotateKey(state, async (current) => ({ members: current.members.filter((one) => one.id !== id) }));
  await applyMembers(state);
}

/** Changes the team's key and the given fields of its record in one write; members request the key when needed. */
export async function rotateKey(
  state: TeamState,
  changesOf: (team: ReceiverRecord) => Promise<Partial<ReceiverRecord>> = async () => ({}),
): Promise<void> {
  const { secretStore } = state.options;
  const known = receiverOf(state).secrets.rotatedKeys;
  const { secrets, lost } = await secretStore.decrypt(known === undefined ? {} : { known });
  if (lost.length > 0) throw new RingbackError('conflict', teamMessages.secretsLost());
  const ring = createKeyRing(secrets.known);
  const key = createContentKey();
  ring.add([key]);
  const { rotatedKeys = '' } = await secretStore.encrypt({ rotatedKeys: formatTeamKeys(ring.all) });
  const changes = await changesOf(receiverOf(state));
  const team = receiverOf(state);
  state.stored.set({ ...team, ...changes, secrets: { ...team.secrets, rotatedKeys } });
  state.side?.keys.add([key]);
}

/** Stores the keys that a member has requested from the receiver. */
export async function storeKeys({ stored, options }: TeamState, keys: readonly TeamKey[]): Promise<void> {
  const { rotatedKeys = '' } = await options.secretStore.encrypt({ rotatedKeys: formatTeamKeys(keys) });
  const team = stored.value;
  if (team?.role === 'member') stored.set({ ...team, secrets: { ...team.secrets, rotatedKeys } });
}

/** What fails now is tried again until it succeeds. */
async function applyMembers({ side, options }: TeamState): Promise<void> {
  await side?.apply();
  options.changed();
}

export async function listMembers(state: TeamState): Promise<TeamMember[]> {
  const { side } = state;
  const team = receiverOf(state);
  return Promise.all(
    team.members.map(async (member) => toMember(member, await side?.stateOf(member).catch(() => undefined))),
  );
}

function toMember(member: MemberRecord, state: Awaited<ReturnType<Side['stateOf']>>): TeamMember {
  const { id, name, filter, invitedAt } = member;
  return {
    ...{ id, name, filter, invitedAt: toTime(invitedAt), connected: state?.connected ?? false },
    ...(state === undefined ? {} : { behind: state.behind }),
    ...(state?.seenAt === undefined ? {} : { lastSeen: toTime(state.seenAt) }),
  };
}
