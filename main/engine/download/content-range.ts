import { codingsOf, type FileResponse } from '../requests/index.ts';

/** What is needed to resume a file. */
export interface Resumption {
  /** How much of it is stored. */
  readonly bytes: number;
  /** The whole file's length, where it is known. */
  readonly length?: number;
  /** A strong ETag, or else the Last-Modified date. */
  readonly validator: string;
}

export function rangeHeaders({ bytes, validator }: Resumption): Readonly<Record<string, string>> {
  return { range: `bytes=${bytes}-`, 'if-range': validator };
}

/**
 * The validator by which a later request continues the same file only; undefined where the server sends none fit for it.
 * `hasChecksums`: the content shows by itself whether its parts belong together.
 */
export function validatorOf(headers: Headers, hasChecksums = false): string | undefined {
  if (headers.get('accept-ranges')?.toLowerCase() === 'none' || isEncoded(headers)) return undefined;
  const tag = headers.get('etag');
  // RFC 9110 forbids weak tags in If-Range: then the date serves, and the integrity check decides.
  if (tag !== null && /^"[^"]*"$/.test(tag)) return bounded(tag);
  const modified = headers.get('last-modified');
  return modified !== null && isDate(modified, hasChecksums ? null : headers.get('date'))
    ? bounded(modified)
    : undefined;
}

/** A file that was changed in the second in which it was sent may be changed in it again (RFC 9110, section 8.8.2.2). */
function isDate(modified: string, sent: string | null): boolean {
  const changedAt = Date.parse(modified);
  const sentAt = Date.parse(sent ?? '');
  return !Number.isNaN(changedAt) && !(sentAt - changedAt < 1000);
}

/** The file's length as the response announces it; undefined where it does not, or where the body is encoded. */
export function lengthOf(headers: Headers): number | undefined {
  const length = headers.get('content-length');
  return length !== null && /^\d{1,15}$/.test(length) && !isEncoded(headers) ? Number(length) : undefined;
}

/** Whether HTTP itself marks the end of the body. Without that a finished response and a lost connection look the same. */
export function isFramed(headers: Headers): boolean {
  return headers.has('content-length') || /(^|,)\s*chunked\s*$/i.test(headers.get('transfer-encoding') ?? '');
}

interface ContentRange {
  readonly start: number;
  /** The last byte. */
  readonly end: number;
  /** The whole file's length, where the server sends it. */
  readonly total?: number;
}

export function rangeOf(headers: Headers): ContentRange | undefined {
  const match = /^bytes[ \t=]+(\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(headers.get('content-range')?.trim() ?? '');
  if (!match) return undefined;
  return { start: Number(match[1]), end: Number(match[2]), ...(match[3] === '*' ? {} : { total: Number(match[3]) }) };
}

/** A 203 is a 200 that a proxy changed (RFC 9110, section 15.3.4): no range of the server's file continues it. */
export function acceptChanged(response: FileResponse): FileResponse {
  if (response.status !== 203) return response;
  const headers = new Headers(response.headers);
  headers.set('accept-ranges', 'none');
  return { status: 200, headers, body: response.body };
}

/** Whether it is several parts of a file in one body, which nothing here requests. */
export function isMultipart({ status, headers }: Pick<FileResponse, 'status' | 'headers'>): boolean {
  return status === 206 && /^\s*multipart\/byteranges\b/i.test(headers.get('content-type') ?? '');
}

/** A 206 that begins with the first byte is the file from its beginning, whatever was requested. */
export function withWholeFile(response: FileResponse): FileResponse {
  const range = response.status === 206 ? rangeOf(response.headers) : undefined;
  if (range?.start !== 0) return response;
  const headers = new Headers(response.headers);
  headers.delete('content-range');
  // Without the total, only another request tells whether more follows.
  if (range.total === undefined) for (const name of ['content-length', 'transfer-encoding']) headers.delete(name);
  else headers.set('content-length', String(range.total));
  return { status: 200, headers, body: response.body };
}

/** Whether this 416 confirms that nothing follows the stored bytes, and does not concern another file. */
export function confirmsEnd(headers: Headers, { bytes, validator }: Resumption): boolean {
  const given = validatorIn(headers, validator);
  const total = /^bytes[ \t=]+\*\/(\d{1,15})$/i.exec(headers.get('content-range')?.trim() ?? '')?.[1];
  return Number(total) === bytes && (given === null || given === validator);
}

/** Whether this 206 follows the stored bytes exactly and is of the same file: some servers ignore If-Range. */
export function continues(headers: Headers, { bytes, length, validator }: Resumption): boolean {
  const range = rangeOf(headers);
  if (!range || isEncoded(headers)) return false;
  const { start, end, total } = range;
  if (start !== bytes || end < start) return false;
  const known = length ?? total;
  if (known !== undefined && (total ?? known) !== known) return false;
  if (known !== undefined && end >= known) return false;
  const given = validatorIn(headers, validator);
  // Where the whole file had an entity tag, its parts must have it too (RFC 9110).
  return given === validator || (given === null && !validator.startsWith('"'));
}

/** Whether the bytes are compressed for the transport, so that they are not those of the file. */
function isEncoded(headers: Headers): boolean {
  return codingsOf(headers.get('content-encoding')).length > 0;
}

function validatorIn(headers: Headers, requested: string): string | null {
  return headers.get(requested.startsWith('"') ? 'etag' : 'last-modified');
}

/** The validator unless it is too long: it is stored beside the partial file, in a record of bounded size. */
function bounded(validator: string): string | undefined {
  return validator.length <= 500 ? validator : undefined;
}
