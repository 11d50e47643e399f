import * as zlib from 'node:zlib';
import { downloadMessages } from '../messages/index.ts';
import { codingsOf, type FileResponse } from '../requests/index.ts';
import { decodeStream, type StreamCoding } from './decode-stream.ts';
import { DownloadError, Interruption } from './failure.ts';

/** A response of the server with its content codings (RFC 9110, section 8.4) undone. */
interface DecodedResponse extends FileResponse {
  /** The codings that were undone, in the order of the header; their own end marks confirm that nothing is missing. */
  readonly codings: readonly string[];
}

type Chunks = AsyncIterable<Uint8Array>;

const gzip: StreamCoding = { name: 'gzip', following: 'zeros', create: () => zlib.createGunzip() };
const streamCodings: ReadonlyMap<string, StreamCoding> = new Map([
  ['gzip', gzip],
  ['x-gzip', gzip],
  ['deflate', { name: 'deflate', following: 'nothing', create: createInflate }],
  ['br', { name: 'br', following: 'nothing', create: () => zlib.createBrotliDecompress() }],
  ['zstd', { name: 'zstd', following: 'another', create: () => zlib.createZstdDecompress() }],
]);
/** Headers that describe the coded bytes: neither length nor ranges nor entity tag are those of the decoded file. */
const codedHeaders = ['content-encoding', 'content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified'];
const mostCodings = 4;
/** DEFLATE reaches 1032:1; what exceeds this is made to fill the disk. */
const mostExpansion = 2000;
const freeExpansion = 64 * 1024 * 1024;

/**
 * Streams the decoded representation; without codings, the response as it is. Throws "not-a-backup" for a file in an
 * unknown coding; any other status is judged by its status and headers. A part of a coded file (206) is not decoded: a
 * range of coded bytes is no range of the file.
 */
export function decodeResponse(response: FileResponse): DecodedResponse {
  const codings = codingsOf(response.headers.get('content-encoding'));
  if (codings.length === 0 || response.status === 206 || !response.body) return plain(response);
  if (response.status !== 200) {
    if (unknownOf(codings) !== undefined) return plain(response);
    return { ...plain(response), body: untilDamage(decode(response.body, codings)) };
  }
  rejectUnknown(codings);
  const headers = new Headers(response.headers);
  for (const name of codedHeaders) headers.delete(name);
  return { status: response.status, headers, body: decode(response.body, codings), codings };
}

/**
 * The response without transfer codings other than chunked (RFC 9112, section 6.1), which were not requested: they are
 * no part of the file, so that ranges are of the file itself. Throws "not-a-backup" for a file or a part in an unknown
 * coding; any other status is judged by its status and headers.
 */
export function undoTransferCodings(response: FileResponse): FileResponse {
  const codings = codingsOf(response.headers.get('transfer-encoding')).filter((name) => name !== 'chunked');
  if (codings.length === 0 || !response.body) return response;
  const isFile = response.status === 200 || response.status === 206;
  if (isFile) rejectUnknown(codings);
  else if (unknownOf(codings) !== undefined) return response;
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  // Their own end marks confirm that nothing is missing, as the chunks do.
  headers.set('transfer-encoding', 'chunked');
  const body = decode(response.body, codings);
  return { status: response.status, headers, body: isFile ? body : untilDamage(body) };
}

/** The response as it arrived. */
function plain({ status, headers, body }: FileResponse): DecodedResponse {
  return { status, headers, body, codings: [] };
}

function unknownOf(codings: readonly string[]): string | undefined {
  return codings.length > mostCodings ? codings.join(', ') : codings.find((coding) => !streamCodings.has(coding));
}

function rejectUnknown(codings: readonly string[]): void {
  const coding = unknownOf(codings)?.slice(0, 100);
  if (coding !== undefined) throw new DownloadError('not-a-backup', downloadMessages.codingUnknown({ coding }));
}

async function* decode(coded: Chunks, codings: readonly string[]): Chunks & AsyncGenerator<Uint8Array, void> {
  const size = { coded: 0, decoded: 0 };
  const decoded = codings.reduceRight<Chunks>(
    (chunks, name) => {
      const coding = streamCodings.get(name);
      return coding ? decodeStream(chunks, coding) : chunks;
    },
    counted(coded, size),
  );
  try {
    for await (const chunk of decoded) {
      size.decoded += chunk.length;
      if (size.decoded > freeExpansion + size.coded * mostExpansion) throw tooLarge(size.coded);
      yield chunk;
    }
  } catch (error) {
    throw isCodingError(error) ? new Interruption(damaged(codings), { cause: error }) : error;
  }
}

/** Ends where the coded bytes are damaged, or where there are none. */
async function* untilDamage(chunks: Chunks): Chunks & AsyncGenerator<Uint8Array, void> {
  try {
    yield* chunks;
  } catch (error) {
    if (!(error instanceof Interruption)) throw error;
  }
}

async function* counted(chunks: Chunks, size: { coded: number }): Chunks & AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks) {
    size.coded += chunk.length;
    yield chunk;
  }
}

/** "deflate" means the zlib format; some servers send the bare stream. The first byte tells: 8 in its lower half is zlib. */
function createInflate([first = 0]: Uint8Array): zlib.Inflate | zlib.InflateRaw {
  return (first & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
}

function isCodingError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(Z_|ERR_BROTLI_|ERR_ZLIB_|ERR__?ERROR|ZSTD_)/.test(code);
}

const damaged = (codings: readonly string[]) => downloadMessages.codingDamaged({ coding: codings.join(', ') });

function tooLarge(received: number): DownloadError {
  return new DownloadError('unsafe', downloadMessages.codingExpands({ received, factor: mostExpansion }));
}
