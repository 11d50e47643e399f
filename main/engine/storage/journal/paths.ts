/** "events.sqlite" has "events.journal-1" and "events.journal-2" beside it while many callbacks arrive. */
export function journalPaths(file: string): readonly [string, string] {
  const base = file.replace(/\.sqlite$/, '');
  return [`${base}.journal-1`, `${base}.journal-2`];
}
