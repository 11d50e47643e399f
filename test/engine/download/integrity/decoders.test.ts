import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ByteInput } from '../../../../main/engine/download/integrity/decompress/byte-input.ts';
import { decodeBzip2 } from '../../../../main/engine/download/integrity/decompress/bzip2-decoder.ts';
import { DecompressionFault } from '../../../../main/engine/download/integrity/decompress/fault.ts';
import { decodeXz } from '../../../../main/engine/download/integrity/decompress/xz-decoder.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { changed, secondXz, xz } from './block-archives.ts';

/** Of two streams, the first with a run of one byte. Written by bzip2 1.0.8. */
const bzip2 = Buffer.from(
  'QlpoMTFBWSZTWWARUAgAAAfRgABQAAQmA5AAIAAiBoYhADAZeicIao9yZ8XckU4UJBgEVAIAQlpoMTFBWSZTWQX6W4oAAAJdgAAQAAQwAAAIAgQcACAAMQAw' +
    'IGRpoNBK1On4u5IpwoSAL9LcUA==',
  'base64',
);
const secondBzip2 = bzip2.lastIndexOf('BZh1');

/** The decompressed text, or the fault. */
type Decoded = (content: Buffer) => string;

async function decoderOf(decode: (input: ByteInput, output: (bytes: Uint8Array) => void) => void): Promise<Decoded> {
  const file = join(await temporaryFolder(), 'file');
  return (content) => {
    writeFileSync(file, content);
    const descriptor = openSync(file, 'r');
    const parts: Buffer[] = [];
    try {
      decode(new ByteInput(descriptor), (bytes) => parts.push(Buffer.from(bytes)));
      return Buffer.concat(parts).toString('latin1');
    } catch (error) {
      if (error instanceof DecompressionFault) return `fault: ${error.fault}`;
      throw error;
    } finally {
      closeSync(descriptor);
    }
  };
}

const decodeAnyXz = (input: ByteInput, output: (bytes: Uint8Array) => void) => decodeXz(input, output, 64);
const without = (content: Buffer, at: number) => Buffer.concat([content.subarray(0, at), content.subarray(at + 1)]);
const offsets = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe.each([
  { format: 'xz', decode: decodeAnyXz, archive: xz, second: secondXz, parts: ['name,ordered\nKestrel,12\n', 'x'] },
  {
    format: 'bzip2',
    decode: decodeBzip2,
    archive: bzip2,
    second: secondBzip2,
    parts: ['name,ordered\naaaaaaaaaaaa\n', 'Kestrel,12\n'],
  },
])('a decoder of $format', ({ format, decode, archive, second, parts }) => {
  const text = parts.join('');

  it('gives what was compressed', async () => {
    const decoded = await decoderOf(decode);
    expect(decoded(archive)).toBe(text);
    expect(decoded(archive.subarray(second))).toBe(parts[1]);
  });

  it('rejects an archive that was cut anywhere but between its streams', async () => {
    const decoded = await decoderOf(decode);
    const betweenStreams = format === 'xz' ? [second - 4, second] : [second];
    for (const length of offsets(1, archive.length)) {
      const expected = betweenStreams.includes(length) ? parts[0] : 'fault: ends-early';
      expect(decoded(archive.subarray(0, length)), `${length} bytes`).toBe(expected);
    }
  });

  it('gives nothing else of one in which a bit was changed, or which lacks a byte', async () => {
    const decoded = await decoderOf(decode);
    let rejected = 0;
    const variants = offsets(0, archive.length).flatMap((at) => [
      changed(archive, at, at % 8),
      changed(archive, at, (at + 3) % 8),
      without(archive, at),
    ]);
    for (const [index, variant] of variants.entries()) {
      const result = decoded(variant);
      if (result.startsWith('fault: ')) rejected += 1;
      // What follows a bzip2 stream and does not begin as another one is ignored, and a few of its bits have no meaning.
      else expect(format === 'xz' ? [] : [text, parts[0]], `variant ${index}`).toContain(result);
    }
    expect(rejected / variants.length).toBeGreaterThan(0.9);
  });
});
