import { existsSync } from 'node:fs';
import { extname } from 'node:path';

/** Where a damaged file is moved to: "events.sqlite" becomes "events.damaged-20260102T030405.sqlite". */
export function asidePath(file: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+Z$/g, '');
  const ending = extname(file);
  const stem = file.slice(0, file.length - ending.length);
  const name = (count: number): string => `${stem}.damaged-${stamp}${count === 0 ? '' : `-${count}`}${ending}`;
  let count = 0;
  while (existsSync(name(count))) count += 1;
  return name(count);
}
