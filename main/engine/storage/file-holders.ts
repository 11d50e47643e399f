import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A program that has a file open. */
export interface FileHolder {
  readonly program: string;
  readonly process: number;
}

/**
 * Another process that has this file open; undefined where none is found or the system does not tell. The one found last is
 * looked at first, since looking through all takes a while.
 */
export function findFileHolder(file: string, last?: FileHolder): FileHolder | undefined {
  if (last && hasOpen(last.process, file)) return last;
  for (const entry of entriesOf('/proc')) {
    const id = Number(entry);
    if (Number.isInteger(id) && id !== process.pid && hasOpen(id, file)) {
      return { program: programOf(id), process: id };
    }
  }
  return undefined;
}

function hasOpen(id: number, file: string): boolean {
  return entriesOf(`/proc/${id}/fd`).some((descriptor) => targetOf(`/proc/${id}/fd/${descriptor}`) === file);
}

/** Empty where the folder does not exist or belongs to another user. */
function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    // The process may have closed it meanwhile.
    return undefined;
  }
}

function programOf(id: number): string {
  try {
    return readFileSync(`/proc/${id}/comm`, 'utf8').trim();
  } catch {
    return 'a program';
  }
}
