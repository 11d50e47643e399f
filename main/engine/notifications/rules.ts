import { z } from 'zod';
import { type Input, type NotificationMode, NotificationRule, type Output } from '../../../preload/contract/index.ts';
import { notFound } from '../errors.ts';
import type { Store } from '../ports.ts';
import {
  createStoredValue,
  type Ledger,
  type NotificationSubject,
  selectBundledEvents,
  selectEvent,
  selectNotification,
  toTime,
} from '../storage/index.ts';
import { days, hours } from '../timing/index.ts';
import {
  type CountedSubject,
  countMatches,
  countModes,
  defaultRules,
  isOver,
  modeOf,
  subjectOf,
  withRule,
} from './policy.ts';

/** The user's rules, and how they want something shown. */
export interface NotificationRules {
  modeOf(subject: NotificationSubject): NotificationMode;
  view(): Output<'notifications.rules'>;
  set(rules: readonly NotificationRule[]): Output<'notifications.rules'>;
  /** Throws not-found. */
  mute(input: MuteInput): Output<'notifications.rules'>;
  preview(rules: readonly NotificationRule[]): Promise<Output<'notifications.preview'>>;
}

type MuteInput = Input<'notifications.mute'>;

interface NotificationRulesOptions {
  readonly store: Store;
  readonly ledger: Ledger;
  /** Patterns of events that are shown without a sound unless the user wants otherwise. */
  readonly quietEvents: readonly string[];
  now(): number;
  warn(message: string): void;
}

const maxRules = 200;
const previewPeriod = days(7);

export function createNotificationRules(options: NotificationRulesOptions): NotificationRules {
  const { ledger, now } = options;
  const stored = createStoredValue(options.store, 'notificationRules', z.array(NotificationRule), [], options.warn);
  const defaults = defaultRules(options.quietEvents);
  const view = () => ({ rules: stored.value.filter((rule) => !isOver(rule, now())), defaults });
  const set = (rules: readonly NotificationRule[]) => {
    stored.set(rules.filter((rule) => !isOver(rule, now())).slice(0, maxRules));
    return view();
  };
  return {
    modeOf: (subject) => modeOf([...stored.value, ...defaults], subject, now()),
    view,
    set,
    mute({ mode = 'off', hours: duration, ...target }) {
      const until = duration === undefined ? {} : { until: toTime(now() + hours(duration)) };
      return set(withRule(stored.value, { ...conditionsFor(ledger, target), mode, ...until }));
    },
    async preview(rules) {
      const since = now() - previewPeriod;
      const subjects: CountedSubject[] = (await ledger.read('kinds', since)).map((row) => ({
        ...subjectOf(row),
        count: Number(row.count),
      }));
      return {
        since: toTime(since),
        present: countModes([...stored.value, ...defaults], subjects, now()),
        proposed: countModes([...rules, ...defaults], subjects, now()),
        matched: countMatches(rules, subjects, now()),
      };
    },
  };
}

/** What an event, a hook or a notification stands for: the hook, or the kind of event in its connection. */
function conditionsFor(
  ledger: Ledger,
  target: { readonly hook: string } | { readonly event: string } | { readonly notification: string },
): Omit<NotificationRule, 'mode'> {
  if ('hook' in target) return { hook: target.hook };
  if ('event' in target) return conditionsOfEvent(ledger, Number(target.event));
  const row = selectNotification(ledger, Number(target.notification));
  if (!row) throw notFound('notification');
  const [bundled] = selectBundledEvents(ledger, Number(row.id));
  const event = row.event ?? bundled?.id;
  if (event != null) return conditionsOfEvent(ledger, Number(event));
  const { connection, event: kind } = row.about === null ? {} : (JSON.parse(String(row.about)) as NotificationSubject);
  if (kind === undefined) throw notFound('notification');
  return { ...(connection === undefined ? {} : { connection }), event: kind };
}

function conditionsOfEvent(ledger: Ledger, id: number): Omit<NotificationRule, 'mode'> {
  const row = selectEvent(ledger, id);
  if (!row) throw notFound('event');
  const { connection, hook, event, outcome } = subjectOf(row);
  if (event === undefined) return { hook };
  // Whoever mutes a success still wants to know of failures.
  return { connection, event, ...(outcome === undefined || outcome === 'info' ? {} : { outcome }) };
}
