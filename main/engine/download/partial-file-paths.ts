import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFailure, errorCode } from './failure.ts';
import { numbered } from './file-name.ts';
import { type PartialFileRecord, readRecord } from './partial-file-record.ts';

/** A part and the record beside it. */
export interface PartialFilePaths {
  readonly path: string;
  readonly record: string;
}

export interface PartialFileHandles {
  readonly part: FileHandle;
  readonly record: FileHandle;
}

const partEnding = '.part';
const recordEnding = '.part.json';

/** The part of this download; a record without its part is removed. */
export async function findPartialFile(
  folder: string,
  id: string,
): Promise<(PartialFilePaths & { readonly found: PartialFileRecord }) | undefined> {
  const names = await readdir(folder).catch(rethrow);
  for (const name of names.filter((one) => one.endsWith(recordEnding))) {
    const record = join(folder, name);
    const path = record.slice(0, -recordEnding.length) + partEnding;
    const found = await readRecord(record);
    if (found?.id !== id) continue;
    if (await exists(path)) return { path, record, found };
    await rm(record, { force: true });
  }
  return undefined;
}

/** Makes both files, empty, under the first name of which there is neither part nor file. */
export async function reservePartialFile(folder: string, name: string): Promise<PartialFilePaths> {
  for (let number = 1; ; number += 1) {
    const file = join(folder, number === 1 ? name : numbered(name, number));
    const place = { path: file + partEnding, record: file + recordEnding };
    if ((await exists(file)) || !(await create(place.path, 'wx'))) continue;
    await create(place.record, 'w');
    return place;
  }
}

/** Removes what an earlier attempt at this download left. */
export async function removePartialFile(folder: string, id: string): Promise<void> {
  for (let place = await findPartialFile(folder, id); place; place = await findPartialFile(folder, id)) {
    await rm(place.path, { force: true }).catch(rethrow);
    await rm(place.record, { force: true }).catch(rethrow);
  }
}

export async function openFiles({ path, record }: PartialFilePaths): Promise<PartialFileHandles> {
  const part = await open(path, 'r+').catch(rethrow);
  try {
    return { part, record: await open(record, 'r+') };
  } catch (error) {
    await part.close();
    throw diskFailure(error);
  }
}

export async function closeFiles({ part, record }: PartialFileHandles): Promise<void> {
  await part.close();
  await record.close();
}

/** False where "wx" finds it taken. */
async function create(path: string, flags: 'w' | 'wx'): Promise<boolean> {
  try {
    await (await open(path, flags, 0o600)).close();
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw diskFailure(error);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function rethrow(error: unknown): never {
  throw diskFailure(error);
}
