export type Container = 'zip' | 'gzip' | 'none';

/** The container that the first bytes of a file indicate. */
export function containerOf(head: Uint8Array): Container {
  const [first, second, third, fourth] = head;
  // A file, the end of an empty archive, or the signature of a split one.
  if (first === 0x50 && second === 0x4b && isZipSignature(third, fourth)) return 'zip';
  return first === 0x1f && second === 0x8b ? 'gzip' : 'none';
}

const archives: Readonly<Record<string, Container>> = { zip: 'zip', gz: 'gzip', tgz: 'gzip' };
const others = ['7z', 'rar', 'tar', 'bz2', 'xz', 'zst', 'sql', 'csv', 'json', 'xml', 'txt'];

/** The container its name claims; undefined for an extension that may be any: an .odt is a zip archive, too. */
export function containerInName(name: string): Container | undefined {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return archives[extension] ?? (others.includes(extension) ? 'none' : undefined);
}

function isZipSignature(third: number | undefined, fourth: number | undefined): boolean {
  return (third === 3 && fourth === 4) || (third === 5 && fourth === 6) || (third === 7 && fourth === 8);
}
