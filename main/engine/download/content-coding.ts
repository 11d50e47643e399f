import { pipeline, Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { downloadMessages } from '../messages/index.ts';
import { codingsOf, type FileResponse } from '../requests/index.ts';
import { rangeOf } from './content-range.ts';
import { DownloadError, Interruption } from './failure.ts';

/** A response of the server with its content codings (RFC 9110, section 8.4) undone. */
interface DecodedResponse extends FileResponse {
  /** The codings that were undone, in the order of the header; their own end marks confirm that nothing is missing. */
  readonly codings: readonly string[];
}

type Chunks = AsyncIterable<Uint8Array>;
type Decoder = (coded: Chunks) => Chunks;

const decoders: ReadonlyMap<string, Decoder> = new Map([
  ['gzip', (coded) => through(coded, zlib.createGunzip())],
  ['x-gzip', (coded) => through(coded, zlib.createGunzip())],
  ['deflate', inflate],
  ['br', (coded) => through(coded, zlib.createBrotliDecompress())],
  ['zstd', decodeZstd],
]);
/** Headers that describe the coded bytes: neither length nor ranges nor entity tag are those of the decoded file. */
const codedHeaders = ['content-encoding', 'content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified'];
const mostCodings = 4;
/** DEFLATE reaches 1032:1; what exceeds this is made to fill the disk. */
const mostExpansion = 2000;
const freeExpansion = 64 * 1024 * 1024;

/**
 * Streams the decoded representation; a response without codings is returned as it is. Throws "not-a-backup" for a file in an
 * unknown coding. The part of a coded file (206) stays as it is: a range of the coded bytes is no range of the file. What
 * another status says counts by its status and headers, however its body is coded.
 */
export function decodeResponse(response: FileResponse): DecodedResponse {
  const codings = codingsOf(response.headers.get('content-encoding'));
  if (codings.length === 0 || response.status === 206 || !response.body) return plain(response);
  const unknown = codings.length > mostCodings ? codings.join(', ') : codings.find((coding) => !decoders.has(coding));
  if (response.status !== 200) {
    if (unknown !== undefined) return plain(response);
    return { ...plain(response), body: untilDamage(decode(response.body, codings)) };
  }
  if (unknown !== undefined) {
    throw new DownloadError('not-a-backup', downloadMessages.codingUnknown({ coding: unknown.slice(0, 100) }));
  }
  const headers = new Headers(response.headers);
  for (const name of codedHeaders) headers.delete(name);
  return { status: response.status, headers, body: decode(response.body, codings), codings };
}

/** As it came. */
function plain({ status, headers, body }: FileResponse): DecodedResponse {
  return { status, headers, body, codings: [] };
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

async function* decode(coded: Chunks, codings: readonly string[]): Chunks & AsyncGenerator<Uint8Array, void> {
  const size = { coded: 0, decoded: 0 };
  const decoded = codings.reduceRight<Chunks>(
    (chunks, coding) => decoders.get(coding)?.(chunks) ?? chunks,
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

/** Ends the source when its reader stops, and fails as the source fails. */
function through(coded: Chunks, decoder: NodeJS.ReadWriteStream): Chunks {
  return pipeline(Readable.from(coded, { objectMode: false }), decoder, () => {}) as unknown as Chunks;
}

/** Node's decoder drops what follows a frame in the same chunk without a word: then the coding counts as damaged, since bytes are missing. */
async function* decodeZstd(coded: Chunks): Chunks & AsyncGenerator<Uint8Array, void> {
  const decoder = zlib.createZstdDecompress();
  const size = { coded: 0 };
  yield* through(counted(coded, size), decoder);
  if (decoder.bytesWritten < size.coded) throw new Interruption(damaged(['zstd']));
}

/** "deflate" means the zlib format; some servers send the bare stream. The first byte tells: 8 in its lower half is zlib. */
async function* inflate(coded: Chunks): Chunks & AsyncGenerator<Uint8Array, void> {
  const chunks = coded[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return;
  const isZlib = ((first.value[0] ?? 0) & 0x0f) === 8;
  yield* through(withFirst(first.value, chunks), isZlib ? zlib.createInflate() : zlib.createInflateRaw());
}

async function* withFirst(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): Chunks & AsyncGenerator<Uint8Array, void> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}

function isCodingError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(Z_|ERR_BROTLI_|ERR_ZLIB_|ERR__?ERROR|ZSTD_)/.test(code);
}

const damaged = (codings: readonly string[]) => downloadMessages.codingDamaged({ coding: codings.join(', ') });

function tooLarge(received: number): DownloadError {
  return new DownloadError('unsafe', downloadMessages.codingExpands({ received, factor: mostExpansion }));
}
