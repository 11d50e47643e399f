import type { Hook, MessageReference, Recovery as RecoveryEntry } from '../../../preload/contract/index.ts';
import { toProblem } from '../errors.ts';
import { describe } from '../log.ts';
import { followedBy, recoveryMessages, referenceOf } from '../messages/index.ts';
import { selectMonitored, toTime } from '../storage/index.ts';
import { minutes } from '../timing/index.ts';
import { findMissed } from './find-missed.ts';
import type { RecoveryOptions } from './options.ts';

export type Gap = RecoveryEntry['gaps'][number];

/** The result of asking the providers for some hooks; times in milliseconds since 1970. */
export interface Search {
  readonly startedAt: number;
  /** The earliest time since which a hook was not monitored. */
  readonly from: number;
  /** What could not be found. */
  readonly gaps: readonly Gap[];
  /** Hooks that were asked for. */
  readonly searched: readonly string[];
}

/** The provider's own retries bridge a shorter interruption. */
export const shortestGap = minutes(2);
/** Hooks asked for side by side. */
const parallel = 4;

/** Asks for what these hooks have missed since they were last monitored. */
export async function searchMissed(
  options: RecoveryOptions,
  hooks: readonly Hook[],
  signal: AbortSignal,
): Promise<Search> {
  const startedAt = options.now();
  const gaps: Gap[] = [];
  const searched: string[] = [];
  const waiting = [...hooks];
  const work = async (): Promise<void> => {
    for (let hook = waiting.shift(); hook && !signal.aborted; hook = waiting.shift()) {
      const { gap, complete } = await searchHook(options, hook, startedAt, signal);
      if (complete) searched.push(hook.id);
      if (gap) gaps.push(gap);
    }
  };
  await Promise.all([options.jobs().refreshOpen(), ...Array.from({ length: parallel }, work)]);
  const times = hooks.map(({ id }) => selectMonitored(options.ledger, id) ?? startedAt);
  return { startedAt, from: Math.min(startedAt, ...times), gaps, searched };
}

async function searchHook(
  options: RecoveryOptions,
  hook: Hook,
  startedAt: number,
  signal: AbortSignal,
): Promise<{ readonly gap?: Gap | undefined; readonly complete: boolean }> {
  const since = selectMonitored(options.ledger, hook.id);
  if (since === undefined) return { complete: true };
  const gapFor = (reason: Gap['reason'], reasonMessage?: MessageReference): Gap | undefined =>
    startedAt - since < shortestGap
      ? undefined
      : { hook: hook.id, from: toTime(since), reason, ...(reasonMessage ? { reasonMessage } : {}) };
  try {
    const reason = await findMissed(options, hook, since, signal);
    return { complete: true, gap: reason === undefined ? undefined : gapFor(reason.text, referenceOf(reason)) };
  } catch (error) {
    options.log.warn('recovery', `The missed events of a hook could not be requested: ${describe(error)}`);
    const { message, reason } = toProblem(error);
    const again = recoveryMessages.asksAgain();
    const whole = reason && referenceOf(followedBy({ ...reason, text: message }, again));
    return { complete: false, gap: gapFor(`${message} ${again.text}`, whole) };
  }
}
