/** The kinds of archive that are recognized; "none" is any other file. */
export const containers = ['zip', 'gzip', '7z', 'rar', 'tar', 'bzip2', 'xz', 'zstd', 'none'] as const;
export type Container = (typeof containers)[number];

const signatures: readonly (readonly [Container, number, readonly number[]])[] = [
  // A file, the end of an empty archive, or the signature of a split one.
  ['zip', 0, [0x50, 0x4b, 3, 4]],
  ['zip', 0, [0x50, 0x4b, 5, 6]],
  ['zip', 0, [0x50, 0x4b, 7, 8]],
  ['gzip', 0, [0x1f, 0x8b]],
  ['7z', 0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', 0, [0x52, 0x61, 0x72, 0x21, 0x1a, 7]],
  ['xz', 0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ['zstd', 0, [0x28, 0xb5, 0x2f, 0xfd]],
  // "ustar" in the first header.
  ['tar', 257, [0x75, 0x73, 0x74, 0x61, 0x72]],
];
const beginnings: readonly (readonly [Container, RegExp])[] = [
  // "BZh", the level, then the start of the first block or the end of an empty file.
  ['bzip2', /^425a683[1-9](314159265359|177245385090)/],
  // A frame to be skipped, with which pzstd begins a file.
  ['zstd', /^5.2a4d18/],
];

/** The container that the first bytes of a file indicate. */
export function containerOf(head: Uint8Array): Container {
  const found = signatures.find(([, offset, bytes]) => bytes.every((byte, index) => head[offset + index] === byte));
  if (found) return found[0];
  const hexadecimal = Buffer.from(head.subarray(0, 10)).toString('hex');
  return beginnings.find(([, beginning]) => beginning.test(hexadecimal))?.[0] ?? 'none';
}

/** A number of xz in groups of seven bits, in hexadecimal digits. */
const number = '(?:[89a-f].){0,8}[0-7].';

/** The containers whose content is decompressed and compared with its checksums, as their first bytes show it. */
const beginningsWithChecksums: readonly RegExp[] = [
  // Neither encrypted, nor compressed by another method than deflate.
  /^504b0304.{4}.[02468ace]..0[08]00/,
  /^1f8b08/,
  // In zstd the checksum is optional.
  /^28b52ffd.[4-7c-f]/,
  // The first block is not randomized.
  /^425a683[1-9]314159265359.{8}[0-7]/,
  // A check that is known, and a block with LZMA2 alone and a dictionary up to 128 MiB.
  new RegExp(`^fd377a585a0000(?:01|04|0a).{8}..(?:00|[48]0${number}|c0${number}${number})2101(?:0.|1[0-9a-e])`),
];

/** Whether the content of the file that begins so is compared with checksums, as far as its beginning shows. */
export function beginsWithChecksums(head: Uint8Array): boolean {
  const hexadecimal = Buffer.from(head.subarray(0, 64)).toString('hex');
  return beginningsWithChecksums.some((beginning) => beginning.test(hexadecimal));
}

/** Whether such a file shows by its structure where it ends; most of these hold checksums of their content as well. */
export function hasChecksums(container: Container): boolean {
  return ['zip', 'gzip', 'zstd', 'bzip2', 'xz'].includes(container);
}

const byExtension: ReadonlyMap<string, Container> = new Map([
  ['zip', 'zip'],
  ['gz', 'gzip'],
  ['tgz', 'gzip'],
  ['7z', '7z'],
  ['rar', 'rar'],
  ['tar', 'tar'],
  ['bz2', 'bzip2'],
  ['tbz2', 'bzip2'],
  ['tbz', 'bzip2'],
  ['xz', 'xz'],
  ['txz', 'xz'],
  ['zst', 'zstd'],
  ...['sql', 'csv', 'json', 'xml', 'txt'].map((extension) => [extension, 'none'] as const),
]);

/** The container its name claims; undefined for an extension that may be any: an .odt is a zip archive, too. */
export function containerInName(name: string): Container | undefined {
  return byExtension.get(/\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '');
}
