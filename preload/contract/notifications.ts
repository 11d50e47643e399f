import { z } from 'zod';
import { Id, method, nothing, Outcome, Time } from './common.ts';

export const NotificationMode = z.enum(['sound', 'silent', 'digest', 'off']);

/** How a notification is shown: with a sound, without one, in the daily summary alone, or not at all. */
export type NotificationMode = z.infer<typeof NotificationMode>;

export const NotificationRule = z.strictObject({
  connection: Id.optional(),
  hook: Id.optional(),
  /** The provider's event, where "*" stands for any characters; "ringback.backup" and the like for what Ringback reports itself. */
  event: z.string().trim().min(1).max(200).optional(),
  outcome: Outcome.optional(),
  mode: NotificationMode,
  /** The rule ends then; it never does where this is absent. */
  until: z.iso.datetime().optional(),
});

/** How to notify of what meets all its conditions. */
export type NotificationRule = z.infer<typeof NotificationRule>;

const Rules = z.array(NotificationRule).max(200);

const RulesView = z.object({
  /** The user's; the first that matches counts. */
  rules: Rules,
  /** Apply after these, in this order; what none of them matches is shown with a sound. */
  defaults: Rules,
});

const ModeCounts = z.object({ sound: z.int(), silent: z.int(), digest: z.int(), off: z.int() });

export type ModeCounts = z.infer<typeof ModeCounts>;

const NotificationNumber = z.string().regex(/^\d{1,15}$/);
const muteOptions = {
  mode: NotificationMode.default('off'),
  /** Hours after which the rule ends. */
  hours: z.number().min(0.1).max(8760).optional(),
};

export const notificationMethods = {
  'notifications.rules': method(nothing, RulesView),
  'notifications.setRules': method(z.strictObject({ rules: Rules }), RulesView),
  /** Adds a rule for all that a notification, an event or a hook stands for. Nothing changes at the provider. */
  'notifications.mute': method(
    z.union([
      z.strictObject({ notification: NotificationNumber, ...muteOptions }),
      z.strictObject({ event: Id, ...muteOptions }),
      z.strictObject({ hook: Id, ...muteOptions }),
    ]),
    RulesView,
  ),
  /** What these rules would have done to the events of the last seven days, beside what the present ones do. */
  'notifications.preview': method(
    z.strictObject({ rules: Rules }),
    z.object({
      since: Time,
      present: ModeCounts,
      proposed: ModeCounts,
      /** How many events each of the rules would have decided. */
      matched: z.array(z.int()),
    }),
  ),
};
