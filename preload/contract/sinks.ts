import { z } from 'zod';
import { limits } from '../limits.ts';
import { done, ForwardUrl, Id, MessageReference, method, nothing, Port, Time } from './common.ts';

const Secret = z.string().trim().min(1).max(2000);
const MailAddress = z.email().max(320);

/** A target of notifications in addition to this computer. URLs of ntfy and webhooks grant access, so they are secret. */
export const SinkTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ntfy'), url: ForwardUrl, token: Secret.optional() }),
  z.strictObject({
    kind: z.literal('webhook'),
    url: ForwardUrl,
    /** The shape of the JSON. */
    format: z.enum(['json', 'slack', 'teams']).default('json'),
    /** Sent as a bearer token. */
    token: Secret.optional(),
  }),
  z.strictObject({
    kind: z.literal('email'),
    host: z.string().trim().min(1).max(255),
    port: Port.default(587),
    security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
    from: MailAddress,
    to: z.array(MailAddress).min(1).max(20),
    username: z.string().trim().min(1).max(320).optional(),
    password: Secret.optional(),
  }),
  /** The screen of this computer, by the program of that name; for hosts on Linux that show nothing themselves. */
  z.strictObject({ kind: z.literal('notify-send') }),
]);

export type SinkTarget = z.infer<typeof SinkTarget>;

export const SinkView = z.object({
  id: z.string(),
  /** "command" is the program with which the host was started. */
  kind: z.enum(['ntfy', 'webhook', 'email', 'notify-send', 'command']),
  name: z.string(),
  enabled: z.boolean(),
  /** The host of an address, the recipients of mail, or the program that is run. */
  target: z.string(),
  /** Number of notifications that wait to be sent. */
  waiting: z.int(),
  /** When one was last sent since the start of the host. */
  lastSentAt: Time.optional(),
  /** Why the latest one was not sent. */
  problem: z.string().optional(),
  problemMessage: MessageReference.optional(),
});

export type SinkView = z.infer<typeof SinkView>;

export const sinkMethods = {
  'sinks.list': method(nothing, z.array(SinkView)),
  'sinks.add': method(
    z.strictObject({ name: z.string().trim().min(1).max(limits.sinkName).optional(), target: SinkTarget }),
    SinkView,
  ),
  'sinks.update': method(
    z.strictObject({
      id: Id,
      name: z.string().trim().min(1).max(limits.sinkName).optional(),
      enabled: z.boolean().optional(),
    }),
    SinkView,
  ),
  'sinks.remove': method(z.strictObject({ id: Id }), done),
  /** Sends a test notification now; fails where it cannot be sent. */
  'sinks.test': method(z.strictObject({ id: Id }), done),
};
