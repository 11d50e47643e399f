import type { TFunction } from 'i18next';
import type { NotificationMode, NotificationRule, Outcome } from '../../../preload/contract/index.ts';
import { shortOf } from '../../clock.ts';

export const modes = ['sound', 'silent', 'digest', 'off'] as const satisfies readonly NotificationMode[];
export const outcomes = ['success', 'failed', 'info'] as const satisfies readonly Outcome[];

/** The names of connections and hooks; undefined for what no longer exists. */
export interface RuleNames {
  connection(id: string): string | undefined;
  hook(id: string): string | undefined;
}

/** The conditions of a rule in one line: "file.* · failed · Garage". */
export function ruleText(t: TFunction, rule: NotificationRule, names: RuleNames): string {
  const { connection, hook, event, outcome, until } = rule;
  const parts = [
    event,
    outcome && t(`rules.outcomes.${outcome}`),
    hook && (names.hook(hook) ?? t('rules.deletedHook')),
    connection && (names.connection(connection) ?? t('rules.deletedConnection')),
  ].filter(Boolean);
  const what = parts.length === 0 ? t('rules.anything') : parts.join(' · ');
  return until === undefined ? what : `${what} (${t('rules.until', { time: shortOf(until) })})`;
}
