import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeResponse } from '../../../main/engine/download/content-coding.ts';
import { Interruption } from '../../../main/engine/download/failure.ts';
import { decompress } from '../../../main/engine/storage/index.ts';
import { seeded } from './file-server.ts';

const first = Buffer.from(seeded(1500).toString('hex'));
const second = Buffer.from(first.subarray(1000)).reverse();
const both = Buffer.concat([first, second]);
const coders = {
  gzip: (content: Buffer) => zlib.gzipSync(content),
  deflate: (content: Buffer) => zlib.deflateSync(content),
  br: (content: Buffer) => zlib.brotliCompressSync(content),
  zstd: (content: Buffer) => zlib.zstdCompressSync(content),
};
type Coding = keyof typeof coders;

/** Cuts bytes into chunks: all in one, byte by byte, or in sevens with empty chunks between them. */
const cuts: Readonly<Record<string, (bytes: Buffer) => Buffer[]>> = {
  'one chunk': (bytes) => [bytes],
  'chunks of one byte': (bytes) => [...bytes].map((byte) => Buffer.of(byte)),
  'chunks with empty ones between': (bytes) =>
    Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) => [
      Buffer.alloc(0),
      bytes.subarray(index * 7, index * 7 + 7),
    ]).flat(),
};

async function decoded(coding: string, chunks: readonly Buffer[]): Promise<Buffer> {
  const headers = new Headers({ 'content-encoding': coding });
  const { body } = decodeResponse({ status: 200, headers, body: Readable.from(chunks) });
  const parts: Uint8Array[] = [];
  for await (const part of body ?? []) parts.push(part);
  return Buffer.concat(parts);
}

const scenes: { coding: Coding; what: string; bytes: Buffer; expected: Buffer | 'damaged' }[] = (
  Object.keys(coders) as Coding[]
).flatMap((coding) => {
  const code = coders[coding];
  const severalAllowed = coding === 'gzip' || coding === 'zstd';
  return [
    { coding, what: 'one stream', bytes: code(first), expected: first },
    { coding, what: 'an empty file', bytes: code(Buffer.alloc(0)), expected: Buffer.alloc(0) },
    {
      ...{ coding, what: 'two streams', bytes: Buffer.concat([code(first), code(second)]) },
      expected: severalAllowed ? both : ('damaged' as const),
    },
    {
      ...{ coding, what: 'a stream and zeros', bytes: Buffer.concat([code(first), Buffer.alloc(20)]) },
      expected: coding === 'gzip' ? first : ('damaged' as const),
    },
    {
      ...{ coding, what: 'a stream, zeros and another stream' },
      ...{ bytes: Buffer.concat([code(first), Buffer.alloc(3), code(second)]), expected: 'damaged' as const },
    },
    {
      ...{ coding, what: 'a stream and other bytes' },
      ...{ bytes: Buffer.concat([code(first), Buffer.from('and more')]), expected: 'damaged' as const },
    },
    { coding, what: 'nothing', bytes: Buffer.alloc(0), expected: 'damaged' as const },
    { coding, what: 'half a stream', bytes: code(both).subarray(0, 40), expected: 'damaged' as const },
  ];
});

describe.each(scenes)('$coding with $what', ({ coding, bytes, expected }) => {
  test.each(Object.entries(cuts))('in %s is decoded completely or counts as damaged', async (_, cut) => {
    const result = await decoded(coding, cut(bytes)).catch((error: unknown) => error);
    if (expected === 'damaged') expect(result).toBeInstanceOf(Interruption);
    else expect(result).toEqual(expected);
  });

  test('as the body of a callback is decoded completely or not at all', () => {
    const result = decompress(bytes, [coding]);
    expect(result && Buffer.from(result)).toEqual(expected === 'damaged' ? undefined : expected);
  });
});

test('a skippable frame of zstd is skipped, and the frames around it are decoded', async () => {
  const skipped = Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0]), Buffer.from('note')]);
  const bytes = Buffer.concat([skipped, coders.zstd(first), skipped, coders.zstd(second), skipped]);
  for (const cut of Object.values(cuts)) expect(await decoded('zstd', cut(bytes))).toEqual(both);
  expect(Buffer.from(decompress(bytes, ['zstd']) ?? [])).toEqual(both);
});

test('a callback of many frames that decode to nothing is not decoded', () => {
  const empty = coders.zstd(Buffer.alloc(0));
  expect(decompress(Buffer.concat(Array.from({ length: 2000 }, () => empty)), ['zstd'])).toBeUndefined();
});

test('a source that fails fails what is decoded of it, and a reader that stops ends the source', async () => {
  const bytes = coders.zstd(both);
  let ended = false;
  const source = async function* (): AsyncGenerator<Buffer> {
    try {
      yield bytes.subarray(0, 20);
      throw new Error('the connection was lost');
    } finally {
      ended = true;
    }
  };
  const headers = new Headers({ 'content-encoding': 'zstd' });
  const { body } = decodeResponse({ status: 200, headers, body: source() });
  await expect(Readable.from(body ?? []).toArray()).rejects.toThrow('the connection was lost');
  expect(ended).toBe(true);
});
