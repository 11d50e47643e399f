import type { Problem } from '../../../../preload/contract/index.ts';
import type { ConnectBroker } from '../../broker.ts';
import { RingbackError } from '../../errors.ts';
import { type Message, teamMessages } from '../../messages/index.ts';
import type { Store } from '../../ports.ts';
import type { SerialQueue } from '../../timing/index.ts';
import type { ReceiverRecord, TeamRecord } from '../record.ts';
import { holderOf, type Side, type SideOptions } from '../side.ts';

type OwnOptions =
  | 'connect'
  | 'caughtUp'
  | 'tookUpTo'
  | 'noteUnstored'
  | 'receivedFrom'
  | 'restored'
  | 'learnedKeys'
  | 'decided'
  | 'confirmed'
  | 'collect'
  | 'apply'
  | 'due'
  | 'dueAfter'
  | 'standbysFound'
  | 'standbysNamed'
  | 'isForgotten';

export interface TeamOptions extends Omit<SideOptions, OwnOptions> {
  /** Absent where the host cannot be part of a team. */
  readonly connect: ConnectBroker | undefined;
  readonly store: Store;
  /** The data came from another computer, and the user has not decided yet which of the two goes on. */
  isHeld(): boolean;
  /** Which computer receives is known, or is not waited for any longer. */
  decided(): void;
  /** Connections, hooks and what belongs to them, with their secrets, for a standby; and what a standby does with them. */
  readonly records: CopiedRecords;
  /** Whether this computer has connections or hooks of its own, which those of a receiver would replace. */
  hasRecords(): boolean;
  /** This standby has taken over by itself. Called before that is stored, and again if storing failed. */
  tookOver(computer: string): void;
  /** Another computer has taken over from this one. */
  replaced(computer: string): void;
  warn(message: string): void;
}

/** What a standby gets of the receiver, as JSON with plain secrets. */
interface CopiedRecords {
  collect(): Promise<unknown>;
  /** In place of what is here. Throws for what does not fit. */
  apply(records: unknown): Promise<void>;
}

export interface TeamState {
  readonly options: TeamOptions;
  readonly stored: { readonly value: TeamRecord | null; set(value: TeamRecord | null): void };
  readonly queue: SerialQueue;
  side: Side | undefined;
  /** Why there is no side. */
  failure: Problem | undefined;
  /** Ends the time in which the server is waited for. */
  waiting: NodeJS.Timeout | undefined;
  /** What has not succeeded, and is tried again. */
  attempted: (() => Promise<void>) | undefined;
  attempting: NodeJS.Timeout | undefined;
  /** The term after which this computer found that nobody receives. */
  dueAfter: number | undefined;
}

/** The code of the problem that a copy of this receiver publishes at present. */
const otherReceiver = 'team.otherReceiver';

export function receiverOf({ stored }: TeamState): ReceiverRecord {
  if (!stored.value) throw new RingbackError('conflict', teamMessages.notInTeam());
  if (stored.value.role !== 'receiver') throw new RingbackError('conflict', teamMessages.receiverOnly());
  return stored.value;
}

/** Throws conflict where this installation is in a team already. */
export function rejectSecondTeam({ stored, options }: TeamState): void {
  if (!options.connect) throw new RingbackError('conflict', teamMessages.noBroker());
  if (stored.value) throw new RingbackError('conflict', teamMessages.alreadyIn({ team: stored.value.name }));
}

/** Throws where another computer receives in place of this one: what is changed here would not count for the team. */
export function rejectReplaced(state: TeamState): TeamState {
  const problem = state.side?.problem;
  const waiting = typeof problem === 'object' && problem.code === otherReceiver ? problem : undefined;
  const team = state.stored.value;
  // The members that it would change are in a copy that it does not have yet.
  const needsCopy = team?.role === 'receiver' && team.needsCopy ? teamMessages.standbyWithoutCopy() : undefined;
  const reason = heldReason(team) ?? waiting ?? needsCopy;
  if (reason) throw new RingbackError('conflict', reason);
  return state;
}

export function heldReason(team: TeamRecord | null): Message | undefined {
  if (team?.role !== 'receiver' || team.replacedBy === undefined) return undefined;
  return teamMessages.replaced({ computer: team.replacedBy });
}

/** Another computer takes over where this one cannot reach the server. */
export function hasAutomaticStandby({ standbys = [] }: Pick<ReceiverRecord, 'standbys'>): boolean {
  return standbys.some(({ after }) => after !== undefined);
}

/** The user set this computer up as a standby, and it has not taken over. */
export function standsBy({ stored, options }: TeamState): boolean {
  const team = stored.value;
  const { installation, machine } = options;
  return (
    team?.role === 'receiver' &&
    team.replacedBy !== undefined &&
    team.standby?.holder === holderOf(installation, machine)
  );
}

/** The computer that receives for the team, as far as it is known here. */
export function receiverName(team: TeamRecord): string {
  return (team.role === 'receiver' ? team.replacedBy : undefined) ?? team.computer;
}
