import { z } from 'zod';
import { limits } from '../limits.ts';
import { Id, method, nothing, Outcome, Time } from './common.ts';

export const NotificationMode = z.enum(['sound', 'silent', 'digest', 'off']);

/** How a notification is shown: with a sound, without one, only in the daily summary, or not at all. */
export type NotificationMode = z.infer<typeof NotificationMode>;

export const NotificationRule = z.strictObject({
  connection: Id.optional(),
  hook: Id.optional(),
  /** The provider's event, with "*" for any characters; "ringback.backup" and such for Ringback's own notifications. */
  event: z.string().trim().min(1).max(200).optional(),
  outcome: Outcome.optional(),
  mode: NotificationMode,
  /** When the rule expires; absent where it does not. */
  until: z.iso.datetime().max(limits.time).optional(),
});

/** How to notify of events that meet all its conditions. */
export type NotificationRule = z.infer<typeof NotificationRule>;

const Rules = z.array(NotificationRule).max(200);

const RulesView = z.object({
  /** The user's rules; the first match is used. */
  rules: Rules,
  /** Used after the user's rules, in this order; without a match, a notification is shown with a sound. */
  defaults: Rules,
});

const ModeCounts = z.object({ sound: z.int(), silent: z.int(), digest: z.int(), off: z.int() });

export type ModeCounts = z.infer<typeof ModeCounts>;

const NotificationNumber = z.string().regex(/^\d{1,15}$/);
const muteOptions = {
  mode: NotificationMode.default('off'),
  /** Hours after which the rule expires. */
  hours: z.number().min(0.1).max(8760).optional(),
};

export const notificationMethods = {
  'notifications.rules': method(nothing, RulesView),
  'notifications.setRules': method(z.strictObject({ rules: Rules }), RulesView),
  /** Adds a rule for the subject of a notification, an event or a hook. Nothing changes at the provider. */
  'notifications.mute': method(
    z.union([
      z.strictObject({ notification: NotificationNumber, ...muteOptions }),
      z.strictObject({ event: Id, ...muteOptions }),
      z.strictObject({ hook: Id, ...muteOptions }),
    ]),
    RulesView,
  ),
  /** The effect that these rules would have had on the events of the last seven days, beside that of the current ones. */
  'notifications.preview': method(
    z.strictObject({ rules: Rules }),
    z.object({
      since: Time,
      present: ModeCounts,
      proposed: ModeCounts,
      /** Number of events for which each of the rules would have been used. */
      matched: z.array(z.int()),
    }),
  ),
};
