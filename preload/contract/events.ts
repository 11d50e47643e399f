import { z } from 'zod';
import { limits } from '../limits.ts';
import {
  done,
  ForwardUrl,
  Id,
  Instant,
  Json,
  Limit,
  MessageReference,
  membersOf,
  method,
  nothing,
  Outcome,
  Time,
} from './common.ts';

export const EventView = z.object({
  id: Id,
  hook: Id,
  connection: Id,
  receivedAt: Time,
  deliveryId: z.string().optional(),
  system: z.string().optional(),
  /** The provider's name of the event, where it is known. */
  event: z.string().optional(),
  title: z.string(),
  titleMessage: MessageReference.optional(),
  summary: z.string().optional(),
  summaryMessage: MessageReference.optional(),
  outcome: Outcome.optional(),
  /** The provider's id of the resource that it concerns. */
  resource: z.string().optional(),
  /** The time in the payload. */
  occurredAt: Time.optional(),
  /** False where the payload could not be parsed; it is stored unparsed. */
  readable: z.boolean(),
  /** Verified by its signature, a URL made for one request, a query of the provider, or the team's receiver. */
  verified: z.enum(['signature', 'address', 'lookup', 'relay', 'none']),
  /** The computer of the team that received and verified it, with its names of the hook and the connection. */
  relay: z.object({ receiver: z.string(), hook: z.string(), connection: z.string() }).optional(),
  /** The variant of the signature, where the provider uses several, such as HMAC-SHA-1 with the prefix sha1hash=. */
  variant: z.string().optional(),
  variantMessage: MessageReference.optional(),
  /** True where it was not delivered and was found by querying the provider. */
  recovered: z.boolean().optional(),
  /** Number of deliveries; repeated ones have no effect. */
  deliveries: z.int(),
  /** Number of hooks of the connection that reported it, where there are several; they share one notification. */
  seenBy: z.int().optional(),
});

/** One verified and stored callback. */
export type EventView = z.infer<typeof EventView>;

export const ForwardAttempt = z.object({
  at: Time,
  url: z.string(),
  /** The status of the handler's response; absent without one. */
  status: z.int().optional(),
  /** Milliseconds until the response or the failure. */
  ms: z.int(),
  /** The first 4 KB of the response. */
  answer: z.string().optional(),
  /** Why there was no response. */
  problem: z.string().optional(),
  problemMessage: MessageReference.optional(),
});

/** One attempt to forward an event to a handler. */
export type ForwardAttempt = z.infer<typeof ForwardAttempt>;

export const EventDetail = EventView.extend({
  /** The times of repeated deliveries, oldest first; at most 50. */
  repeatedAt: z.array(Time).optional(),
  /** The attempts to forward it, oldest first; absent without any. */
  forwards: z.array(ForwardAttempt).optional(),
  /** Names in lower case; the values of repeated headers are joined by ", ". */
  headers: z.record(z.string(), z.string()),
  /** The body as text. */
  body: z.string(),
  /** The bytes of the body in base64, where they are not UTF-8. */
  bytes: z.string().optional(),
  /** Headers and body for display, without keys of signed links, tokens and passwords; absent where they contain none. */
  shown: z.object({ headers: z.record(z.string(), z.string()), body: z.string() }).optional(),
});

export type EventDetail = z.infer<typeof EventDetail>;

export const Rejection = z.object({
  id: Id.optional(),
  receivedAt: Time,
  hook: Id.optional(),
  reason: z.string(),
  reasonMessage: MessageReference.optional(),
});

/** A rejected delivery, with the reason. */
export type Rejection = z.infer<typeof Rejection>;

export const RejectionDetail = Rejection.extend({
  /** The delivery; absent where only the reason is stored. */
  delivery: EventDetail.pick({ headers: true, body: true, bytes: true, shown: true })
    .extend({
      method: z.string(),
      /** Number of received bytes, of which the body may contain only the first. */
      size: z.int(),
    })
    .optional(),
  /** The differences from a delivery that would be accepted. */
  differences: z.array(z.object({ text: z.string(), message: MessageReference.optional() })),
  /** True where `rejections.check` can verify it again. */
  checkable: z.boolean(),
});

/** A rejected delivery with all details. */
export type RejectionDetail = z.infer<typeof RejectionDetail>;

export const NotificationPage = z.enum(['backups', 'connections', 'events', 'hooks']);

/** The pages that a notification may open. */
export type NotificationPage = z.infer<typeof NotificationPage>;

export const NotificationAction = z.enum(['open', 'retry', 'copy-error']);

/** The actions of a notification: open its subject, start it again, or copy its error. */
export type NotificationAction = z.infer<typeof NotificationAction>;

const EventCounts = z.object({
  from: Time,
  success: z.int(),
  failed: z.int(),
  info: z.int(),
  /** Events without an outcome, including unreadable ones. */
  other: z.int(),
  /** Deliveries that failed verification and are still stored. */
  rejected: z.int(),
});

/** Numbers of events within a span of time. */
export type EventCounts = z.infer<typeof EventCounts>;

const NotificationId = z.string().regex(/^\d{1,15}$/);

export const NotificationView = z.object({
  id: Id.optional(),
  at: Time,
  title: z.string(),
  body: z.string(),
  event: Id.optional(),
  /** True until the user has seen it in the window or clicked it. */
  unseen: z.boolean().optional(),
  /** The number of its events, where there are several; `events.list` returns them by the notification's id. */
  count: z.int().optional(),
  /** The backup that it is about; a click shows its file, unless `page` is given. */
  backup: Id.optional(),
  /** The job that it is about. */
  job: Id.optional(),
  /** The outcome of what it reports, where that is known. */
  outcome: Outcome.optional(),
  page: NotificationPage.optional(),
  actions: z.array(NotificationAction).optional(),
  /** True for one that is shown until it is closed. */
  urgent: z.boolean().optional(),
  /** Title and body by code, where they come from a catalogue. */
  titleMessage: MessageReference.optional(),
  bodyMessage: MessageReference.optional(),
});

/** A notification that was shown to the user. */
export type NotificationView = z.infer<typeof NotificationView>;

export const eventMethods = {
  'events.list': method(
    z.strictObject({
      limit: Limit.optional(),
      before: z.string().max(200).optional(),
      hook: Id.optional(),
      /** Only the events of this notification. */
      notification: NotificationId.optional(),
      connection: Id.optional(),
      /** The provider's name of the event, with "*" for any characters: "*.finished". */
      event: z.string().min(1).max(200).optional(),
      outcome: Outcome.optional(),
      /** Received at this time or later, ISO 8601. */
      since: Instant.optional(),
      /** Received before this time, ISO 8601. */
      until: Instant.optional(),
      /** Text that the title or the summary contains. */
      name: z.string().min(1).max(200).optional(),
      /** Words that must all occur; "several words" must occur together, -word must not occur. */
      text: z.string().max(limits.search).optional(),
    }),
    z.object({
      events: z.array(EventView),
      next: z.string().optional(),
      /** True while the search index is built, as after an update: a search for words may miss older events. */
      indexing: z.literal(true).optional(),
    }),
  ),
  'events.get': method(z.strictObject({ id: Id }), EventDetail),
  /** Events of the same resource or another version of it, including this one; latest first, at most 50. */
  'events.related': method(z.strictObject({ id: Id }), z.array(EventView)),
  /** Numbers of events by outcome between each of these times, which ascend, and the next. */
  'events.counts': method(z.strictObject({ times: z.array(Instant).min(2).max(63) }), z.array(EventCounts)),
  /** Numbers of a hook's events between each of these times, which ascend, and the next. */
  'events.activity': method(
    z.strictObject({ hook: Id, times: z.array(Instant).min(2).max(63) }),
    z.object({ counts: z.array(z.int()) }),
  ),
  /** Forwards the event's original bytes to a handler now: to this URL, or to the one of its hook. */
  'events.forward': method(
    z.strictObject({
      id: Id,
      url: ForwardUrl.optional(),
      /** The secret for signing them again; only together with a URL. */
      secret: z.string().min(1).max(limits.secret).optional(),
    }),
    ForwardAttempt,
  ),
  /**
   * Sends a delivery of a catalogue event to the hook's public URL, signed as by the provider and marked as a sample in
   * the history. `set` replaces members of its body, by their dotted paths.
   */
  'samples.send': method(
    z.strictObject({
      hook: Id,
      event: z.string().trim().min(1).max(200).optional(),
      set: membersOf(z.string().min(1).max(200), Json, limits.members).optional(),
    }),
    z.object({ deliveryId: z.string() }),
  ),
  'rejections.list': method(z.strictObject({ limit: Limit.optional() }), z.array(Rejection)),
  'rejections.get': method(z.strictObject({ id: Id }), RejectionDetail),
  /** Verifies the delivery with this secret, which is not stored. */
  'rejections.check': method(
    z.strictObject({ id: Id, secret: z.string().min(1).max(limits.secret) }),
    z.object({
      accepted: z.boolean(),
      /** The reason for which it would be rejected. */
      reason: z.string().optional(),
      reasonMessage: MessageReference.optional(),
      /** The field of the connection in which this secret can be stored, for all its hooks. */
      field: z.object({ connection: Id, name: z.string() }).optional(),
    }),
  ),
  'notifications.list': method(
    z.strictObject({ limit: Limit.optional(), unseen: z.literal(true).optional() }),
    z.array(NotificationView),
  ),
  /** Marks these notifications as seen, or all. */
  'notifications.seen': method(
    z.union([z.strictObject({ ids: z.array(NotificationId).max(1000) }), z.strictObject({ all: z.literal(true) })]),
    done,
  ),
  /** Starts the failed translation or backup of a notification again. */
  'notifications.retry': method(z.strictObject({ id: NotificationId }), done),
  /** Shows a notification, so that the user sees whether the system allows them. */
  'notifications.test': method(nothing, done),
};
