import { fileBeside } from '../file-beside.ts';

/** "events.sqlite" has "events.journal-1" and "events.journal-2" beside it while many callbacks arrive. */
export function journalPaths(file: string): readonly [string, string] {
  return [fileBeside(file, 'journal-1'), fileBeside(file, 'journal-2')];
}
