import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkIntegrity } from '../../../../main/engine/download/integrity/integrity-check.ts';
import { processorTime } from '../../../support/processor-time.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { sevenZip } from '../archives.ts';
import { seeded } from '../file-server.ts';
import { bzip2, changed, secondBzip2, zstd } from './block-archives.ts';

const text = Buffer.from('insert into customers values (1);\n'.repeat(9000));
const noise = seeded(300_000);

/** The codes of its remarks, or of what it is rejected for. */
async function findings(content: Buffer, name = 'backup.bin'): Promise<string[]> {
  const file = join(await temporaryFolder(), 'partial');
  await writeFile(file, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return checkIntegrity(file, { name, sha256, failureWords: [] }, new AbortController().signal).then(
    ({ container, remarks }) => [container, ...remarks.map(({ code = '' }) => code.replace('download.', ''))],
    (error) => [`${error.failure}: ${error.reason.code.replace('download.', '')}`],
  );
}

const skipped = Buffer.from('5e2a4d1803000000010203', 'hex');

describe('the check of a zstd archive', () => {
  it.each([text, noise])('says where a part has no checksum, and does not call it verified', async (content) => {
    const without = zstdCompressSync(content);
    const remark = ['zstd', 'withoutChecksums'];
    expect(await findings(without)).toEqual(remark);
    expect(await findings(Buffer.concat([zstd(content), without, zstd(content)]))).toEqual(remark);
    expect(await findings(Buffer.concat([without, skipped, zstd(content)]))).toEqual(remark);
    expect(await findings(Buffer.concat([zstd(content), zstdCompressSync('')]))).toEqual(['zstd']);
  });

  it('reads one that begins with a frame to be skipped, as pzstd writes it', async () => {
    const archive = Buffer.concat([skipped, zstd(text), skipped, zstd(noise)]);
    expect(await findings(archive, 'backup.sql.zst')).toEqual(['zstd']);
    expect(await findings(archive.subarray(0, -1), 'backup.sql.zst')).toEqual(['damaged: streamEndsEarly']);
    expect(await findings(archive.subarray(0, 9), 'backup.sql.zst')).toEqual(['damaged: streamEndsEarly']);
  });

  it('does not call damaged what needs a dictionary or much memory', async () => {
    // A window of 4 GiB; a dictionary with the number 7.
    const block = Buffer.from('0900006f', 'hex');
    const large = Buffer.concat([Buffer.from('28b52ffd04b0', 'hex'), block, Buffer.alloc(4)]);
    const withDictionary = Buffer.concat([Buffer.from('28b52ffd050007', 'hex'), block, Buffer.alloc(4)]);
    for (const archive of [large, withDictionary]) {
      expect(await findings(archive)).toEqual(['zstd', 'contentUnchecked']);
      expect(await findings(archive.subarray(0, -1))).toEqual(['damaged: streamEndsEarly']);
    }
  });

  it('rejects one that was cut anywhere', async () => {
    const archive = zstd(text);
    for (let length = 4; length < archive.length; length += 1) {
      expect(await findings(archive.subarray(0, length)), `${length} bytes`).toEqual(['damaged: streamEndsEarly']);
    }
  });
});

it('a gzip archive that was cut in its header is damaged', async () => {
  const packed = gzipSync(text);
  const fixed = packed.subarray(0, 10);
  fixed.writeUInt8(4, 3);
  const archive = Buffer.concat([fixed, Buffer.from([40, 0]), Buffer.alloc(40), packed.subarray(10)]);
  expect(await findings(archive)).toEqual(['gzip']);
  for (const length of [10, 11, 12, 30, 52, archive.length - 9]) {
    expect(await findings(archive.subarray(0, length)), `${length} bytes`).toEqual(['damaged: streamEndsEarly']);
  }
});

describe('of an archive whose second part has a damaged beginning', () => {
  it.each([
    ['bzip2', bzip2, [secondBzip2, secondBzip2 + 2, secondBzip2 + 5]],
    ['zstd', Buffer.concat([zstd(text), zstd(noise)]), [0, 1, 3].map((at) => zstd(text).length + at)],
  ] as const)('the missing content is named: %s', async (container, archive, places) => {
    for (const at of places) {
      const found = await findings(changed(archive, at));
      expect(found).toEqual(at === secondBzip2 + 5 ? ['damaged: streamDamaged'] : [container, 'partUnreadable']);
    }
  });
});

describe('the check of a 7z archive', () => {
  /** Its list of files says that one packed stream begins and ends there. */
  const listed = (position: number, size: number) =>
    sevenZip(
      noise,
      Buffer.concat([
        Buffer.from([1, 4, 6]),
        number(position),
        Buffer.from([1, 9]),
        number(size),
        Buffer.from([0, 0, 0]),
      ]),
    );

  it.each([
    [0, noise.length],
    [100, 200],
    [noise.length - 1, 1],
  ])('accepts a stream at %i of %i bytes', async (position, size) => {
    expect(await findings(listed(position, size))).toEqual(['7z', 'contentUnchecked']);
  });

  it.each([
    [0, noise.length + 1],
    [noise.length, 1],
    [2 ** 40, 0],
    [0, 2 ** 40],
  ])('rejects a stream at %i of %i bytes, for which it has no room', async (position, size) => {
    expect(await findings(listed(position, size))).toEqual(['damaged: headersDamaged']);
  });

  it('says what follows it', async () => {
    const archive = listed(0, noise.length);
    expect(await findings(Buffer.concat([archive, Buffer.alloc(9)]))).toEqual([
      '7z',
      'streamPadding',
      'contentUnchecked',
    ]);
    expect(await findings(Buffer.concat([archive, Buffer.from('end')]))).toEqual([
      '7z',
      'streamTrailingBytes',
      'contentUnchecked',
    ]);
  });
});

/** As 7z writes numbers, here always with six bytes. */
function number(value: number): Buffer {
  const bytes = Buffer.alloc(7, 0xfc);
  bytes.writeUIntLE(value, 1, 6);
  return bytes;
}

it.each([
  ['gzip', gzipSync(''), gzipSync(text)],
  ['zstd', zstd(''), zstd(text)],
])('a %s archive of many small parts costs about as much for each as it holds', async (container, part, last) => {
  const archive = (parts: number) => Buffer.concat([...Array.from({ length: parts }, () => part), last]);
  const timeOf = async (content: Buffer): Promise<number> => {
    const before = process.threadCpuUsage();
    expect(await findings(content)).toEqual([container]);
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  };
  const empty = gzipSync('');
  const decompressAll = (): void => {
    for (let count = 0; count < 4000; count += 1) gunzipSync(empty);
  };
  await timeOf(archive(100));
  processorTime(decompressAll);
  // A stream for each takes 20 to 45 times as long.
  expect(await timeOf(archive(4000))).toBeLessThan(12 * processorTime(decompressAll));
  expect((await findings(archive(3000).subarray(0, -1)))[0]).toMatch(/^damaged: /);
});
