import type { HookPlanStep } from '../../../../preload/contract/index.ts';
import { followedBy, hookMessages, type Message, referenceOf } from '../../messages/index.ts';
import type { Notifier } from '../../notifications/index.ts';
import type { NotificationRow } from '../../storage/index.ts';
import { days, minutes } from '../../timing/index.ts';
import type { HookRecord, HookRecordChange, HookRecords } from '../records/index.ts';

interface FailureNotificationOptions {
  readonly records: HookRecords;
  readonly notifier: Pick<Notifier, 'queue'>;
  label(hook: HookRecord): Message;
  now(): number;
  /** What was done, or attempted. */
  readonly steps: readonly HookPlanStep[];
}

/** Shorter failures are not notified. */
const notifiedAfter = minutes(10);
/** A hook that is disabled again and again is notified once a day. */
const notifiedEvery = days(1);

/** Notifies once of hooks that the provider had disabled or deleted, and once of each failure that lasts. */
export async function notifyOfFailures(options: FailureNotificationOptions): Promise<void> {
  const { records, notifier, label, now, steps } = options;
  const disabled = records.all.filter((hook) => wasDisabled(hook, steps, now()));
  const failing = records.all.filter((hook) => isFailing(hook, now()));
  const changes = markNotified(disabled, failing, now());
  if (changes.size === 0) return;
  records.change(changes);
  if (disabled.length > 0) await notifier.queue(disabledNotification(disabled.map(label), now()));
  const [first] = failing;
  if (first?.failure) {
    await notifier.queue(failureNotification(label(first), first.failure, failing.length, now()));
  }
}

function wasDisabled({ id, disabledNotifiedAt = 0 }: HookRecord, steps: readonly HookPlanStep[], now: number): boolean {
  if (now - disabledNotifiedAt < notifiedEvery) return false;
  return steps.some(
    ({ action, problem, hook }) => hook === id && (action === 'activate' || action === 'create') && !problem,
  );
}

function isFailing({ failure }: HookRecord, now: number): boolean {
  return failure !== undefined && !failure.notified && now - failure.since >= notifiedAfter;
}

function markNotified(
  disabled: readonly HookRecord[],
  failing: readonly HookRecord[],
  now: number,
): Map<string, HookRecordChange> {
  const changes = new Map<string, HookRecordChange>();
  for (const { id } of disabled) changes.set(id, { disabledNotifiedAt: now });
  for (const { id, failure } of failing) {
    if (failure) changes.set(id, { ...changes.get(id), failure: { ...failure, notified: true } });
  }
  return changes;
}

function disabledNotification(hooks: readonly Message[], at: number): NotificationRow {
  const [hook, ...others] = hooks;
  const count = hooks.length;
  const isOne = hook !== undefined && others.length === 0;
  const body = isOne ? hookMessages.disabled({ hook }) : hookMessages.severalDisabled({ count });
  return toNotification(hookMessages.disabledTitle({ count }), body, at);
}

type Failure = NonNullable<HookRecord['failure']>;

function failureNotification(hook: Message, { message, reason }: Failure, count: number, at: number): NotificationRow {
  const title = hookMessages.needsAttentionTitle({ count });
  const bodyMessage = reason && referenceOf(followedBy(hookMessages.failing({ hook }), { ...reason, text: message }));
  const texts = { title: title.text, titleMessage: referenceOf(title), body: `${hook.text}: ${message}`, bodyMessage };
  return { event: null, at, ...texts, about: { event: 'ringback.hook', outcome: 'failed' } };
}

export function toNotification(title: Message, body: Message, at: number): NotificationRow {
  return {
    event: null,
    at,
    title: title.text,
    body: body.text,
    titleMessage: referenceOf(title),
    bodyMessage: referenceOf(body),
    about: { event: 'ringback.hook', outcome: 'failed' },
  };
}
