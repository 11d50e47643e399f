import type { ModeCounts, NotificationMode, NotificationRule, Outcome } from '../../../preload/contract/index.ts';
import { fits } from '../event-pattern.ts';
import type { NotificationSubject, Row } from '../storage/index.ts';

const failuresFirst: NotificationRule = { outcome: 'failed', mode: 'sound' };

/** The rules that apply after the user's: failures with a sound, the rest of these events without one. */
export function defaultRules(quietEvents: readonly string[]): NotificationRule[] {
  return [failuresFirst, ...quietEvents.map((event) => ({ event, mode: 'silent' as const }))];
}

/** How the first rule that matches wants it shown; with a sound where none does. */
export function modeOf(rules: readonly NotificationRule[], subject: NotificationSubject, now: number) {
  return rules.find((rule) => matches(rule, subject, now))?.mode ?? 'sound';
}

function matches(rule: NotificationRule, subject: NotificationSubject, now: number): boolean {
  return (
    !isOver(rule, now) &&
    (rule.connection === undefined || rule.connection === subject.connection) &&
    (rule.hook === undefined || rule.hook === subject.hook) &&
    (rule.outcome === undefined || rule.outcome === subject.outcome) &&
    (rule.event === undefined || fits(rule.event, subject.event ?? ''))
  );
}

/** From the quietest on. */
const loudness: readonly NotificationMode[] = ['off', 'digest', 'silent', 'sound'];

export function isLouder(mode: NotificationMode, other: NotificationMode): boolean {
  return loudness.indexOf(mode) > loudness.indexOf(other);
}

export function isOver({ until }: NotificationRule, now: number): boolean {
  return until !== undefined && Date.parse(until) <= now;
}

/** The rules with this one first, in place of an earlier one with the same conditions. */
export function withRule(rules: readonly NotificationRule[], rule: NotificationRule): NotificationRule[] {
  const conditions = conditionsOf(rule);
  return [rule, ...rules.filter((other) => conditionsOf(other) !== conditions)];
}

function conditionsOf({ connection, hook, event, outcome }: NotificationRule): string {
  return JSON.stringify([connection, hook, event, outcome]);
}

export function subjectOf({ connection, hook, event, outcome }: Row): NotificationSubject {
  return {
    connection: String(connection),
    hook: String(hook),
    ...(event === null ? {} : { event: String(event) }),
    ...(outcome === null ? {} : { outcome: outcome as Outcome }),
  };
}

export interface CountedSubject extends NotificationSubject {
  readonly count: number;
}

export function countModes(
  rules: readonly NotificationRule[],
  subjects: readonly CountedSubject[],
  now: number,
): ModeCounts {
  const counts: Record<NotificationMode, number> = { sound: 0, silent: 0, digest: 0, off: 0 };
  for (const subject of subjects) counts[modeOf(rules, subject, now)] += subject.count;
  return counts;
}

/** How many of the subjects each rule decides. */
export function countMatches(
  rules: readonly NotificationRule[],
  subjects: readonly CountedSubject[],
  now: number,
): number[] {
  const counts = rules.map(() => 0);
  for (const subject of subjects) {
    const index = rules.findIndex((rule) => matches(rule, subject, now));
    counts[index] = (counts[index] ?? 0) + subject.count;
  }
  return counts.slice(0, rules.length);
}

export function subjectOfNotification({ about }: Row): NotificationSubject | undefined {
  return about == null ? undefined : (JSON.parse(String(about)) as NotificationSubject);
}
