import type { ParsedInput, TeamStatus } from '../../../../preload/contract/index.ts';
import { RingbackError } from '../../errors.ts';
import { teamMessages } from '../../messages/index.ts';
import { countAfter, nothingToPublish } from '../../storage/index.ts';
import { createTeam, joinTeam } from '../founding.ts';
import { parseInvitation, parseStandbyInvitation } from '../invitation.ts';
import type { ReceiverRecord, TeamRecord } from '../record.ts';
import { holderOf } from '../side.ts';
import { becomeStandby } from './standbys.ts';
import { endAttempts, restart, startSide } from './start.ts';
import { receiverOf, rejectSecondTeam, standsBy, type TeamState } from './state.ts';
import { statusOf } from './status.ts';

/** Seconds without a receiver after which a standby takes over, where its user chose nothing else: a restart is shorter. */
const defaultStandbySeconds = 120;

export async function create(state: TeamState, input: ParsedInput<'team.create'>): Promise<TeamStatus> {
  rejectSecondTeam(state);
  const { ledger } = state.options;
  const team = await createTeam(input, state.options);
  // What came before the team is not for its members.
  await ledger.write('published', { event: countAfter(ledger, 0).newest, sequence: 0 });
  state.stored.set(team);
  await startSide(state);
  return statusOf(state);
}

export async function join(state: TeamState, text: string): Promise<TeamStatus> {
  rejectSecondTeam(state);
  const { options, stored } = state;
  const standby = parseStandbyInvitation(text);
  if (standby) stored.set(await becomeStandby(state, standby));
  else stored.set(await joinTeam(parseInvitation(text), options.secretStore));
  await startSide(state);
  return statusOf(state);
}

export async function takeOver(state: TeamState): Promise<TeamStatus> {
  const { replacedBy, takesOver } = receiverOf(state);
  if (replacedBy === undefined) throw new RingbackError('conflict', teamMessages.alreadyReceives());
  // Otherwise the user let it take over before, and it still waits for a copy.
  if (!takesOver) await settle(state, 'take-over');
  return statusOf(state);
}

export async function settle(state: TeamState, choice: 'take-over' | 'new', settled = () => {}): Promise<void> {
  if (!state.stored.value || choice === 'new') settled();
  if (!state.stored.value) return;
  // Stored with the new numbering or not at all: without it, events could be published under numbers that others used.
  if (choice === 'take-over') return restart(state, 'nothing', decisionOf(state.stored.value), settled);
  // The place in the team stays with the other computer.
  await leave(state);
}

/** Without a copy of what the other computer has it stays a standby until there is one. */
function decisionOf(team: TeamRecord): Partial<ReceiverRecord> {
  const needsCopy = team.role === 'receiver' && team.needsCopy;
  return needsCopy ? { takesOver: true } : { takesOver: true, replacedBy: undefined };
}

export async function standBy(
  state: TeamState,
  { automatic, after }: ParsedInput<'team.standby'>,
): Promise<TeamStatus> {
  const { options, stored } = state;
  const team = receiverOf(state);
  if (!options.isHeld() && team.replacedBy === undefined)
    throw new RingbackError('conflict', teamMessages.standbyReceives());
  const holder = holderOf(options.installation, options.machine);
  await state.side?.close();
  state.side = undefined;
  const standby = { holder, since: options.now(), ...(automatic ? { after: after ?? defaultStandbySeconds } : {}) };
  const { takesOver: _, ...present } = receiverOf(state);
  stored.set({ ...present, replacedBy: team.replacedBy ?? team.computer, standby });
  await startSide(state);
  options.changed();
  return statusOf(state);
}

export async function leave(state: TeamState): Promise<void> {
  if (!state.stored.value) throw new RingbackError('conflict', teamMessages.notInTeam());
  clearTimeout(state.waiting);
  endAttempts(state);
  state.waiting = undefined;
  if (standsBy(state)) await state.side?.withdraw();
  await state.side?.close();
  state.side = undefined;
  state.failure = undefined;
  state.stored.set(null);
  await state.options.ledger.write('published', { event: nothingToPublish, sequence: 0 });
  state.options.changed();
}
