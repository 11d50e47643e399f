import { notificationMessages, referenceOf } from '../messages/index.ts';
import { defaultLimit, type MethodHandlers, type MethodsOf } from '../method-handlers.ts';
import type { Notifier } from './notifications.ts';
import type { NotificationRules } from './rules.ts';
import type { RetryTarget } from './view.ts';
import type { Warnings } from './warnings.ts';

interface NotificationMethodsOptions {
  readonly notifier: Notifier;
  readonly notificationRules: NotificationRules;
  readonly warnings: Warnings;
  retry(target: RetryTarget): Promise<unknown>;
}

/** The contract's questions about notifications and warnings. */
export function notificationMethods({
  notifier,
  notificationRules: rules,
  warnings,
  retry,
}: NotificationMethodsOptions): MethodHandlers<MethodsOf<'notifications' | 'warnings'>> {
  return {
    'notifications.list': ({ limit = defaultLimit, unseen = false }) => notifier.list(limit, unseen),
    'notifications.seen': async (seen) => {
      await notifier.markSeen('all' in seen ? 'all' : { ids: seen.ids.map(Number) });
      return {};
    },
    'notifications.rules': () => rules.view(),
    'notifications.setRules': (input) => rules.set(input.rules),
    'notifications.mute': (input) => rules.mute(input),
    'notifications.preview': (input) => rules.preview(input.rules),
    'notifications.retry': async ({ id }) => {
      await retry(notifier.retryTarget(Number(id)));
      return {};
    },
    'notifications.test': async () => {
      const [title, body] = [notificationMessages.testTitle(), notificationMessages.testBody()];
      const messages = { titleMessage: referenceOf(title), bodyMessage: referenceOf(body) };
      await notifier.show({ title: title.text, body: body.text, ...messages });
      return {};
    },
    'warnings.dismiss': () => {
      warnings.clear();
      return {};
    },
  };
}
