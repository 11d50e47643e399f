export type Container = 'zip' | 'gzip' | 'none';

/** What the first bytes of a file say it is. */
export function containerOf(head: Uint8Array): Container {
  const [first, second, third, fourth] = head;
  // A file, the end of an empty archive, or the mark of a split one.
  if (first === 0x50 && second === 0x4b && isZipMark(third, fourth)) return 'zip';
  return first === 0x1f && second === 0x8b ? 'gzip' : 'none';
}

const archives: Readonly<Record<string, Container>> = { zip: 'zip', gz: 'gzip', tgz: 'gzip' };
const others = ['7z', 'rar', 'tar', 'bz2', 'xz', 'zst', 'sql', 'csv', 'json', 'xml', 'txt'];

/** What its name says it is; undefined for an ending that may be anything: an .odt is a zip archive, too. */
export function containerInName(name: string): Container | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return archives[ending] ?? (others.includes(ending) ? 'none' : undefined);
}

function isZipMark(third: number | undefined, fourth: number | undefined): boolean {
  return (third === 3 && fourth === 4) || (third === 5 && fourth === 6) || (third === 7 && fourth === 8);
}
