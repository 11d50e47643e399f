import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

type Decode = (bytes: Uint8Array, options: { maxOutputLength: number }) => Buffer;

const decoders: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflate],
  ['br', brotliDecompressSync],
  ['zstd', zstdDecompressSync],
]);

/** As large as a body may be that is not compressed. */
const largestDecoded = 1024 * 1024;
const mostExpansion = 200;
const mostCodings = 3;

/** The body before it was compressed; undefined where a coding is unknown, the bytes are not of that coding, or expand too far. */
export function decompress(bytes: Uint8Array, codings: readonly string[]): Uint8Array | undefined {
  if (codings.length > mostCodings) return undefined;
  let decoded = bytes;
  for (const coding of codings.toReversed()) {
    const decode = decoders.get(coding);
    const maxOutputLength = Math.min(largestDecoded, 1024 + decoded.length * mostExpansion);
    try {
      if (!decode) return undefined;
      decoded = decode(decoded, { maxOutputLength });
    } catch {
      return undefined;
    }
  }
  return decoded;
}

/** RFC 9110 means the zlib format; some senders leave its frame out. */
function inflate(bytes: Uint8Array, options: { maxOutputLength: number }): Buffer {
  try {
    return inflateSync(bytes, options);
  } catch {
    return inflateRawSync(bytes, options);
  }
}

/** The same text in UTF-8 without a byte order mark; the bytes themselves where they are that already. */
export function toUtf8(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return bytes.subarray(3);
  const encoding = utf16Of(bytes);
  return encoding ? Buffer.from(new TextDecoder(encoding).decode(bytes)) : bytes;
}

/** By the byte order mark, or by the zeros beside the first character, which is ASCII in JSON and XML. */
function utf16Of([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && first !== undefined && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined)) return 'utf-16be';
  return undefined;
}
