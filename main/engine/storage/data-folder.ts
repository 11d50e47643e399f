import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync, readdirSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { RingbackError } from '../errors.ts';
import { type Message, storageMessages } from '../messages/index.ts';

/** The user whose process this is, and the system's conventions. */
interface FolderOwner {
  readonly platform: NodeJS.Platform;
  /** Undefined on Windows. */
  readonly uid: number | undefined;
}

/** Others may read, write or list. */
const openToOthers = 0o077;

/**
 * Makes the data folder where there is none, and checks that everything in it can be written before anything is opened, so
 * that a start does not fail half-way with a stack trace. Throws one sentence with the path, its owner and the command that
 * helps; returns a warning where the folder works but is open to other users.
 */
export function prepareDataFolder(folder: string, owner: FolderOwner = thisUser()): Message | undefined {
  makeFolder(folder, owner);
  checkWritable(folder, owner);
  for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())) {
    checkAccess(join(folder, name), folder, owner);
  }
  const isOpen = owner.uid !== undefined && (statSync(folder).mode & openToOthers) !== 0;
  return isOpen ? storageMessages.folderOpen({ folder, command: `chmod 700 ${quote(folder)}` }) : undefined;
}

function thisUser(): FolderOwner {
  return { platform: process.platform, uid: process.getuid?.() };
}

/** Makes one missing folder after another: the recursive `mkdir` of Node never returns under `/proc`. */
function makeFolder(folder: string, owner: FolderOwner): void {
  const missing: string[] = [];
  for (let at = resolve(folder); statOf(at) === undefined; at = dirname(at)) missing.unshift(at);
  for (const path of missing) {
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch (cause) {
      // Another process may have made it meanwhile.
      if (codeOf(cause) === 'EEXIST') continue;
      const above = dirname(path);
      throw failure(storageMessages.folderNotMade({ folder, above, owner: ownerOf(above, owner) }), cause);
    }
  }
  if (statOf(folder)?.isDirectory() === true) return;
  throw failure(storageMessages.folderIsFile({ folder }));
}

function checkWritable(folder: string, owner: FolderOwner): void {
  const probe = join(folder, `write-${randomBytes(4).toString('hex')}.tmp`);
  try {
    writeFileSync(probe, '', { flag: 'wx' });
    rmSync(probe);
  } catch (cause) {
    throw rejection(folder, folder, owner, cause);
  }
}

function checkAccess(path: string, folder: string, owner: FolderOwner): void {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (cause) {
    if (codeOf(cause) !== 'ENOENT') throw rejection(path, folder, owner, cause);
  }
}

function rejection(path: string, folder: string, owner: FolderOwner, cause: unknown): RingbackError {
  const code = codeOf(cause);
  if (code === 'EROFS') return failure(storageMessages.folderReadOnly({ path }), cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') return failure(storageMessages.folderFull({ path }), cause);
  const parameters = { path, owner: ownerOf(path, owner), command: commandFor(path, folder, owner) };
  return failure(storageMessages.notWritable(parameters), cause);
}

/** The shell command that makes the user the owner of the folder, or gives its owner the right to write. */
function commandFor(path: string, folder: string, { platform, uid }: FolderOwner): string {
  if (platform === 'win32') return `icacls "${folder}" /grant "%USERNAME%:(OI)(CI)F" /T`;
  if (statOf(path)?.uid === uid) return `chmod -R u+rwX ${quote(folder)}`;
  return `sudo chown -R ${uid} ${quote(folder)}`;
}

function ownerOf(path: string, { uid }: FolderOwner): string {
  const owner = statOf(path)?.uid;
  if (uid === undefined || owner === undefined) return '';
  if (owner === 0) return 'root';
  return owner === uid ? userName(uid) : `user ${owner}`;
}

function userName(uid: number): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${uid}`;
  }
}

/** The path as one word for a shell. */
function quote(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function failure(message: Message, cause?: unknown): RingbackError {
  return new RingbackError('conflict', message, { cause });
}
