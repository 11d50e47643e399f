import type { NotificationRule } from '../../../preload/contract/index.ts';

type Rules = readonly NotificationRule[];

/** What a rule is about; its mode may be changed without making it another rule. */
const conditionsOf = ({ connection, hook, event, outcome, until }: NotificationRule): string =>
  JSON.stringify([connection, hook, event, outcome, until]);

const has = (rules: Rules, rule: NotificationRule): boolean =>
  rules.some((one) => conditionsOf(one) === conditionsOf(rule));

/** The rules that were saved no longer. */
export const removedRules = (before: Rules, saved: Rules): Rules => before.filter((rule) => !has(saved, rule));

/**
 * The present rules with the removed ones again, each before the rule that followed it, since the first that matches counts.
 * What was changed meanwhile stays.
 */
export function restoreRules(present: Rules, before: Rules, removed: Rules): Rules {
  return removed.toReversed().reduce((rules, rule) => {
    if (has(rules, rule)) return rules;
    const followers = before.slice(before.findIndex((one) => conditionsOf(one) === conditionsOf(rule)) + 1);
    const next = rules.findIndex((one) => has(followers, one));
    return rules.toSpliced(next === -1 ? rules.length : next, 0, rule);
  }, present);
}
