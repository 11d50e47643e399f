import { z } from 'zod';
import type { Hook, Inactivity, InactivityRule } from '../../../preload/contract/index.ts';
import { notFound } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import { hookMessages, type Message } from '../messages/index.ts';
import type { Notifier } from '../notifications/index.ts';
import type { Store } from '../ports.ts';
import {
  createStoredValue,
  type Ledger,
  type NotificationRow,
  selectEventTimes,
  selectLastVerifiedTime,
  toTime,
} from '../storage/index.ts';
import { eventRhythm, rhythmPeriod } from './event-rhythm.ts';
import { toNotification } from './reconcile/index.ts';

/** Notifies of hooks that receive nothing: the one failure that a webhook cannot report. */
export interface InactivityMonitor {
  /** Throws not-found. */
  set(hook: string, rule: InactivityRule): Inactivity;
  of(hook: string): Inactivity;
  list(): Inactivity[];
  stop(): void;
}

interface InactivityMonitorOptions {
  readonly store: Store;
  readonly ledger: Ledger;
  /** The own hooks. */
  hooks(): readonly Hook[];
  /** The name that users see. */
  label(hook: Hook): Message;
  readonly notifier: Pick<Notifier, 'queue'>;
  now(): number;
  readonly log: Log;
  warn(message: string): void;
  changed(): void;
}

const hour = 3600_000;
const checkEvery = hour;
const maxEvents = 5000;

const StoredRules = z.record(
  z.string(),
  z.object({ rule: z.union([z.literal('usual'), z.number(), z.null()]), toldAt: z.number().optional() }),
);
type StoredRule = z.infer<typeof StoredRules>[string];

export function startInactivityMonitor(options: InactivityMonitorOptions): InactivityMonitor {
  const { ledger, now } = options;
  const stored = createStoredValue(options.store, 'silence', StoredRules, {}, options.warn);

  const stateOf = (hook: Hook): Inactivity => {
    const { rule } = stored.value[hook.id] ?? { rule: 'usual' };
    const times = selectEventTimes(ledger, hook.id, now() - rhythmPeriod, maxEvents);
    const last = times[0] ?? selectLastVerifiedTime(ledger, hook.id) ?? timeOf(hook.createdAt);
    return inactivityOf(hook.id, rule, { times, last }, now());
  };
  const find = (id: string): Hook => {
    const hook = options.hooks().find((one) => one.id === id);
    if (!hook) throw notFound('hook');
    return hook;
  };
  const save = (hook: string, entry: StoredRule): void => {
    const existing = new Set(options.hooks().map(({ id }) => id));
    const others = Object.entries(stored.value).filter(([id]) => existing.has(id));
    stored.set({ ...Object.fromEntries(others), [hook]: entry });
  };
  const check = async (): Promise<void> => {
    for (const hook of options.hooks()) {
      if (hook.paused) continue;
      const state = stateOf(hook);
      const { toldAt = 0 } = stored.value[hook.id] ?? {};
      if (!state.alarm || toldAt > Date.parse(state.since ?? '')) continue;
      const notification = toInactivityNotification(options.label(hook), state, now(), hook);
      if (await options.notifier.queue(notification)) save(hook.id, { rule: state.rule, toldAt: now() });
      options.changed();
    }
  };
  const checkSafely = (): void =>
    void check().catch((error) => options.log.warn('hooks', `Checking for inactivity failed: ${describe(error)}`));
  const timer = setInterval(checkSafely, checkEvery);
  timer.unref();
  setImmediate(checkSafely);

  return {
    set(id, rule) {
      const hook = find(id);
      save(id, { rule });
      checkSafely();
      return stateOf(hook);
    },
    of: (id) => stateOf(find(id)),
    list: () => options.hooks().map(stateOf),
    stop: () => clearInterval(timer),
  };
}

const timeOf = (text: string | undefined): number | undefined => (text && Date.parse(text)) || undefined;

/** The callbacks of a hook, without unverified ones: anybody may send those. */
interface Activity {
  /** When the latest events came, the latest first. */
  readonly times: readonly number[];
  /** When the latest one came, or the hook was created. */
  readonly last: number | undefined;
}

function inactivityOf(hook: string, rule: InactivityRule, { times, last }: Activity, now: number): Inactivity {
  const { perDay, longestUsualGap } = eventRhythm(times);
  const allowed = rule === 'usual' ? longestUsualGap : rule === null ? undefined : rule * hour;
  return {
    hook,
    rule,
    ...(last === undefined ? {} : { since: toTime(last) }),
    ...(perDay === undefined ? {} : { perDay }),
    ...(allowed === undefined ? {} : { allowedHours: Math.round(allowed / hour) }),
    alarm: last !== undefined && allowed !== undefined && now - last > allowed,
  };
}

function toInactivityNotification(
  label: Message,
  { since = '', perDay }: Inactivity,
  now: number,
  { id: hook, connection }: Hook,
): NotificationRow {
  const hours = Math.floor((now - Date.parse(since)) / hour);
  const body = hookMessages.inactive({ hook: label, hours, ...(perDay === undefined ? {} : { perDay }) });
  const about = { connection, hook, event: 'ringback.inactivity', outcome: 'failed' } as const;
  return { ...toNotification(hookMessages.inactiveTitle(), body, now), about, page: 'hooks' };
}
