import { z } from 'zod';
import { limits } from '../limits.ts';
import { requirements } from './requirements.ts';

/**
 * The contract between window and engine: all requests, changes and records, each with schema and type. Times are ISO
 * 8601 strings in UTC. Ids are opaque.
 */

const Sentence = z.object({
  /** Domain and name, such as "hooks.disabled". */
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const MessageReference = Sentence.extend({
  /** The following sentences, such as the cause and what to do. */
  next: z.array(Sentence).readonly().optional(),
});

/** A message by code and parameters, for windows in other languages than English. */
export type MessageReference = z.infer<typeof MessageReference>;

export const Problem = z.object({
  code: z.enum(['invalid-input', 'unauthorized', 'not-found', 'conflict', 'provider', 'offline', 'internal']),
  message: z.string(),
  /** The same message by code and parameters. */
  reason: MessageReference.optional(),
});

/** An expected error as data: what happened, and what to do next. */
export type Problem = z.infer<typeof Problem>;

export type ProblemCode = Problem['code'];

/** True for https URLs and for plain http on this computer's loopback; never with credentials, query or fragment. */
export function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username || url.password || url.search || url.hash || !isPossibleHost(url.hostname)) return false;
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
}

/** Whether each label of a host name has 1 to 63 characters. */
function isPossibleHost(host: string): boolean {
  return host
    .replace(/\.$/, '')
    .split('.')
    .every((label) => label !== '' && label.length <= 63);
}

/**
 * An address as it is used: invisible characters and surrounding white space removed, the host in lower case and punycode,
 * no dot behind it, no default port, no trailing slash. Text that is no plain http or https address stays as it is.
 */
export function normalizeAddress(text: string): string {
  const visible = text.replace(/\p{Cf}/gu, '').trim();
  if (!URL.canParse(visible)) return visible;
  const { protocol, origin, pathname, username, password, search, hash } = new URL(visible);
  if (!/^https?:$/.test(protocol) || username || password || search || hash) return visible;
  // The dot that ends a complete name: servers compare the name without it.
  return `${origin.replace(/\.+(?=(:\d+)?$)/, '')}${pathname.replace(/\/+$/, '')}`;
}

export const Address = z
  .string()
  .max(limits.url)
  .overwrite(normalizeAddress)
  .refine(isSafeAddress, requirements.address);

/** True for http and https URLs without credentials and fragment. */
function isForwardUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return /^https?:$/.test(protocol) && !username && !password && !hash;
}

/** The URL to which events are forwarded. */
export const ForwardUrl = z.string().trim().max(limits.url).refine(isForwardUrl, requirements.forwardUrl);

/** Whether events are sent one after the other, or several at once. */
export const ForwardOrder = z.enum(['ordered', 'parallel']);

/** True for http and https URLs with only a host and port. */
export function isProxyAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && pathname === '/' && !username && !password && !search && !hash;
}

export const Id = z.string().min(1).max(200);

export const Time = z.string();

export const Limit = z.int().min(1).max(limits.listed);

/** A point in time, in any time zone. */
export const Instant = z.iso.datetime({ offset: true }).max(limits.time);

/** An object with at most `most` members. */
export function membersOf<N extends z.ZodString, V extends z.ZodType>(name: N, value: V, most: number) {
  return z
    .record(name, value)
    .superRefine((object, context) => {
      if (Object.keys(object).length <= most) return;
      context.addIssue({ code: 'too_big', origin: 'set', maximum: most, inclusive: true, input: object });
    })
    .meta({ maxProperties: most });
}

const deepestJson = 20;
export const mostOfOneLevel = 10_000;

/** Whether JSON is within the limits of depth and width; checked level by level, since recursion could exhaust the stack. */
export function isModestJson(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= deepestJson; depth += 1) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    if (level.length === 0) return true;
    if (level.length > mostOfOneLevel) return false;
  }
  return false;
}

/** Any JSON that the user enters, of limited depth and width. */
export const Json = z.unknown().refine(isModestJson, requirements.modestJson).pipe(z.json());

export const Scope = membersOf(z.string().min(1).max(100), z.string().min(1).max(limits.scopeValue), limits.members);

export const Attribute = membersOf(z.string().max(limits.name), Json, limits.members);

export const Port = z.int().min(1).max(limits.port);

export const Percent = z.number().min(0).max(100);

export const Limitation = z.object({
  bundle: z.enum(['hooks', 'backups', 'jobs', 'browse']),
  reason: z.string(),
  reasonMessage: MessageReference.optional(),
  /** A hook of another connector with nearly the same events. */
  instead: z
    .object({
      connector: z.string(),
      system: z.string(),
      event: z.string(),
      text: z.string(),
      textMessage: MessageReference.optional(),
    })
    .optional(),
});

/** What an account cannot do, with the reason. */
export type Limitation = z.infer<typeof Limitation>;

export const Outcome = z.enum(['success', 'failed', 'info']);

export type Outcome = z.infer<typeof Outcome>;

export function method<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output } as const;
}

export const nothing = z.strictObject({});

export const done = z.object({});
