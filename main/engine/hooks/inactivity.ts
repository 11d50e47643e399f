import { z } from 'zod';
import type { Hook, Inactivity, InactivityRule } from '../../../preload/contract.ts';
import { RingbackError } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import type { Notifier } from '../notifications/index.ts';
import type { Store } from '../ports.ts';
import { createStoredValue, type Ledger, selectEventTimes, toTime } from '../storage/index.ts';
import { inactivityNotification } from './inactivity-messages.ts';

/** Misses what does not come: silence is the one failure that a webhook cannot report. */
export interface InactivityMonitor {
  /** Throws not-found. */
  set(hook: string, rule: InactivityRule): Inactivity;
  of(hook: string): Inactivity;
  list(): Inactivity[];
  stop(): void;
}

export interface InactivityMonitorOptions {
  readonly store: Store;
  readonly ledger: Ledger;
  /** The own hooks that are meant to tell something. */
  hooks(): readonly Hook[];
  /** How people call the hook. */
  label(hook: Hook): string;
  readonly notifier: Pick<Notifier, 'queue'>;
  now(): number;
  readonly log: Log;
  warn(message: string): void;
  changed(): void;
}

const hour = 3600_000;
const day = 24 * hour;
/** The rhythm of a hook is what its last four weeks show. */
const rhythmOf = 28 * day;
/** Fewer events show no rhythm. */
const fewest = 10;
/** Longer gaps than ever by half, and not before three days: a weekend is no alarm. */
const tolerance = 1.5;
const shortest = 3 * day;
const lookEvery = hour;
const mostEvents = 5000;

const Stored = z.record(
  z.string(),
  z.object({ rule: z.union([z.literal('usual'), z.number(), z.null()]), toldAt: z.number().optional() }),
);

export function startInactivityMonitor(options: InactivityMonitorOptions): InactivityMonitor {
  const { ledger, now } = options;
  const record = createStoredValue(options.store, 'silence', Stored, {}, options.warn);
  const ruleOf = (hook: string): InactivityRule => {
    const kept = record.value[hook];
    return kept ? kept.rule : 'usual';
  };

  const standing = (hook: Hook): Inactivity => {
    const rule = ruleOf(hook.id);
    const times = selectEventTimes(ledger, hook.id, now() - rhythmOf, mostEvents);
    const [last = Date.parse(hook.lastEventAt ?? hook.createdAt ?? '') || undefined] = times;
    const allowed = typeof rule === 'number' ? rule * hour : rule === 'usual' ? usualLimit(times) : undefined;
    const perDay = usualPerDay(times);
    return {
      hook: hook.id,
      rule,
      ...(last === undefined ? {} : { since: toTime(last) }),
      ...(perDay === undefined ? {} : { perDay }),
      ...(allowed === undefined ? {} : { allowedHours: Math.round(allowed / hour) }),
      alarm: last !== undefined && allowed !== undefined && now() - last > allowed,
    };
  };
  const meant = (): readonly Hook[] => options.hooks().filter(({ paused }) => !paused);
  const find = (id: string): Hook => {
    const hook = options.hooks().find((one) => one.id === id);
    if (!hook) throw new RingbackError('not-found', 'This hook is not one of this Ringback.');
    return hook;
  };

  /** Once for each silence. */
  const look = async (): Promise<void> => {
    for (const hook of meant()) {
      const silence = standing(hook);
      const { toldAt = 0 } = record.value[hook.id] ?? {};
      if (!silence.alarm || toldAt > Date.parse(silence.since ?? '')) continue;
      const notice = inactivityNotification(options.label(hook), silence, now());
      if (await options.notifier.queue(notice)) keep(hook.id, { rule: silence.rule, toldAt: now() });
      options.changed();
    }
  };
  const keep = (hook: string, entry: z.infer<typeof Stored>[string]): void => {
    const known = new Set(options.hooks().map(({ id }) => id));
    const others = Object.entries(record.value).filter(([id]) => known.has(id));
    record.set({ ...Object.fromEntries(others), [hook]: entry });
  };
  const lookSafely = (): void => void look().catch((error) => options.log.warn('hooks', `Silence: ${describe(error)}`));
  const timer = setInterval(lookSafely, lookEvery);
  timer.unref();
  setImmediate(lookSafely);

  return {
    set(id, rule) {
      const hook = find(id);
      keep(id, { rule });
      lookSafely();
      return standing(hook);
    },
    of: (id) => standing(find(id)),
    list: () => options.hooks().map(standing),
    stop: () => clearInterval(timer),
  };
}

/** Half more than the longest gap there was; undefined where there is no rhythm. Times are the latest first. */
function usualLimit(times: readonly number[]): number | undefined {
  if (times.length < fewest) return undefined;
  const gaps = times.slice(1).map((time, index) => (times[index] ?? time) - time);
  return Math.max(shortest, tolerance * Math.max(...gaps));
}

function usualPerDay(times: readonly number[]): number | undefined {
  const [last, first] = [times[0], times.at(-1)];
  if (times.length < fewest || last === undefined || first === undefined) return undefined;
  return Math.round((times.length / Math.max(1, (last - first) / day)) * 10) / 10;
}
