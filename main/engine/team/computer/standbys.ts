import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { RingbackError } from '../../errors.ts';
import { teamMessages } from '../../messages/index.ts';
import { countAfter } from '../../storage/index.ts';
import { joinAsStandby } from '../founding.ts';
import { formatStandbyInvitation, StandbyInvitation } from '../invitation.ts';
import { formatTeamKeys, type KeyRing, parseTeamKeys } from '../keys/index.ts';
import { ReceiverRecord } from '../record.ts';
import { type CopyContent, holderOf, type SideOptions } from '../side.ts';
import { isForgotten, type Standby } from '../standby/index.ts';
import { receiverOf, rejectReplaced, type TeamState } from './state.ts';

/** Standbys that are remembered as forgotten. */
const mostForgotten = 100;

export async function inviteStandby(state: TeamState): Promise<string> {
  const { secretStore, computer } = state.options;
  const team = receiverOf(rejectReplaced(state));
  const { secrets, lost } = await secretStore.decrypt(team.secrets as Record<string, string>);
  if (lost.length > 0) throw new RingbackError('conflict', teamMessages.secretsLost());
  return formatStandbyInvitation(StandbyInvitation.parse({ ...team, computer, secrets }));
}

export async function forgetStandby(state: TeamState, holder: string): Promise<void> {
  const team = receiverOf(rejectReplaced(state));
  const standby = team.standbys?.find((one) => one.holder === holder);
  if (!standby) throw new RingbackError('not-found', teamMessages.noStandby());
  const forgotten = [...(team.forgotten ?? []), { holder, since: standby.since }].slice(-mostForgotten);
  state.stored.set({ ...team, forgotten });
  // It is listed for as long as the newest copy at the server lets it take over.
  await state.side?.flushCopy();
  state.options.changed();
}

/** What the side of a receiver needs for standbys, and a standby for their copy. */
export function standbyOptions(
  state: TeamState,
): Pick<SideOptions, 'collect' | 'apply' | 'standbysFound' | 'standbysNamed' | 'isForgotten'> {
  const { stored, options } = state;
  const known = (): readonly Standby[] => (stored.value?.role === 'receiver' && stored.value.standbys) || [];
  const store = (standbys: readonly Standby[]): void => {
    if (stored.value?.role === 'receiver' && !isDeepStrictEqual(standbys, known()))
      stored.set({ ...stored.value, standbys: [...standbys] });
  };
  return {
    collect: async () => ({ team: await collectTeam(state), records: await options.records.collect() }),
    apply: (content, ring) => applyCopy(state, content, ring),
    standbysFound: (found) =>
      store([...known().filter((one) => !found.some(({ holder }) => holder === one.holder)), ...found]),
    standbysNamed: store,
    isForgotten: (standby) => stored.value?.role === 'receiver' && isForgotten(standby, stored.value.forgotten ?? []),
  };
}

const CopiedTeam = ReceiverRecord.pick({ members: true, forgotten: true }).extend({
  rotatedKeys: z.string().optional(),
});

async function collectTeam(state: TeamState): Promise<z.infer<typeof CopiedTeam>> {
  const { members, forgotten, secrets } = receiverOf(state);
  const { rotatedKeys } = secrets;
  if (rotatedKeys === undefined) return { members, forgotten };
  const { secrets: plain, lost } = await state.options.secretStore.decrypt({ rotatedKeys });
  if (lost.length > 0) throw new RingbackError('conflict', teamMessages.secretsLost());
  return { members, forgotten, ...(plain.rotatedKeys === undefined ? {} : { rotatedKeys: plain.rotatedKeys }) };
}

/** Stored one after the other: where that ends half-way, all of it is done again before this computer changes a hook. */
async function applyCopy(state: TeamState, content: CopyContent, ring: KeyRing): Promise<void> {
  const { members, forgotten, rotatedKeys } = CopiedTeam.parse(content.team);
  await state.options.records.apply(content.records);
  if (rotatedKeys !== undefined) ring.addOlder(parseTeamKeys(rotatedKeys));
  const encrypted = await state.options.secretStore.encrypt({ rotatedKeys: formatTeamKeys(ring.all) });
  const { needsCopy: _, ...team } = receiverOf(state);
  state.stored.set({ ...team, members, forgotten, secrets: { ...team.secrets, ...encrypted } });
}

export async function becomeStandby({ options }: TeamState, invitation: StandbyInvitation): Promise<ReceiverRecord> {
  const { secretStore, ledger, installation, machine, now } = options;
  if (options.hasRecords()) throw new RingbackError('conflict', teamMessages.standbyNotEmpty());
  const holder = holderOf(installation, machine);
  // The events that this computer has are not for the team.
  await ledger.write('published', { event: countAfter(ledger, 0).newest, sequence: 0 });
  return joinAsStandby(invitation, { secretStore, holder, now: now() });
}
