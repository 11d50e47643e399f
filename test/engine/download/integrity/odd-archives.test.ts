import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { checkIntegrity, type ExpectedFile } from '../../../../main/engine/download/integrity/integrity-check.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { sevenZip, type ZipEntry, zip } from '../archives.ts';
import { seeded } from '../file-server.ts';
import { zstd } from './block-archives.ts';

const text = Buffer.from('insert into customers values (1);\n'.repeat(3000));
const noise = seeded(300_000);

/** The codes of its remarks, or of what it is rejected for. */
async function findings(content: Buffer, expected: Partial<ExpectedFile> = {}): Promise<string[]> {
  const file = join(await temporaryFolder(), 'partial');
  await writeFile(file, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const facts = { name: 'backup.bin', sha256, failureWords: [], ...expected };
  return checkIntegrity(file, facts, new AbortController().signal).then(
    ({ remarks }) => remarks.map(({ code = '' }) => code.replace('download.', '')),
    (error) => [`${error.failure}: ${error.reason.code.replace('download.', '')}`],
  );
}

describe('an entry of a zip archive whose declared size is wrong', () => {
  it.each<[string, ZipEntry]>([
    ['compressed, and longer than declared', { name: 'a.sql', content: text, size: 10 }],
    ['compressed, and shorter than declared', { name: 'a.sql', content: text, size: text.length + 1 }],
    ['large, compressed, and longer than declared', { name: 'a.bin', content: noise, size: 299_000 }],
    ['large, compressed, and shorter than declared', { name: 'a.bin', content: noise, size: 900_000 }],
    ['stored, and longer than declared', { name: 'a.sql', content: text, size: 10, stored: true }],
    ['stored, and shorter than declared', { name: 'a.bin', content: noise, size: 400_000, stored: true }],
  ])('is read by its checksum, as common tools do: %s', async (_, entry) => {
    expect(await findings(zip([entry]))).toEqual(['zipSizesDiffer']);
    expect(await findings(zip([{ ...entry, crc: 1 }]))).toEqual([
      (entry.size ?? 0) < entry.content.length ? 'damaged: zipEntryLong' : 'damaged: zipEntryShort',
    ]);
  });

  it('is damaged where nothing is stored of it', async () => {
    const entry = { name: 'a.sql', content: Buffer.alloc(0), size: 10, stored: true };
    expect(await findings(zip([entry]))).toEqual(['damaged: zipEntryShort']);
  });
});

describe('a zip archive is stored with a remark', () => {
  const archive = zip([{ name: 'a.sql', content: text }]);
  const large = zip([{ name: 'a.sql', content: text, large: true }], { large: true });
  const changed = (bytes: Buffer, change: (copy: Buffer) => void): Buffer => {
    const copy = Buffer.from(bytes);
    change(copy);
    return copy;
  };
  /** The end record of zip64, with eight bytes of a field behind it that it declares or not. */
  const extended = (declared: number): Buffer => {
    const at = large.length - 22 - 20 - 56;
    const record = changed(large.subarray(at, at + 56), (copy) => copy.writeBigUInt64LE(BigInt(declared), 4));
    return Buffer.concat([large.subarray(0, at), record, Buffer.alloc(8, 'x'), large.subarray(at + 56)]);
  };

  it.each<[string, Buffer, string[]]>([
    [
      'where an end record stands in its comment',
      zip([{ name: 'a.sql', content: text }], { comment: Buffer.concat([Buffer.from('note '), zip([])]) }),
      ['zipSeveralEnds'],
    ],
    [
      'where an end record stands in its comment, and bytes follow',
      Buffer.concat([zip([{ name: 'a.sql', content: text }], { comment: zip([]) }), Buffer.from('\n')]),
      ['zipTrailingBytes', 'zipSeveralEnds'],
    ],
    [
      'where the headers disagree on the encoding of names',
      changed(archive, (copy) => copy.writeUInt16LE(0x800, 6)),
      ['zipHeadersDiffer'],
    ],
    [
      'where the zip64 sizes of the local header are others',
      changed(large, (copy) => copy.writeUInt8((copy[30 + 5 + 4] ?? 0) ^ 1, 30 + 5 + 4)),
      ['zipHeadersDiffer'],
    ],
    [
      'where its zip64 end record is not where it should be',
      changed(large, (copy) => copy.writeBigUInt64LE(3n, large.length - 22 - 12)),
      ['zipContradictoryEnds'],
    ],
    ['where its zip64 end record is followed by fields', extended(52), ['zipEndExtended']],
    ['where bytes follow its zip64 end record', extended(44), ['zipContradictoryEnds']],
  ])('%s', async (_, content, codes) => {
    expect(await findings(content)).toEqual(codes);
  });

  it('but not for zip64 sizes of which only some are needed, nor for bytes before it', async () => {
    expect(await findings(large)).toEqual([]);
    expect(await findings(Buffer.concat([Buffer.from('#!/bin/sh\n'), large]), { name: 'a.zip' })).toEqual([
      'zipLeadingBytes',
    ]);
  });
});

describe('a damaged zip archive around a whole one', () => {
  const inner = zip([{ name: 'notes.txt', content: text }], { comment: Buffer.from('note') });
  const outer = zip([
    { name: 'customers.sql', content: noise },
    { name: 'former.zip', content: inner, stored: true },
    { name: 'archive.zip', content: inner, stored: true },
  ]);
  const directory = outer.readUInt32LE(outer.length - 6);

  it.each<[string, number]>([
    ['the beginning of its directory', directory],
    ['the declared size of its directory', outer.length - 8],
    ['the declared offset of its directory', outer.length - 4],
  ])('is damaged where a byte is wrong in %s', async (_, at) => {
    expect(await findings(outer)).toEqual([]);
    const wrong = Buffer.from(outer);
    wrong.writeUInt8((wrong[at] ?? 0) ^ 0x40, at);
    expect(await findings(wrong)).toEqual(['damaged: zipDirectoryDamaged']);
    expect(await findings(Buffer.concat([wrong, Buffer.from('\n')]))).toEqual(['damaged: zipDirectoryDamaged']);
  });

  it.each([1, 22, outer.length - directory])('is damaged where its last %i bytes are missing', async (missing) => {
    expect(await findings(outer.subarray(0, -missing))).toEqual(['damaged: zipEndMissing']);
  });

  it('is none where one whole archive follows another', async () => {
    expect(await findings(Buffer.concat([outer, inner]))).toEqual(['zipLeadingBytes']);
  });
});

test.each([
  ['lz4', '04224d186440a7'],
  ['lzip', '4c5a49500114'],
  ['compress', '1f9d904a84'],
  ['cab', '4d53434600000000'],
  ['arj', '60ea2c0022'],
  ['lha', '21a02d6c68352d'],
])('a %s archive, whose content cannot be read, does not count as verified', async (_, head) => {
  expect(await findings(Buffer.concat([Buffer.from(head, 'hex'), noise]))).toEqual(['contentUnchecked']);
});

test.each(['dump.lzma', 'dump.tar.lzma', 'dump.sql.br', 'dump.tar.Z', 'dump.ACE'])(
  'nor does an archive called %s',
  async (name) => {
    expect(await findings(noise, { name })).toEqual(['contentUnchecked']);
    expect(await findings(noise, { name: `${name}.dat` })).toEqual([]);
  },
);

describe('where nothing confirms the end of the response', () => {
  const uncertainEnd = true;
  const header = tarHeader('a.sql', 512);
  const tar = Buffer.concat([header, Buffer.alloc(512, 'x'), Buffer.alloc(1024)]);
  const empty = {
    xz: Buffer.from('/Td6WFoAAATm1rRGAAAAABzfRCEftvN9AQAAAAAEWVo=', 'base64'),
    bzip2: Buffer.from('425a683917724538509000000000', 'hex'),
  };

  it.each<[string, Buffer]>([
    ['7z', sevenZip(noise)],
    ['tar', tar],
    ['gzip of a tar', gzipSync(tar)],
    ['zstd of a tar', zstd(tar)],
  ])('a whole %s archive shows it, and a cut one is damaged', async (_, content) => {
    expect(await findings(content, { uncertainEnd })).toEqual(await findings(content));
    expect((await findings(content.subarray(0, -1), { uncertainEnd }))[0]).toMatch(/^(damaged|unverifiable): /);
  });

  it.each<[string, Buffer]>([
    ['gzip', gzipSync(text)],
    ['zstd', zstd(text)],
    ['xz', empty.xz],
    ['bzip2', empty.bzip2],
    ['gzip of a tar without its end marker', gzipSync(tar.subarray(0, 1024))],
  ])('a whole %s archive may lack further parts, and a cut one is damaged', async (_, content) => {
    expect(await findings(content, { uncertainEnd })).toEqual([...(await findings(content)), 'moreMayFollow']);
    expect((await findings(content.subarray(0, -1), { uncertainEnd }))[0]).toMatch(/^damaged: /);
  });

  it.each([1, 100, 511])('a tar archive of which %i bytes follow its last file may lack files', async (bytes) => {
    for (const rest of [tar.subarray(1024, 1024 + bytes), header.subarray(0, bytes)]) {
      const cut = Buffer.concat([tar.subarray(0, 1024), rest]);
      expect(await findings(cut)).toEqual(['tarEndMissing']);
      expect(await findings(gzipSync(cut))).toEqual(['tarEndMissing']);
      expect(await findings(cut, { uncertainEnd })).toEqual(['unverifiable: endUnknown']);
    }
  });

  it.each([300, 511])('a tar archive of which %i bytes of its first block are left is damaged', async (bytes) => {
    expect(await findings(tar.subarray(0, bytes))).toEqual(['damaged: tarEndsEarly']);
  });

  it.each([0, 200])('a tar archive cut %i bytes into the map of a sparse file is damaged', async (bytes) => {
    const sparse = tarHeader('a.sql', 512, { isMapped: true });
    const cut = Buffer.concat([sparse, Buffer.alloc(bytes, '0')]);
    expect(await findings(cut)).toEqual(['damaged: tarEndsEarly']);
    expect(await findings(gzipSync(cut))).toEqual(['damaged: tarEndsEarly']);
  });

  it('a tar archive without its end marker may lack files', async () => {
    expect(await findings(tar.subarray(0, 1024))).toEqual(['tarEndMissing']);
    expect(await findings(tar.subarray(0, 1024), { uncertainEnd })).toEqual(['unverifiable: endUnknown']);
  });
});

function tarHeader(name: string, size: number, { isMapped = false } = {}): Buffer {
  const block = Buffer.alloc(512);
  block.write(name);
  block.write(`${size.toString(8).padStart(11, '0')} `, 124);
  block.write('        0', 148);
  block.write('ustar', 257);
  // A sparse file of GNU, the map of whose content goes on in the next block.
  if (isMapped) block.write('S', 156);
  if (isMapped) block.writeUInt8(1, 482);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
