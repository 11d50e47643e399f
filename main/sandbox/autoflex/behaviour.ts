import { z } from 'zod';
import { callbackForms } from './callback-forms.ts';

const Count = z.int().min(0);

const SignIn = z.strictObject({
  /** Number of 202 responses with `retry` before the token is returned. */
  notReady: Count.default(0),
  /** The milliseconds in `retry`; null omits it. */
  retry: z.number().nullable().default(5000),
  /** Lifetime of a token in seconds; the public client assumes 1800. */
  tokenLifetime: z.number().default(1800),
  /** The member `api_url`; null omits it. */
  apiUrl: z.string().nullable().default(null),
  redirect: z.enum(['none', 'same-origin', 'foreign']).default('none'),
});

const Order = z.strictObject({
  /** Number of 202 responses with `retry` before the request is accepted. */
  notReady: Count.default(0),
  /** The HTTP status of an accepted request. */
  status: z.int().min(200).max(299).default(202),
  /** The member `successCode`, as a number or text; null omits it. 400 and above reject the request. */
  successCode: z.union([z.number(), z.string()]).nullable().default(202),
  /** The message of a rejection. */
  message: z.string().default('The backup cannot be made now.'),
  /** Sends the result in the response, without a callback. */
  atOnce: z.boolean().default(false),
});

const Callback = z.strictObject({
  form: z.enum(callbackForms).default('query'),
  method: z.enum(['GET', 'HEAD', 'POST']).default('GET'),
  /** The form of ids: as documented, or a word whose case matters. */
  idAs: z.enum(['uuid', 'word']).default('uuid'),
  /** The User-Agent; null omits it. */
  userAgent: z.string().nullable().default(null),
  /** Milliseconds until the backup is ready. */
  after: Count.default(0),
  /** Sends the callback before the response to the request. */
  beforeAnswer: z.boolean().default(false),
  /** Sends a callback without an id first. */
  probe: z.boolean().default(false),
  /** Number of different ids for one request; 0 sends no callback. */
  ids: Count.default(1),
  /** How often each id is delivered. */
  times: Count.default(1),
});

const Result = z.strictObject({
  /** Number of `notYetAs` responses before the result of an id. */
  notYet: Count.default(0),
  notYetAs: z.enum(['404', '400', '410', '500', '202', 'retry', 'null', 'empty', 'successCode']).default('404'),
  /** The milliseconds in `retry`. */
  retry: z.number().default(2000),
  /** Returns the result of an id only once. */
  once: z.boolean().default(false),
  /** Returns the result only for the token with which it was requested. */
  boundToToken: z.boolean().default(false),
  shape: z
    .enum(['data.url', 'data', 'url', 'data[].url', 'data.urls', 'download_url', 'link', 'href', 'text'])
    .default('data.url'),
  /** How the JSON is sent: plain, with a text type, inside a JSON string, or after a byte order mark. */
  wrapping: z.enum(['json', 'text/plain', 'string', 'bom']).default('json'),
  /**
   * The form of the URL. "http" is unencrypted at a name that does not count as this computer; "untrusted" has a
   * self-signed certificate.
   */
  url: z.enum(['absolute', 'relative', 'bare', 'http', 'foreign', 'untrusted']).default('absolute'),
  /** Number of files of the backup; more than one only in shapes that can contain them. */
  files: z.int().min(1).default(1),
  /** The value of `data` in place of a URL. */
  payload: z.json().optional(),
});

const Link = z.strictObject({
  /** Lifetime of a link in seconds. */
  lifetime: z.number().default(3600),
  /** Whether the path ends with the file name, or the query contains everything. */
  style: z.enum(['path', 'query']).default('path'),
  expiredStatus: z.union([z.literal(403), z.literal(404), z.literal(410)]).default(410),
});

const Download = z.strictObject({
  /** The response to a download without `token`. */
  withoutToken: z.enum(['file', '401', '403', 'login-page', 'json-error']).default('file'),
  /** The body of a download, with status 200. */
  answer: z.enum(['file', 'page', 'json-error']).default('file'),
  redirects: Count.default(0),
  /** The target of redirects. "loop" never ends; the others correspond to the values of `result.url`. */
  redirectTo: z.enum(['same-origin', 'foreign', 'http', 'untrusted', 'loop']).default('same-origin'),
  /** The Content-Disposition header; null omits it. Where absent, an attachment with the file's name. */
  disposition: z.string().nullable().optional(),
  /** The Content-Type; the file's where absent. */
  type: z.string().optional(),
  /** The Content-Length: the whole file, the bytes that are sent, or none, with a chunked body. */
  length: z.enum(['whole', 'sent', 'absent']).default('whole'),
  /** Number of bytes at the end of the file that are never sent. */
  missing: Count.default(0),
  /** Offsets in the file at which the connection is cut, each once and in this order. */
  cutAt: z.array(Count).default([]),
  ranges: z.boolean().default(true),
  validator: z.enum(['both', 'etag', 'weak-etag', 'last-modified', 'none']).default('both'),
  /** Unlimited where 0. */
  bytesPerSecond: Count.default(0),
  /** Offset in the file at which sending stops until this is null again. */
  holdAt: Count.nullable().default(null),
});

export const FileSettings = z.strictObject({
  kind: z.enum(['zip', 'gzip', 'bytes']).default('zip'),
  /** Size of the file in bytes, with its container; of the content for gzip, which is held in memory. */
  size: Count.default(2_000_000),
  /** A different seed makes a different file with a different ETag. */
  seed: z.string().default('owner'),
  name: z.string().default('backup-owner.zip'),
});
export type FileSettings = z.infer<typeof FileSettings>;

/** How the Autoflex10 simulator behaves, by default as documented. Members can be assigned while it runs. */
export const Behaviour = z.strictObject({
  signIn: SignIn.prefault({}),
  order: Order.prefault({}),
  callback: Callback.prefault({}),
  result: Result.prefault({}),
  link: Link.prefault({}),
  download: Download.prefault({}),
  file: FileSettings.prefault({}),
});
export type Behaviour = z.infer<typeof Behaviour>;
export type BehaviourChange = z.input<typeof Behaviour>;

/** Changes only the given members; throws a ZodError where a value is invalid. */
export function change(behaviour: Behaviour, given: BehaviourChange): void {
  const current = new Map<string, object>(Object.entries(behaviour));
  const merged = Object.entries(given).map(([name, group]) => [name, { ...current.get(name), ...group }]);
  const next = Behaviour.parse({ ...behaviour, ...Object.fromEntries(merged) });
  for (const [name, group] of Object.entries(next)) Object.assign(current.get(name) ?? {}, group);
}
