import { z } from 'zod';
import { done, ForwardUrl, Id, Limit, MessageReference, method, nothing, Outcome, Time } from './common.ts';

export const EventView = z.object({
  id: Id,
  hook: Id,
  connection: Id,
  receivedAt: Time,
  deliveryId: z.string().optional(),
  system: z.string().optional(),
  /** The provider's event name, where it could be told. */
  event: z.string().optional(),
  title: z.string(),
  summary: z.string().optional(),
  outcome: Outcome.optional(),
  /** What it is about: the provider's name of the resource. */
  resource: z.string().optional(),
  /** When it happened, as the payload says. */
  occurredAt: Time.optional(),
  /** False where the payload could not be understood at all; it is kept all the same. */
  readable: z.boolean(),
  /** How it was verified: by its signature, by an address made for it alone, because Ringback asked the provider itself, or by the receiver of the team. */
  verified: z.enum(['signature', 'address', 'lookup', 'relay', 'none']),
  /** The computer of the team that received and verified it, and what it calls the hook and the connection. */
  relay: z.object({ receiver: z.string(), hook: z.string(), connection: z.string() }).optional(),
  /** How it was signed, where the provider signs in several ways: HMAC-SHA-1 with the prefix sha1hash=. */
  variant: z.string().optional(),
  /** True where it was missed, and found by asking the provider afterwards. */
  recovered: z.boolean().optional(),
  /** How often it was delivered; repetitions have no second effect. */
  deliveries: z.int(),
  /** How many hooks of the connection reported it, where several did; they share one notification. */
  seenBy: z.int().optional(),
});

/** One callback, verified and kept. */
export type EventView = z.infer<typeof EventView>;

export const ForwardAttempt = z.object({
  at: Time,
  url: z.string(),
  /** The handler's response; absent where there was none. */
  status: z.int().optional(),
  /** Milliseconds until the response or the failure. */
  ms: z.int(),
  /** The first 4 KB of the response. */
  answer: z.string().optional(),
  /** Why there was no response. */
  problem: z.string().optional(),
});

/** One attempt to forward an event to a handler. */
export type ForwardAttempt = z.infer<typeof ForwardAttempt>;

export const EventDetail = EventView.extend({
  /** When it was delivered again, the first time first; at most 50. */
  repeatedAt: z.array(Time).optional(),
  /** How it was forwarded, the oldest attempt first; absent where it never was. */
  forwards: z.array(ForwardAttempt).optional(),
  /** Lower-case names; a header received several times is joined by ", ". */
  headers: z.record(z.string(), z.string()),
  /** The exact text received. */
  body: z.string(),
  /** The exact bytes in base64, only where they are not UTF-8. */
  bytes: z.string().optional(),
  /** Headers and body as they are shown, with the keys of signed links, tokens and passwords concealed; absent where there are none. */
  shown: z.object({ headers: z.record(z.string(), z.string()), body: z.string() }).optional(),
});

export type EventDetail = z.infer<typeof EventDetail>;

export const Rejection = z.object({
  id: Id.optional(),
  receivedAt: Time,
  hook: Id.optional(),
  reason: z.string(),
});

/** A delivery that was refused, and why. */
export type Rejection = z.infer<typeof Rejection>;

export const RejectionDetail = Rejection.extend({
  /** What was received; absent where only the reason is stored. */
  delivery: EventDetail.pick({ headers: true, body: true, bytes: true, shown: true })
    .extend({
      method: z.string(),
      /** Bytes that were received; the body may be the first of them only. */
      size: z.int(),
    })
    .optional(),
  /** What differs from a delivery that would be accepted. */
  differences: z.array(z.object({ text: z.string(), message: MessageReference.optional() })),
  /** True where `rejections.check` can check it again. */
  checkable: z.boolean(),
});

/** Everything known of a rejected delivery. */
export type RejectionDetail = z.infer<typeof RejectionDetail>;

export const NotificationPage = z.enum(['backups', 'connections', 'events', 'hooks']);

/** A page that a notification may open. */
export type NotificationPage = z.infer<typeof NotificationPage>;

export const NotificationAction = z.enum(['open', 'retry', 'copy-error']);

/** What can be done about a notification: show what it is about, start it again, or copy why it failed. */
export type NotificationAction = z.infer<typeof NotificationAction>;

const EventCounts = z.object({
  from: Time,
  success: z.int(),
  failed: z.int(),
  info: z.int(),
  /** Events without an outcome: those that could not be read, among others. */
  other: z.int(),
  /** Deliveries that failed verification, as far as they are still stored. */
  rejected: z.int(),
});

/** How many events came within a span of time. */
export type EventCounts = z.infer<typeof EventCounts>;

/** A time with its zone. */
const Instant = z.iso.datetime({ offset: true });

const NotificationId = z.string().regex(/^\d{1,15}$/);

export const NotificationView = z.object({
  id: Id.optional(),
  at: Time,
  title: z.string(),
  body: z.string(),
  event: Id.optional(),
  /** True until the user has seen it, in the window or by a click. */
  unseen: z.boolean().optional(),
  /** How many events it stands for, where there are several: `events.list` gives them by its id. */
  count: z.int().optional(),
  /** The backup it speaks of; a click shows its file, unless it says which page to open. */
  backup: Id.optional(),
  /** The job it speaks of. */
  job: Id.optional(),
  page: NotificationPage.optional(),
  actions: z.array(NotificationAction).optional(),
  /** True for one that stays until it is closed. */
  urgent: z.boolean().optional(),
  /** Title and body by their codes, where they come from a catalogue. */
  titleMessage: MessageReference.optional(),
  bodyMessage: MessageReference.optional(),
});

/** What was shown to the user. */
export type NotificationView = z.infer<typeof NotificationView>;

export const eventMethods = {
  'events.list': method(
    z.strictObject({
      limit: Limit.optional(),
      before: z.string().max(200).optional(),
      hook: Id.optional(),
      /** Only the events that this notification stands for. */
      notification: NotificationId.optional(),
      connection: Id.optional(),
      /** The provider's name of the event; "*" stands for any characters: "*.finished". */
      event: z.string().min(1).max(200).optional(),
      outcome: Outcome.optional(),
      /** Received at this time or later, ISO 8601. */
      since: Instant.optional(),
      /** Received before this time, ISO 8601. */
      until: Instant.optional(),
      /** Part of the title or the summary. */
      name: z.string().min(1).max(200).optional(),
      /** Words that must all occur; "several words" together, -word must not occur. */
      text: z.string().max(500).optional(),
    }),
    z.object({ events: z.array(EventView), next: z.string().optional() }),
  ),
  'events.get': method(z.strictObject({ id: Id }), EventDetail),
  /** Events about the same thing, or another version of it, this one among them; the latest first, at most 50. */
  'events.related': method(z.strictObject({ id: Id }), z.array(EventView)),
  /** How many events came between each of these times and the next, by outcome; the times in their order. */
  'events.counts': method(z.strictObject({ times: z.array(Instant).min(2).max(63) }), z.array(EventCounts)),
  /** Sends the event's original bytes to a handler now: to this address, or to the one its hook forwards to. */
  'events.forward': method(
    z.strictObject({
      id: Id,
      url: ForwardUrl.optional(),
      /** Signs them again with this secret; only beside an address. */
      secret: z.string().min(1).max(1000).optional(),
    }),
    ForwardAttempt,
  ),
  /**
   * Sends a delivery of a catalogue event to the hook's public address, signed as the provider signs, and marked as a sample
   * in the history. With `set` members of its body are replaced, by their dotted paths.
   */
  'samples.send': method(
    z.strictObject({
      hook: Id,
      event: z.string().trim().min(1).max(200).optional(),
      set: z.record(z.string().min(1).max(200), z.json()).optional(),
    }),
    z.object({ deliveryId: z.string() }),
  ),
  'rejections.list': method(z.strictObject({ limit: Limit.optional() }), z.array(Rejection)),
  'rejections.get': method(z.strictObject({ id: Id }), RejectionDetail),
  /** Whether the delivery would be accepted with this secret, which is not stored. */
  'rejections.check': method(
    z.strictObject({ id: Id, secret: z.string().min(1).max(1000) }),
    z.object({
      accepted: z.boolean(),
      /** Why it would be rejected. */
      reason: z.string().optional(),
      /** The field of the connection whose secret counts for all its hooks: there this one can be stored. */
      field: z.object({ connection: Id, name: z.string() }).optional(),
    }),
  ),
  'notifications.list': method(
    z.strictObject({ limit: Limit.optional(), unseen: z.literal(true).optional() }),
    z.array(NotificationView),
  ),
  /** The user has seen these, or all. */
  'notifications.seen': method(
    z.union([z.strictObject({ ids: z.array(NotificationId).max(1000) }), z.strictObject({ all: z.literal(true) })]),
    done,
  ),
  /** Starts again what a notification says has failed: the translation, or a backup of the account. */
  'notifications.retry': method(z.strictObject({ id: NotificationId }), done),
  /** Shows a notification now, so that the user sees whether the system lets them through. */
  'notifications.test': method(nothing, done),
};
