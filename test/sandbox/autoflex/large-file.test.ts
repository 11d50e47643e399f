import { randomInt } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { type LargeFile, seededBytes, sha256 } from '../../../main/sandbox/autoflex/large-file.ts';
import { zipFile } from '../../../main/sandbox/autoflex/zip-file.ts';

const MiB = 1024 * 1024;
const GiB = 1024 * MiB;

function bytes(file: LargeFile, from = 0, to = file.size): Buffer {
  return Buffer.concat([...file.read(from, to)]);
}

/** What an unpacker reads of it. */
class Reader extends RandomAccessReader {
  readonly #file: LargeFile;

  constructor(file: LargeFile) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#file.read(start, end));
  }
}

async function unpack(file: LargeFile): Promise<{ zip: ZipFile; entries: Entry[] }> {
  const options = { lazyEntries: true, autoClose: false } as const;
  const zip = await fromRandomAccessReaderPromise(new Reader(file), file.size, options);
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  return { zip, entries };
}

async function sumOf(zip: ZipFile, entry: Entry): Promise<{ crc: number; size: number }> {
  let [crc, size] = [0, 0];
  for await (const piece of await zip.openReadStreamPromise(entry)) {
    crc = crc32(piece, crc);
    size += piece.length;
  }
  return { crc, size };
}

test('the same seed gives the same bytes, another seed others', () => {
  expect(sha256(seededBytes('one', 100_000))).toBe(sha256(seededBytes('one', 100_000)));
  expect(sha256(seededBytes('one', 100_000))).not.toBe(sha256(seededBytes('two', 100_000)));
});

test.each(['bytes', 'zip'])('any stretch of %s is what stands there in the whole', async (kind) => {
  const file = kind === 'zip' ? await zipFile('stretch', 3 * MiB + 5) : seededBytes('stretch', 3 * MiB + 5);
  const whole = bytes(file);
  expect(whole.length).toBe(file.size);
  for (let round = 0; round < 50; round += 1) {
    const from = randomInt(file.size);
    const to = randomInt(from, file.size + 1);
    expect(bytes(file, from, to).equals(whole.subarray(from, to))).toBe(true);
  }
  expect(bytes(file, 7, 7)).toEqual(Buffer.alloc(0));
});

test('no MiB is like another, so that bytes put in the wrong place are noticed', () => {
  const file = seededBytes('places', 64 * MiB);
  const starts = Array.from({ length: 64 }, (_, index) => bytes(file, index * MiB, index * MiB + 32).toString('hex'));
  expect(new Set(starts).size).toBe(64);
});

test.each([0, 500, 3 * MiB + 17])('a zip of %s bytes is whole, with the right sums', async (size) => {
  const file = await zipFile('zip', size);
  expect(file.size).toBe(Math.max(size, 370));
  const { zip, entries } = await unpack(file);
  expect(entries.map(({ fileName }) => fileName)).toEqual(
    ['1', '2', '3'].map((number) => `owner/part-0000${number}.dat`),
  );
  for (const entry of entries) {
    expect(await sumOf(zip, entry)).toEqual({ crc: entry.crc32, size: entry.uncompressedSize });
  }
});

test('a zip beyond 4 GiB is read by its 64-bit records', async () => {
  const size = 5 * GiB + 1;
  const file = await zipFile('large', size);
  expect(file.size).toBe(size);
  const { entries } = await unpack(file);
  expect(entries).toHaveLength(6);
  const last = entries.at(-1);
  expect(last?.relativeOffsetOfLocalHeader).toBeGreaterThan(4 * GiB);
  const header = bytes(file, last?.relativeOffsetOfLocalHeader, (last?.relativeOffsetOfLocalHeader ?? 0) + 30);
  expect([header.readUInt32LE(0), header.readUInt32LE(14)]).toEqual([0x04034b50, last?.crc32]);
});
