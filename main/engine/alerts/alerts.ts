import { z } from 'zod';
import { describe, type Log } from '../log.ts';
import { type Message, referenceOf } from '../messages/index.ts';
import type { Notifier } from '../notifications/index.ts';
import type { Store } from '../ports.ts';
import { createStoredValue, type NotificationRow } from '../storage/index.ts';
import { createSerialQueue, minutes, seconds } from '../timing/index.ts';

/** What an alert or its end says. */
interface AlertText {
  readonly title: Message;
  /** A sentence of a provider or of the system where it is no message. */
  readonly body: Message | string;
}

/** How a condition stands; "unknown" leaves an alert as it is, "gone" ends it without a notification. */
export type ConditionState =
  | { readonly state: 'good' | 'unknown' | 'gone' }
  | {
      readonly state: 'bad';
      readonly text: AlertText;
      /** Milliseconds before the user is notified. */
      readonly delay: number;
    };

export interface AlertCondition {
  /** Stored; the part before a colon names the kind. */
  readonly id: string;
  readonly page?: NotificationRow['page'];
  /** Whether it may be bad across restarts; a shorter one starts again. */
  readonly outlastsRestart?: boolean;
  check(isNotified: boolean): ConditionState | Promise<ConditionState>;
  /** What is said once it is good again; `since` is in milliseconds since 1970. */
  over(since: number): AlertText | Promise<AlertText>;
}

/** Notifies once of each condition that keeps events or notifications from arriving, and once of its end. */
export interface Alerts {
  /** Whether the user was notified of it, and not of its end yet. */
  isActive(id: string): boolean;
  /** Whether one of this kind is active. */
  isAnyActive(kind: string): boolean;
  /** Checks the conditions from now on, regularly and on request. */
  start(conditions: () => readonly AlertCondition[]): void;
  /** Something that a condition depends on has changed. Never throws. */
  request(): void;
  close(): Promise<void>;
}

interface AlertsOptions {
  readonly store: Store;
  readonly notifier: Pick<Notifier, 'queue'>;
  now(): number;
  readonly log: Log;
  warn(message: string): void;
}

const StoredAlerts = z.record(z.string(), z.object({ since: z.number(), notifiedAt: z.number().optional() }));
type StoredAlert = z.infer<typeof StoredAlerts>[string];

const checkEvery = seconds(15);
/** A longer time between two checks means that the computer slept, and nothing is known of the time between. */
const sleepGap = minutes(3);

export function createAlerts(options: AlertsOptions): Alerts {
  const stored = createStoredValue(options.store, 'alerts', StoredAlerts, {}, options.warn);
  const queue = createSerialQueue();
  let timer: NodeJS.Timeout | undefined;
  let find: (() => readonly AlertCondition[]) | undefined;
  let checkedAt: number | undefined;

  const save = (id: string, alert: StoredAlert | undefined): void => {
    const { [id]: _replaced, ...others } = stored.value;
    stored.set(alert ? { ...others, [id]: alert } : others);
  };
  const checkAll = async (at: number): Promise<void> => {
    const isContinuous = checkedAt !== undefined && at - checkedAt < sleepGap;
    checkedAt = at;
    for (const condition of find?.() ?? []) {
      const alert = stored.value[condition.id];
      const known = isContinuous || alert?.notifiedAt || condition.outlastsRestart ? alert : undefined;
      await follow(condition, known, { ...options, at, save }).catch((error: unknown) => {
        options.log.warn('alerts', `The condition "${condition.id}" could not be checked: ${describe(error)}`);
      });
    }
  };
  const request = (): void => {
    const at = options.now();
    if (find) void queue(() => checkAll(at));
  };
  const isActive = (id: string): boolean => stored.value[id]?.notifiedAt !== undefined;
  return {
    isActive,
    isAnyActive: (kind) => Object.keys(stored.value).some((id) => kindOf(id) === kind && isActive(id)),
    start(conditions) {
      find = conditions;
      timer = setInterval(request, checkEvery);
      timer.unref();
      request();
    },
    request,
    async close() {
      clearInterval(timer);
      find = undefined;
      await queue(async () => {});
    },
  };
}

interface FollowOptions extends AlertsOptions {
  /** The time of the check. */
  readonly at: number;
  save(id: string, alert: StoredAlert | undefined): void;
}

/** Moves one alert on: it starts, the user is notified, it ends. */
async function follow(
  condition: AlertCondition,
  alert: StoredAlert | undefined,
  { notifier, at, save }: FollowOptions,
): Promise<void> {
  const { id } = condition;
  const isNotified = alert?.notifiedAt !== undefined;
  const found = await condition.check(isNotified);
  if (found.state === 'unknown') return;
  if (found.state === 'bad') {
    const since = alert?.since ?? at;
    const isDue = !isNotified && at - since >= found.delay;
    if (isDue) await notifier.queue(toNotification(condition, found.text, 'failed', at));
    if (isDue || !alert) save(id, { since, ...(isDue ? { notifiedAt: at } : {}) });
    return;
  }
  if (alert && isNotified && found.state === 'good') {
    await notifier.queue(toNotification(condition, await condition.over(alert.since), 'success', at));
  }
  if (alert) save(id, undefined);
}

function kindOf(id: string): string {
  return id.split(':')[0] ?? id;
}

function toNotification(
  { id, page }: AlertCondition,
  { title, body }: AlertText,
  outcome: 'failed' | 'success',
  at: number,
): NotificationRow {
  return {
    ...{ event: null, at, title: title.text, titleMessage: referenceOf(title) },
    ...(typeof body === 'string' ? { body } : { body: body.text, bodyMessage: referenceOf(body) }),
    about: { event: `ringback.${kindOf(id)}`, outcome },
    ...(page ? { page } : {}),
  };
}
