import { RingbackError } from '../../errors.ts';
import { describe } from '../../log.ts';
import { type Message, teamMessages } from '../../messages/index.ts';
import { seconds } from '../../timing/index.ts';
import { hasAutomaticStandby, heldReason, type TeamState } from './state.ts';

export interface TeamHooks {
  /** Why it may not, as another computer receives in place of this one. */
  heldReason(): Message | undefined;
  /** The server has not said yet which computer receives, and may be reached soon. */
  isUndecided(): boolean;
  /** The server confirmed within the last minute that this computer receives: others that use the same data do not. */
  isConfirmed(): boolean;
  /** Resolves once standbys have all hooks. Rejects where one that takes over by itself cannot have them. */
  copied(): Promise<void>;
}

/** Milliseconds for which a receiver waits for the server before it repairs hooks without it. */
const decisionTimeout = seconds(30);

/** Hooks are repaired once the server said that this computer receives, or after a while without the server. */
export function awaitDecision(state: TeamState): void {
  clearTimeout(state.waiting);
  state.waiting = setTimeout(() => endWaiting(state), decisionTimeout).unref();
}

function endWaiting(state: TeamState): void {
  if (state.waiting === undefined) return;
  clearTimeout(state.waiting);
  state.waiting = undefined;
  state.options.decided();
}

export function noteDecision(state: TeamState, replacedBy: string | undefined): void {
  const { stored, options } = state;
  if (stored.value?.role === 'receiver') {
    const { takesOver, takesOverAfter, replacedBy: known, ...team } = stored.value;
    const isNew = takesOver || takesOverAfter !== undefined || known !== replacedBy;
    if (takesOverAfter !== undefined && replacedBy === undefined) options.tookOver(known ?? team.computer);
    const isRenamed = replacedBy === undefined && team.computer !== options.computer;
    if (isNew || isRenamed)
      stored.set({ ...team, ...(replacedBy === undefined ? { computer: options.computer } : { replacedBy }) });
    // The takeover was given up; where nobody receives later, under the same term, it is tried again.
    if (takesOverAfter !== undefined && replacedBy !== undefined) state.dueAfter = undefined;
    if (known === undefined && replacedBy !== undefined && !takesOver) options.replaced(replacedBy);
    // Until now this computer was not to change hooks, or had none.
    if (replacedBy === undefined && (isNew || hasAutomaticStandby(team))) options.decided();
  }
  endWaiting(state);
}

/** Hooks were held while it was in doubt whether this computer receives. */
export function noteConfirmation({ stored, options }: TeamState): void {
  const team = stored.value;
  if (team?.role === 'receiver' && team.replacedBy === undefined && hasAutomaticStandby(team)) options.decided();
}

export function hooksOf(state: TeamState): TeamHooks {
  const { stored, options } = state;
  const isConfirmed = (): boolean => state.side?.isConfirmed() ?? false;
  const isAutomatic = (): boolean => stored.value?.role === 'receiver' && hasAutomaticStandby(stored.value);
  const reasonNow = (): Message | undefined =>
    heldReason(stored.value) ?? (isAutomatic() && !isConfirmed() ? teamMessages.unconfirmed() : undefined);
  return {
    isConfirmed,
    heldReason: reasonNow,
    isUndecided: () => state.waiting !== undefined,
    async copied() {
      const reason = reasonNow();
      if (reason) throw new RingbackError('conflict', reason);
      if (stored.value?.role !== 'receiver' || !stored.value.standbys?.length) return;
      await state.side?.flushCopy().catch((cause) => {
        if (isAutomatic()) throw new RingbackError('offline', teamMessages.notCopied(), { cause });
        options.log.warn('team', `The standby does not have a new hook yet: ${describe(cause)}`);
      });
    },
  };
}
