import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** Decodes to the end of the first stream; gives how many of the bytes that took. */
type Decode = (bytes: Uint8Array, most: number) => { readonly decoded: Buffer; readonly consumed: number };

const decoders: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['gzip', withConsumed(gunzipSync)],
  ['x-gzip', withConsumed(gunzipSync)],
  ['deflate', inflate],
  ['br', withConsumed(brotliDecompressSync)],
  ['zstd', withConsumed(zstdDecompressSync)],
]);

/** Bytes of a decoded body at most: as many as a body that is not compressed may have. */
const largestDecoded = 1024 * 1024;
const mostExpansion = 200;
const mostCodings = 3;
const mostFrames = 1000;

/** The body before compression; undefined for an unknown coding, other bytes, or too large an expansion. */
export function decompress(bytes: Uint8Array, codings: readonly string[]): Uint8Array | undefined {
  if (codings.length > mostCodings) return undefined;
  let decoded = bytes;
  for (const coding of codings.toReversed()) {
    const decode = decoders.get(coding);
    const maxOutputLength = Math.min(largestDecoded, 1024 + decoded.length * mostExpansion);
    try {
      if (!decode) return undefined;
      decoded = decodeAll(decoded, coding, decode, maxOutputLength);
    } catch {
      return undefined;
    }
  }
  return decoded;
}

/** Decodes all streams of the bytes; Node takes the first only. Throws for bytes that are neither a stream nor padding. */
function decodeAll(bytes: Uint8Array, coding: string, decode: Decode, most: number): Uint8Array {
  const frames: Buffer[] = [];
  let room = most;
  for (let rest = bytes; frames.length === 0 || rest.length > 0; ) {
    const { decoded, consumed } = decode(rest, room);
    frames.push(decoded);
    rest = rest.subarray(consumed);
    room -= decoded.length;
    const isPadding = coding.endsWith('gzip') && rest.every((byte) => byte === 0);
    if (isPadding) break;
    if (rest.length > 0 && (coding !== 'zstd' || consumed === 0 || room <= 0 || frames.length === mostFrames)) {
      throw new Error('other bytes follow the compressed ones');
    }
  }
  return frames.length === 1 && frames[0] ? frames[0] : Buffer.concat(frames);
}

function withConsumed(
  decode: (bytes: Uint8Array, options: { maxOutputLength: number; info: true }) => unknown,
): Decode {
  return (bytes, maxOutputLength) => {
    const { buffer, engine } = decode(bytes, { maxOutputLength, info: true }) as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    return { decoded: buffer, consumed: engine.bytesWritten };
  };
}

/** RFC 9110 means the zlib format; some senders leave its frame out. */
function inflate(...[bytes, most]: Parameters<Decode>): ReturnType<Decode> {
  try {
    return withConsumed(inflateSync)(bytes, most);
  } catch {
    return withConsumed(inflateRawSync)(bytes, most);
  }
}

/** The same text in UTF-8 without a byte order mark; the bytes themselves where they are that already. */
export function toUtf8(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3);
  const encoding = utf16Of(bytes[0], bytes[1]);
  return encoding ? Buffer.from(new TextDecoder(encoding).decode(bytes)) : bytes;
}

/** The UTF-16 encoding, by its byte order mark or a zero beside the first character, which is ASCII in JSON and XML. */
function utf16Of(first: number | undefined, second: number | undefined): 'utf-16le' | 'utf-16be' | undefined {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && first !== undefined && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined)) return 'utf-16be';
  return undefined;
}
