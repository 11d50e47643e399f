import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { beginsWithChecksums } from '../../../../main/engine/download/integrity/container.ts';
import { decompress } from '../../../../main/engine/download/integrity/decompress/index.ts';
import { checkIntegrity } from '../../../../main/engine/download/integrity/integrity-check.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { bzip2, changed, secondBzip2, secondXz, xz, zstd } from './block-archives.ts';

interface Expected {
  readonly name?: string;
  readonly uncertainEnd?: boolean;
  readonly longestContent?: number;
}

async function verdictOf(
  content: Buffer,
  { name = 'backup.bin', uncertainEnd = false, ...more }: Expected = {},
): Promise<string> {
  const file = join(await temporaryFolder(), name);
  await writeFile(file, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const expected = { name, sha256, uncertainEnd, failureWords: [], ...more };
  return checkIntegrity(file, expected, new AbortController().signal).then(
    ({ container, remarks }) => `${container}: ${remarks.map(({ code }) => code)}`,
    (error) => error.failure,
  );
}

describe.each([
  ['xz', xz, secondXz],
  ['bzip2', bzip2, secondBzip2],
] as const)('a %s archive of several blocks and streams', (container, archive, second) => {
  it('is verified by its checksums', async () => {
    for (const whole of [archive, archive.subarray(0, second), archive.subarray(second)]) {
      expect(await verdictOf(whole)).toBe(`${container}: `);
    }
  });

  it('that was cut, or of which a byte of the content has changed, is rejected', async () => {
    for (const damaged of [archive.subarray(0, -1), archive.subarray(0, 40), changed(archive, 40)]) {
      expect(await verdictOf(damaged)).toBe('damaged');
    }
  });

  it('that ends with a stream although nothing confirms its end may lack another one', async () => {
    const first = archive.subarray(0, second);
    expect(await verdictOf(first, { uncertainEnd: true })).toBe(`${container}: download.moreMayFollow`);
  });

  it('that holds no tar archive although its name says so is rejected', async () => {
    const name = `backup.tar.${container === 'xz' ? 'xz' : 'bz2'}`;
    expect(await verdictOf(archive, { name })).toBe('damaged');
  });
});

/** With the filter for programs, which xz itself applies only when it is told to. */
const filtered = Buffer.from(
  '/Td6WFoAAATm1rRGAgEEACEBDADWfBiv4ABjACBdADcYSf36YtrZ80hOxaa77tY0Ka6dCTohmcCEoJkTCYAAAHPRVGBLE3/XAAE8ZJVpqhkftvN9AQAAAAAEWVo=',
  'base64',
);

it('an archive that uses what is not decoded here is stored with a remark, and rejected where its structure is damaged', async () => {
  const randomized = Buffer.from(bzip2);
  randomized.writeUInt8(randomized.readUInt8(14) | 0x80, 14);
  expect(await verdictOf(filtered)).toBe('xz: download.contentUnchecked');
  expect(await verdictOf(filtered.subarray(0, -4))).toBe('damaged');
  expect(await verdictOf(randomized)).toBe('bzip2: download.contentUnchecked');
  expect(await verdictOf(randomized.subarray(0, 60))).toBe('damaged');
});

it('an archive that demands more memory than is allowed is not decompressed', async () => {
  const huge = Buffer.from(xz.subarray(0, secondXz));
  // The size of the dictionary, 512 MiB, and the checksum of the header of the first block.
  huge.writeUInt8(34, 16);
  huge.writeUInt32LE(zlib.crc32(huge.subarray(12, 20)), 20);
  expect(await verdictOf(huge)).toBe('xz: download.contentUnchecked');
});

it('a bzip2 archive followed by other bytes, and an xz archive padded with zeros, are read as common tools do', async () => {
  expect(await verdictOf(Buffer.concat([bzip2, Buffer.alloc(300_000)]))).toBe('bzip2: download.streamPadding');
  expect(await verdictOf(Buffer.concat([bzip2, Buffer.from('-- end --')]))).toBe('bzip2: download.streamTrailingBytes');
  expect(await verdictOf(Buffer.concat([xz, Buffer.alloc(300_000)]))).toBe('xz: ');
});

describe.each([
  ['gzip', zlib.gzipSync(Buffer.alloc(1_000_000, 'a'))],
  ['zstd', zstd(Buffer.alloc(1_000_000, 'a'))],
  ['xz', xz],
  ['bzip2', bzip2],
] as const)('a %s archive with more content than is checked', (container, archive) => {
  it('is stored with a remark, and rejected where nothing confirms its end', async () => {
    expect(await verdictOf(archive, { longestContent: 1 })).toBe(`${container}: download.contentTooLong`);
    expect(await verdictOf(archive, { longestContent: 1, uncertainEnd: true })).toBe('unverifiable');
    expect(await verdictOf(archive, { longestContent: 1_000_000 })).toBe(`${container}: `);
  });
});

/** 16 MiB of zeros. */
const bomb = Buffer.from('QlpoOTFBWSZTWVKFPiUAgIDAAMAAAAggADCAKRoBANIBAOLuSKcKEgpQp8Sg', 'base64');

it('a check that is cancelled ends while the thread still decompresses', async () => {
  const file = join(await temporaryFolder(), 'backup.bin');
  const content = Buffer.concat(Array.from({ length: 1000 }, () => bomb));
  await writeFile(file, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const cancellation = new AbortController();
  const parts: number[] = [];
  const decompressed = decompress(
    file,
    { name: 'bzip2' },
    ({ length }) => {
      parts.push(length);
      cancellation.abort(new Error('cancelled'));
    },
    cancellation.signal,
  );
  await expect(decompressed).rejects.toThrow('cancelled');
  const { length } = parts;
  expect(length).toBeLessThan(100);
  const expected = { name: 'backup.bin', sha256, failureWords: [] };
  const check = checkIntegrity(file, expected, AbortSignal.timeout(50));
  await expect(check).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(parts).toHaveLength(length);
});

/** Made with `--check=none`. */
const withoutCheck = Buffer.from(
  '/Td6WFoAAAD/EtlBAgAhARYAAAB0L+WjAQAXbmFtZSxvcmRlcmVkCktlc3RyZWwsMTIKAAABKBjXg7duBnKeegEAAAAAAFla',
  'base64',
);

it('an xz archive of which a stream has no checksum is not fully verified', async () => {
  const several = [withoutCheck, Buffer.concat([xz, withoutCheck]), Buffer.concat([withoutCheck, xz])];
  for (const archive of [...several, changed(withoutCheck, 30)]) {
    expect(await verdictOf(archive)).toBe('xz: download.withoutChecksums');
  }
});

it('the beginning of a file shows whether its content is compared with checksums', () => {
  const zip = Buffer.from('504b03041400000008000000', 'hex');
  for (const head of [xz, bzip2, zlib.gzipSync('a'), zstd('a'), zip]) expect(beginsWithChecksums(head)).toBe(true);
  const encrypted = changed(zip, 6);
  for (const head of [withoutCheck, filtered, encrypted, zlib.zstdCompressSync('a')]) {
    expect(beginsWithChecksums(head)).toBe(false);
  }
});
