import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFailure, errorCode } from './failure.ts';
import { numbered } from './file-name.ts';
import { createRecord, type PartialFileRecord, readRecord } from './partial-file-record.ts';

/** Where a partial file and its record lie. */
interface PartialFilePaths {
  readonly path: string;
  readonly record: string;
}

export interface PartialFileHandles {
  readonly content: FileHandle;
  readonly record: FileHandle;
}

const contentExtension = '.part';
const recordExtension = '.part.json';

/** The partial file of this download; a record without its file is removed. */
export async function findPartialFile(
  folder: string,
  id: string,
): Promise<(PartialFilePaths & { readonly found: PartialFileRecord }) | undefined> {
  const names = await readdir(folder).catch(rethrow);
  for (const name of names.filter((one) => one.endsWith(recordExtension))) {
    const record = join(folder, name);
    const path = record.slice(0, -recordExtension.length) + contentExtension;
    const found = await readRecord(record);
    if (found?.id !== id) continue;
    if (await exists(path)) return { path, record, found };
    await rm(record, { force: true });
  }
  return undefined;
}

/**
 * Creates both files under the first free name, the record before the file that it describes: where the process is killed in
 * between, the next one finds by its record what is left.
 */
export async function reservePartialFile(folder: string, record: PartialFileRecord): Promise<PartialFilePaths> {
  for (let number = 1; ; number += 1) {
    const file = join(folder, number === 1 ? record.name : numbered(record.name, number));
    const paths = { path: file + contentExtension, record: file + recordExtension };
    if ((await exists(file)) || (await exists(paths.path))) continue;
    if (!(await isNew(createRecord(paths.record, record)))) continue;
    if (await isNew(createEmpty(paths.path))) return paths;
    await rm(paths.record, { force: true }).catch(rethrow);
  }
}

/** Deletes the partial files of this download. */
export async function removePartialFile(folder: string, id: string): Promise<void> {
  for (let paths = await findPartialFile(folder, id); paths; paths = await findPartialFile(folder, id)) {
    await rm(paths.path, { force: true }).catch(rethrow);
    await rm(paths.record, { force: true }).catch(rethrow);
  }
}

export async function openFiles({ path, record }: PartialFilePaths): Promise<PartialFileHandles> {
  const content = await open(path, 'r+').catch(rethrow);
  try {
    return { content, record: await open(record, 'r+') };
  } catch (error) {
    await content.close();
    throw diskFailure(error);
  }
}

export async function closeFiles({ content, record }: PartialFileHandles): Promise<void> {
  await content.close();
  await record.close();
}

async function createEmpty(path: string): Promise<void> {
  await (await open(path, 'wx', 0o600)).close();
}

/** False where a file of that name existed. */
async function isNew(creation: Promise<void>): Promise<boolean> {
  try {
    await creation;
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
