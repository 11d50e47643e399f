import { readFileSync } from 'node:fs';

/** Commits in the write-ahead log of a database that was not moved into the file yet: a frame that ends one carries the size of the database. */
export function countCommits(file: string): number {
  const log = readFileSync(`${file}-wal`);
  const frame = 24 + log.readUInt32BE(8);
  let commits = 0;
  for (let at = 32; at + frame <= log.length; at += frame) if (log.readUInt32BE(at + 4) > 0) commits += 1;
  return commits;
}
