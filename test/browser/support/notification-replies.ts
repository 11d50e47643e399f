import type { ModeCounts, NotificationRule } from '../../../preload/contract/index.ts';
import type { MethodReply } from './sample.ts';

const defaults: NotificationRule[] = [{ outcome: 'failed', mode: 'sound' }];

/** Rules that are stored, and a preview in which each of them decides one event of ten. */
export function notificationReplies(): Record<string, MethodReply> {
  let rules: readonly NotificationRule[] = [];
  const counts = (given: readonly NotificationRule[]): ModeCounts => {
    const result = { sound: 10 - given.length, silent: 0, digest: 0, off: 0 };
    for (const { mode } of given) result[mode] += 1;
    return result;
  };
  const view = () => ({ rules, defaults });
  const add = (rule: NotificationRule) => {
    rules = [rule, ...rules];
    return view();
  };
  return {
    'notifications.list': () => [],
    'notifications.test': () => ({}),
    'notifications.rules': view,
    'notifications.setRules': (input: { rules: readonly NotificationRule[] }) => {
      rules = input.rules;
      return view();
    },
    'notifications.mute': ({ mode, hook }: { mode: NotificationRule['mode']; hook?: string }) =>
      add({ ...(hook ? { hook } : { event: 'extraction.finished' }), mode }),
    'notifications.preview': (input: { rules: readonly NotificationRule[] }) => ({
      since: new Date(0).toISOString(),
      present: counts(rules),
      proposed: counts(input.rules),
      matched: input.rules.map(() => 1),
    }),
  };
}
