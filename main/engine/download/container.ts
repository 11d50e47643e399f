export type Container = 'zip' | 'gzip' | 'none';

/** What the first bytes of a file say it is. */
export function containerOf(head: Uint8Array): Container {
  const [first, second, third, fourth] = head;
  // A file, the end of an empty archive, or the mark of a split one.
  if (first === 0x50 && second === 0x4b && isZipMark(third, fourth)) return 'zip';
  return first === 0x1f && second === 0x8b ? 'gzip' : 'none';
}

function isZipMark(third: number | undefined, fourth: number | undefined): boolean {
  return (third === 3 && fourth === 4) || (third === 5 && fourth === 6) || (third === 7 && fourth === 8);
}
