import { existsSync, readFileSync, renameSync } from 'node:fs';
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

/** Moves a file that is there but holds no JSON object out of the way; gives its new place, or undefined where nothing was wrong. */
export function setAsideDamagedJson(file: string, now: number): string | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const place = asidePath(file, now);
  renameSync(file, place);
  return place;
}
