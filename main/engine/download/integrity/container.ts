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
/** "BZh", the level, then the start of the first block or the end of an empty file. */
const bzip2 = /^425a683[1-9](314159265359|177245385090)/;

/** The container that the first bytes of a file indicate. */
export function containerOf(head: Uint8Array): Container {
  const found = signatures.find(([, offset, bytes]) => bytes.every((byte, index) => head[offset + index] === byte));
  if (found) return found[0];
  return bzip2.test(Buffer.from(head.subarray(0, 10)).toString('hex')) ? 'bzip2' : 'none';
}

/** Whether it holds checksums of its content that are compared. */
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
