import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkIntegrity } from '../../../../main/engine/download/integrity/integrity-check.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

/** Of two streams with padding between them; the first has four blocks. Written by xz 5.4. */
const xz = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAHbmFtZSxvcmQA38ya0RAolLICACEBFgAAAHQv5aMBAAdlcmVkCktlcwAooSYXJK8GFwIAIQEWAAAAdC/lowEA' +
    'B3RyZWwsMTIKADkg0IUL4hpTAAMgCCAIIAgV2WhWscRn+wIAAAAABFlaAAAAAP03elhaAAAE5ta0RgIAIQEWAAAAdC/lowEAAHgAAAAARa7vg/juFgoAARkB' +
    'pSyBzB+2830BAAAAAARZWg==',
  'base64',
);
const secondXz = xz.lastIndexOf(Buffer.from('fd377a58', 'hex'));

/** Of two streams; the first has several blocks. Written by bzip2 1.0.8. */
const bzip2 = Buffer.from(
  'QlpoMTFBWSZTWfFLiycAYaMBADAAIAAwgCkZQlBaoSguYoKyTKayA328+ADDRgIAYABAAGEAUjVCUFlCUFzFBWSZTWfFLiycAYaMBADAAIAAwgCkZQlBaoSg' +
    'uYoKyTKazmx+FDgAAHAIAYABAAGEAmoyNRxdyRThQkKO/9AcQlpoOTFBWSZTWXdLsBQAAAAAgABAIAAhGEaC7kinChIO6XYCgA==',
  'base64',
);
const secondBzip2 = bzip2.lastIndexOf('BZh9');

async function verdictOf(content: Buffer, signal = new AbortController().signal): Promise<string> {
  const file = join(await temporaryFolder(), 'backup.bin');
  await writeFile(file, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return checkIntegrity(file, { name: 'backup.bin', sha256, failureWords: [] }, signal).then(
    ({ container, remarks }) => `${container}: ${remarks.map(({ code }) => code)}`,
    (error) => error.failure,
  );
}

/** With one bit changed. */
function changed(content: Buffer, at: number): Buffer {
  const copy = Buffer.from(content);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
}

const without = (content: Buffer, at: number) => Buffer.concat([content.subarray(0, at), content.subarray(at + 1)]);
const offsets = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe.each([
  ['xz', xz, secondXz],
  ['bzip2', bzip2, secondBzip2],
] as const)('a %s archive of several blocks and streams', (container, archive, second) => {
  it('is stored with the remark that its content was not checked', async () => {
    for (const whole of [archive, archive.subarray(0, second), archive.subarray(second)]) {
      expect(await verdictOf(whole)).toBe(`${container}: download.contentUnchecked`);
    }
  });

  it('that was cut anywhere is rejected', async () => {
    for (const length of [...offsets(16, second - 4), ...offsets(second + 16, archive.length)]) {
      expect(await verdictOf(archive.subarray(0, length)), `${length} bytes`).toBe('damaged');
    }
  });
});

it('an xz archive that lacks any byte is rejected', async () => {
  for (const at of offsets(6, xz.length)) expect(await verdictOf(without(xz, at)), `at ${at}`).toBe('damaged');
});

it('an xz archive of which a header, an index or a footer has changed is rejected', async () => {
  const [indexStart, firstEnd] = [xz.indexOf(Buffer.from('00032008', 'hex')), secondXz - 4];
  for (const at of [...offsets(6, 24), ...offsets(indexStart, firstEnd), ...offsets(secondXz + 6, secondXz + 24)]) {
    expect(await verdictOf(changed(xz, at)), `at ${at}`).toBe('damaged');
  }
});

it('a bzip2 archive of which a checksum has changed is rejected', async () => {
  for (const at of [...offsets(10, 14), ...offsets(secondBzip2 - 5, secondBzip2 - 1)]) {
    expect(await verdictOf(changed(bzip2, at)), `at ${at}`).toBe('damaged');
  }
});

it('a bzip2 archive followed by other bytes, and an xz archive padded with zeros, are read as common tools do', async () => {
  expect(await verdictOf(Buffer.concat([bzip2, Buffer.alloc(300_000)]))).toBe('bzip2: download.contentUnchecked');
  expect(await verdictOf(Buffer.concat([xz, Buffer.alloc(300_000)]))).toBe('xz: download.contentUnchecked');
});
