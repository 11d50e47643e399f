import { execFileSync } from 'node:child_process';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withReader } from '../../../../main/engine/download/integrity/byte-reader.ts';
import { checkTar } from '../../../../main/engine/download/integrity/tar-check.ts';
import { createTarStream } from '../../../../main/engine/download/integrity/tar-stream.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

interface Header {
  readonly type?: string;
  readonly name?: string;
  readonly size?: number;
  /** The size as it stands in the header. */
  readonly sizeField?: Buffer;
  /** Bytes that are set at an offset. */
  readonly bytes?: Readonly<Record<number, string>>;
}

function header({ type = '0', name = 'customers.sql', size = 0, sizeField, bytes = {} }: Header): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write(`${size.toString(8).padStart(11, '0')} `, 124);
  sizeField?.copy(block, 124);
  block.write('        ', 148);
  block.write(type, 156, 'latin1');
  for (const [offset, value] of Object.entries(bytes)) block.write(value, Number(offset), 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** Content in whole blocks, which no header looks like. */
function content(bytes: number): Buffer {
  return Buffer.alloc(Math.ceil(bytes / 512) * 512, 'insert into customers values (1);\n');
}

function pax(type: string, records: Readonly<Record<string, string>>): Buffer {
  const text = Object.entries(records)
    .map(([key, value]) => {
      const bytes = Buffer.byteLength(` ${key}=${value}\n`);
      const length = [1, 2, 3, 4].map((digits) => digits + bytes).find((one) => String(one).length === one - bytes);
      return `${length} ${key}=${value}\n`;
    })
    .join('');
  const block = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512);
  block.write(text);
  return Buffer.concat([header({ type, size: Buffer.byteLength(text) }), block]);
}

/** An extended header with this text, whatever it is. */
function rawPax(text: string): Buffer {
  const block = Buffer.alloc(512);
  block.write(text);
  return Buffer.concat([header({ type: 'x', size: Buffer.byteLength(text) }), block]);
}

const end = Buffer.alloc(1024);
const file = Buffer.concat([header({ size: 700 }), content(700)]);
const signal = new AbortController().signal;

/** What both checks find, of an archive by itself and of one that is decompressed in chunks of any size. */
async function findings(archive: Buffer): Promise<string[]> {
  const path = join(await temporaryFolder(), 'archive.tar');
  await writeFile(path, archive);
  const plain = await withReader(path, (reader) => checkTar(reader, signal))
    .then((remarks) => remarks.map(({ code }) => code))
    .catch((error) => [error.failure]);
  const streamed = [100, 512, 100_000].map((chunk) => {
    try {
      const stream = createTarStream();
      for (let at = 0; at < archive.length; at += chunk) stream.add(archive.subarray(at, at + chunk));
      return stream.end().map(({ code }) => code);
    } catch (error) {
      return [(error as { failure: string }).failure];
    }
  });
  for (const one of streamed) expect(one).toEqual(plain);
  return plain;
}

const map = (continues: boolean): Buffer => {
  const block = Buffer.alloc(512, '0');
  block.writeUInt8(continues ? 1 : 0, 504);
  return block;
};

test.each<[string, readonly Buffer[]]>([
  [
    'a sparse file of GNU tar with two blocks of map',
    [header({ type: 'S', size: 900, bytes: { 482: '\x01' } }), map(true), map(false), content(900)],
  ],
  ['a sparse file of GNU tar whose map the header holds', [header({ type: 'S', size: 900 }), content(900)]],
  ['a sparse file of star', [header({ type: 'S', size: 900, bytes: { 482: '7', 508: 'tar\0' } }), content(900)]],
  [
    'a sparse file of star with a block of map',
    [header({ type: 'S', size: 900, bytes: { 355: '\x01', 508: 'tar\0' } }), map(false), content(900)],
  ],
  [
    'a size in the header of pax',
    [pax('x', { mtime: '1.5', size: '1500', comment: 'größer' }), header({}), content(1500)],
  ],
  [
    'a size in the header of pax, with a long name behind it',
    [pax('x', { size: '1500' }), header({ type: 'L', size: 600 }), content(600), header({}), content(1500)],
  ],
  [
    'a size of pax for all files',
    [
      pax('g', { size: '1500' }),
      header({}),
      content(1500),
      header({}),
      content(1500),
      pax('x', { size: '10' }),
      header({}),
      content(10),
      pax('g', { size: '700' }),
    ],
  ],
  ['a binary size', [header({ sizeField: Buffer.from('800000000000000000000600', 'hex') }), content(1536)]],
  [
    'a size that ends with a zero and other bytes',
    [header({ sizeField: Buffer.from('2000\0junk\0\0\0') }), content(1024)],
  ],
  ['a hard link with a size and no content', [header({ type: '1', size: 5000 })]],
  ['a hard link of pax with content', [pax('x', { size: '5000' }), header({ type: '1' }), content(5000)]],
  ['a folder with a size and no content', [header({ type: '5', size: 4096 })]],
  ['a folder with a list of files', [header({ type: 'D', size: 40 }), content(40)]],
  ['a folder of an old archive with a size', [header({ type: '\0', name: 'photos/', size: 4096 })]],
  [
    'the rest of a file of another volume',
    [header({ type: 'M', size: 700, bytes: { 369: '00000001000' } }), content(700)],
  ],
])('%s is read to its end', async (_, blocks) => {
  const archive = Buffer.concat([file, ...blocks, file]);
  expect(await findings(Buffer.concat([archive, end, Buffer.alloc(9000)]))).toEqual([]);
  expect(await findings(Buffer.concat([file, ...blocks, end]))).toEqual([]);
  expect(await findings(archive)).toEqual(['download.tarEndMissing']);
  expect(await findings(archive.subarray(0, -600))).toEqual(['damaged']);
  expect(await findings(Buffer.concat([file, ...blocks, content(512), file, end]))).toEqual(['damaged']);
});

test.each<[string, readonly Buffer[]]>([
  ['is longer than its text', [rawPax('99 size=600\n'), header({ size: 700 }), content(700)]],
  ['has no line break', [rawPax('11 size=600'), header({ size: 700 }), content(700)]],
  ['reads like nothing', [header({ type: 'x', size: 700 }), content(700), file]],
  ['is no record', [rawPax('mtime=1\n'), header({ size: 700 }), content(700)]],
  ['gives a negative size', [rawPax('11 size=-6\n'), header({ size: 700 }), content(700)]],
  ['gives a size beyond all files', [rawPax('25 size=99999999999999999\n'), header({ size: 700 }), content(700)]],
  ['describes no file', [file, pax('x', { mtime: '1.5' })]],
  ['is a long name of no file', [file, header({ type: 'L', size: 600 }), content(600)]],
])('an extended header that %s is stored with a remark', async (_, blocks) => {
  expect(await findings(Buffer.concat([...blocks, end]))).toEqual(['download.tarHeadersUnread']);
});

test('a global header behind the last file is none of them', async () => {
  expect(await findings(Buffer.concat([file, pax('g', { comment: 'size=1' }), end]))).toEqual([]);
});

test('two archives in a row are stored with a remark', async () => {
  expect(await findings(Buffer.concat([file, end, file, end]))).toEqual(['download.tarTrailingBytes']);
});

const isGnuTar = execFileSync('tar', ['--version'], { encoding: 'utf8' }).includes('GNU');

test.skipIf(!isGnuTar)('files with holes that tar itself packs are good in each of its formats', async () => {
  const folder = await temporaryFolder();
  await using handle = await open(join(folder, 'sparse.db'), 'w');
  for (let at = 0; at < 40; at += 1) await handle.write('row', at * 100_000);
  for (const format of [['--format=gnu'], ['--format=pax'], ['--format=pax', '--sparse-version=0.1']]) {
    const archive = execFileSync('tar', ['-S', ...format, '-cf', '-', '-C', folder, 'sparse.db']);
    expect(await findings(archive)).toEqual([]);
    expect(archive.length).toBeLessThan(1_000_000);
  }
});
