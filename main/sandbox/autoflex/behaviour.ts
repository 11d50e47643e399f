import { z } from 'zod';
import { callbackForms } from './callback-forms.ts';

const Count = z.int().min(0);

const SignIn = z.strictObject({
  /** Answers of 202 with `retry` before the token is given. */
  notReady: Count.default(0),
  /** Milliseconds that `retry` asks for; null leaves it out. */
  retry: z.number().nullable().default(5000),
  /** Seconds a token counts; the public client believes in 1800. */
  tokenLifetime: z.number().default(1800),
  /** The member `api_url`; null leaves it out. */
  apiUrl: z.string().nullable().default(null),
  redirect: z.enum(['none', 'same-origin', 'foreign']).default('none'),
});

const Order = z.strictObject({
  /** Answers of 202 with `retry` before it is accepted. */
  notReady: Count.default(0),
  /** HTTP's, when it is accepted. */
  status: z.int().min(200).max(299).default(202),
  /** The member `successCode`, as a number or as text; null leaves it out. From 400 on the order is refused. */
  successCode: z.union([z.number(), z.string()]).nullable().default(202),
  /** What it says where it refuses. */
  message: z.string().default('The backup cannot be made now.'),
  /** Gives the result in the answer itself, and does not call back. */
  atOnce: z.boolean().default(false),
});

const Callback = z.strictObject({
  form: z.enum(callbackForms).default('query'),
  method: z.enum(['GET', 'HEAD', 'POST']).default('GET'),
  /** What an id looks like: as documented, or a word whose case counts. */
  idAs: z.enum(['uuid', 'word']).default('uuid'),
  /** User-Agent; null leaves it out. */
  userAgent: z.string().nullable().default(null),
  /** Milliseconds a backup takes. */
  after: Count.default(0),
  /** Calls while the order is not answered yet. */
  beforeAnswer: z.boolean().default(false),
  /** A call without id comes first. */
  probe: z.boolean().default(false),
  /** How many different ids one order brings; 0 = it never calls. */
  ids: Count.default(1),
  /** How often each is delivered. */
  times: Count.default(1),
});

const Result = z.strictObject({
  /** Answers of `notYetAs` before the result of an id is given. */
  notYet: Count.default(0),
  notYetAs: z.enum(['404', '400', '410', '500', '202', 'retry', 'null', 'empty', 'successCode']).default('404'),
  /** Milliseconds that `retry` asks for. */
  retry: z.number().default(2000),
  /** The result of an id is given once, and then never again. */
  once: z.boolean().default(false),
  /** The result is for the token with which it was ordered, and for no other. */
  boundToToken: z.boolean().default(false),
  shape: z
    .enum(['data.url', 'data', 'url', 'data[].url', 'data.urls', 'download_url', 'link', 'href', 'text'])
    .default('data.url'),
  /** How the JSON is wrapped: as it is, with a text type, in a JSON string, behind a byte order mark. */
  wrapping: z.enum(['json', 'text/plain', 'string', 'bom']).default('json'),
  /** "http" is plain at what does not count as this computer; "untrusted" shows a certificate nobody vouches for. */
  url: z.enum(['absolute', 'relative', 'bare', 'http', 'foreign', 'untrusted']).default('absolute'),
  /** Files the backup consists of; more than one only in shapes that can hold them. */
  files: z.int().min(1).default(1),
  /** What stands in `data` instead of an address. */
  payload: z.json().optional(),
});

const Link = z.strictObject({
  /** Seconds. */
  lifetime: z.number().default(3600),
  /** Whether the path ends with the name of the file, or everything stands in the query. */
  style: z.enum(['path', 'query']).default('path'),
  expiredStatus: z.union([z.literal(403), z.literal(404), z.literal(410)]).default(410),
});

const Download = z.strictObject({
  /** What meets a request without `token`. */
  withoutToken: z.enum(['file', '401', '403', 'login-page', 'json-error']).default('file'),
  /** What comes in place of the file, with status 200. */
  answer: z.enum(['file', 'page', 'json-error']).default('file'),
  redirects: Count.default(0),
  /** "loop" never ends; the others but "same-origin" go to where `result.url` of that name would, first. */
  redirectTo: z.enum(['same-origin', 'foreign', 'http', 'untrusted', 'loop']).default('same-origin'),
  /** The whole Content-Disposition; null leaves it out. Absent: an attachment of the file's name. */
  disposition: z.string().nullable().optional(),
  /** Content-Type; that of the file when absent. */
  type: z.string().optional(),
  /** What Content-Length counts: the whole file; what is really sent; nothing, as it is sent in chunks. */
  length: z.enum(['whole', 'sent', 'absent']).default('whole'),
  /** Bytes at the end of the file that are never sent. */
  missing: Count.default(0),
  /** Offsets within the file at which the connection is cut, each once, in this order. */
  cutAt: z.array(Count).default([]),
  ranges: z.boolean().default(true),
  validator: z.enum(['both', 'etag', 'weak-etag', 'last-modified', 'none']).default('both'),
  /** 0 = as fast as it can. */
  bytesPerSecond: Count.default(0),
  /** Offset within the file from which nothing more is sent until this is null again. */
  holdAt: Count.nullable().default(null),
});

export const FileSettings = z.strictObject({
  kind: z.enum(['zip', 'gzip', 'bytes']).default('zip'),
  /** Bytes of the whole file, container included; for gzip, which is held in memory, of its content. */
  size: Count.default(2_000_000),
  /** Another seed is another file, with another ETag. */
  seed: z.string().default('owner'),
  name: z.string().default('backup-owner.zip'),
});
export type FileSettings = z.infer<typeof FileSettings>;

/** How the Autoflex10 simulator behaves; the defaults are what the documentation shows. Every member may be assigned while it runs. */
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

/** Changes only what is given; throws a ZodError where a value is none it may have. */
export function change(behaviour: Behaviour, given: BehaviourChange): void {
  const current = new Map<string, object>(Object.entries(behaviour));
  const merged = Object.entries(given).map(([name, group]) => [name, { ...current.get(name), ...group }]);
  const next = Behaviour.parse({ ...behaviour, ...Object.fromEntries(merged) });
  for (const [name, group] of Object.entries(next)) Object.assign(current.get(name) ?? {}, group);
}
