import type { NotificationRule } from '../../../preload/contract/index.ts';

type Rules = readonly NotificationRule[];

/** The conditions of a rule, which identify it; its mode may change. */
const conditionsOf = ({ connection, hook, event, outcome, until }: NotificationRule): string =>
  JSON.stringify([connection, hook, event, outcome, until]);

const has = (rules: Rules, rule: NotificationRule): boolean =>
  rules.some((one) => conditionsOf(one) === conditionsOf(rule));

/** The rules that are missing among the saved ones. */
export const removedRules = (before: Rules, saved: Rules): Rules => before.filter((rule) => !has(saved, rule));

/** Restores removed rules, each before the rule that followed it, since the first match counts. Later changes are kept. */
export function restoreRules(present: Rules, before: Rules, removed: Rules): Rules {
  return removed.toReversed().reduce((rules, rule) => {
    if (has(rules, rule)) return rules;
    const followers = before.slice(before.findIndex((one) => conditionsOf(one) === conditionsOf(rule)) + 1);
    const next = rules.findIndex((one) => has(followers, one));
    return rules.toSpliced(next === -1 ? rules.length : next, 0, rule);
  }, present);
}
