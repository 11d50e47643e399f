import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { sevenZip, type ZipEntry, zip } from '../archives.ts';

/** An archive or a plain file; valid, odd or damaged. */
export interface GeneratedFile {
  readonly name: string;
  readonly content: Buffer;
  readonly description: string;
}

export type Random = (limit: number) => number;

/** Mulberry32: the same numbers for the same seed. */
export function randomOf(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % limit;
  };
}

export function generateFile(seed: number): GeneratedFile {
  return generateOf(kinds, seed);
}

/** As another program writes it, of one or several streams. */
export function generateCompressed(program: Compressor, seed: number): GeneratedFile {
  const make = (random: Random): Made => {
    const parts = Array.from({ length: 1 + random(3) }, () => {
      const options = pick(compressors[program].options, random);
      const input = random(3) === 0 ? tarOf(random) : random(8) === 0 ? none : contentOf(random);
      return execFileSync(program, ['-c', ...options], { input, stdio: ['pipe', 'pipe', 'ignore'] });
    });
    return { content: Buffer.concat(parts), description: `${program} of ${parts.length}` };
  };
  return generateOf([[compressors[program].extension, make]], seed);
}

export type Compressor = 'xz' | 'bzip2' | 'zstd';

interface CompressorUse {
  readonly extension: string;
  readonly options: readonly (readonly string[])[];
}

const compressors: Readonly<Record<Compressor, CompressorUse>> = {
  xz: {
    extension: 'xz',
    options: [[], ['-0'], ['-9e'], ['--check=none'], ['--check=sha256'], ['--block-size=1000'], ['--x86', '--lzma2']],
  },
  bzip2: { extension: 'bz2', options: [[], ['-1']] },
  zstd: { extension: 'zst', options: [['-q'], ['-q', '-1'], ['-q', '-19', '--long=24'], ['-q', '--no-check']] },
};

function generateOf(ofKinds: readonly Kind[], seed: number): GeneratedFile {
  const random = randomOf(seed);
  const [extension, make] = pick(ofKinds, random);
  const { content, description } = make(random);
  const [change, apply] = pick(changes, random);
  return {
    name: `${seed}.${extension}`,
    content: apply(content, random),
    description: `${seed}: ${description}, ${change}`,
  };
}

interface Made {
  readonly content: Buffer;
  readonly description: string;
}

type Kind = readonly [string, (random: Random) => Made];

const kinds: readonly Kind[] = [
  ['zip', makeZip],
  ['zip', makeZip],
  ['zip', makeZip],
  ['gz', makeGzip],
  ['tar.gz', (random) => ({ content: gzipSync(tarOf(random)), description: 'tar.gz' })],
  ['tar', (random) => ({ content: tarOf(random), description: 'tar' })],
  ['7z', (random) => ({ content: sevenZip(bytesOf(random, 1 + random(500))), description: '7z header' })],
  ['sql', (random) => ({ content: textOf(random), description: 'plain' })],
];

type Change = (content: Buffer, random: Random) => Buffer;

const unchanged: Change = (content) => content;
const changes: readonly (readonly [string, Change])[] = [
  ['unchanged', unchanged],
  ['unchanged', unchanged],
  ['unchanged', unchanged],
  ['one bit flipped', flipBit],
  ['one bit flipped', flipBit],
  ['cut', (content, random) => content.subarray(0, 4 + random(content.length - 4))],
  ['its last byte missing', (content) => content.subarray(0, -1)],
  ['a range of zeros', zeroRange],
  ['bytes inserted', (content, random) => insert(content, random(content.length), bytesOf(random, 1 + random(40)))],
  ['bytes removed', removeRange],
  ['preceded by bytes', (content, random) => Buffer.concat([bytesOf(random, 1 + random(300)), content])],
  ['followed by zeros', (content, random) => Buffer.concat([content, Buffer.alloc(1 + random(600))])],
  ['followed by text', (content) => Buffer.concat([content, Buffer.from('-- the end --\n')])],
  ['followed by the beginning of another', followByBeginning],
];

function flipBit(content: Buffer, random: Random): Buffer {
  const changed = Buffer.from(content);
  const at = random(changed.length);
  changed.writeUInt8((changed[at] ?? 0) ^ (1 << random(8)), at);
  return changed;
}

function zeroRange(content: Buffer, random: Random): Buffer {
  const changed = Buffer.from(content);
  const start = random(changed.length);
  return changed.fill(0, start, Math.min(changed.length, start + 1 + random(64)));
}

function removeRange(content: Buffer, random: Random): Buffer {
  const start = random(content.length);
  return Buffer.concat([content.subarray(0, start), content.subarray(start + 1 + random(64))]);
}

function followByBeginning(content: Buffer, random: Random): Buffer {
  return Buffer.concat([content, content.subarray(0, 1 + random(8))]);
}

function insert(content: Buffer, at: number, bytes: Buffer): Buffer {
  return Buffer.concat([content.subarray(0, at), bytes, content.subarray(at)]);
}

function makeZip(random: Random): Made {
  const large = random(4) === 0;
  const entries = Array.from({ length: 1 + random(5) }, (_, index) => entryOf(random, index, large));
  const comment = random(4) === 0 ? textOf(random).subarray(0, 50) : Buffer.alloc(0);
  const traits = [
    large ? 'zip64' : 'zip',
    entries.some(({ descriptor }) => descriptor) ? 'descriptors' : '',
    entries.some(({ size }) => size !== undefined) ? 'folder with a size' : '',
    entries.some(({ extra }) => extra?.length) ? 'extra fields' : '',
    comment.length > 0 ? 'comment' : '',
  ];
  return { content: zip(entries, { comment, large }), description: traits.filter(Boolean).join(' with ') };
}

function entryOf(random: Random, index: number, large: boolean): ZipEntry {
  const isFolder = random(6) === 0;
  const descriptor = !isFolder && random(4) === 0;
  const extra = pick([none, none, none, timestamp, overrunning], random);
  return {
    name: isFolder ? `folder ${index}/` : `file ${index}.sql`,
    content: isFolder ? Buffer.alloc(0) : contentOf(random),
    stored: isFolder || (!descriptor && random(3) === 0),
    large: large && random(2) === 0,
    ...(descriptor ? { descriptor: pick(['signed', 'plain'] as const, random) } : {}),
    extra,
    ...(isFolder && random(3) === 0 ? { size: 1234 } : {}),
  };
}

const none = Buffer.alloc(0);
/** An extended timestamp; and one that claims more bytes than there are. */
const timestamp = Buffer.from([0x55, 0x54, 5, 0, 1, 0, 0, 0, 0]);
const overrunning = Buffer.from([0x55, 0x54, 50, 0, 1, 0, 0, 0, 0]);

function makeGzip(random: Random): Made {
  const members = Array.from({ length: 1 + random(3) }, () => gzipSync(contentOf(random)));
  return { content: Buffer.concat(members), description: `gzip of ${members.length}` };
}

function tarOf(random: Random): Buffer {
  const files = Array.from({ length: 1 + random(3) }, (_, index) => {
    const content = contentOf(random);
    const header = Buffer.alloc(512);
    header.write(`file ${index}.sql`, 0);
    header.write('0000644\x000000000\x000000000\0', 100, 'latin1');
    header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('14000000000\0', 136, 'latin1');
    header.write('        0', 148);
    header.write('ustar\x0000', 257, 'latin1');
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
  });
  return Buffer.concat([...files, Buffer.alloc(1024)]);
}

function contentOf(random: Random): Buffer {
  return random(2) === 0 ? textOf(random) : bytesOf(random, 1 + random(3000));
}

function textOf(random: Random): Buffer {
  return Buffer.from(
    Array.from({ length: 1 + random(400) }, () => `insert into customers values (${random(1_000_000)});\n`).join(''),
  );
}

function bytesOf(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random(256)));
}

function pick<T>(list: readonly T[], random: Random): T {
  const picked = list[random(list.length)];
  if (picked === undefined) throw new Error('The list is empty.');
  return picked;
}
