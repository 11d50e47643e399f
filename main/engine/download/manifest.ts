import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { MessageReference } from '../../../preload/contract/index.ts';
import { downloadMessages, type Message } from '../messages/index.ts';
import { diskFailure, errorCode } from './failure.ts';
import { containers, digestOf } from './integrity/index.ts';

const StoredManifest = z.object({
  format: z.literal('ringback-backup-1'),
  /** The download it came from. */
  id: z.string(),
  account: z.string(),
  /** The server, without anything secret. */
  source: z.string(),
  /** When it was verified and got its final name; ISO 8601. */
  finishedAt: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  container: z.enum(containers),
  misnomer: z.string().exactOptional(),
  /** What is odd about it or could not be checked. */
  remarks: z.array(MessageReference.extend({ text: z.string() })).exactOptional(),
  /** When it was read back and found unchanged, oldest first; ISO 8601. */
  verifiedAt: z.array(z.string()),
});

/** What is stored beside a backup as "<file>.ringback.json", so that it can be verified years later. */
interface Manifest extends Readonly<Omit<z.infer<typeof StoredManifest>, 'misnomer'>> {
  /** The server's name of it, where its extension did not match the content. */
  readonly serverName?: string;
}

/** A backup as its manifest describes it. */
export interface BackupFile extends Manifest {
  /** Absolute. */
  readonly file: string;
}

export type Verification =
  | { readonly state: 'good'; readonly backup: BackupFile }
  /** It differs from what was once verified. */
  | { readonly state: 'altered'; readonly reason: Message }
  /** The file or its manifest does not exist. */
  | { readonly state: 'missing'; readonly reason: Message };

const extension = '.ringback.json';
/** Verifications listed in a manifest: those of a year, at one a week. */
const mostVerifications = 52;

export function manifestPath(file: string): string {
  return file + extension;
}

/** Every backup of the folder that has a manifest, newest first, whether or not its file is still there. */
export async function listBackups(folder: string): Promise<BackupFile[]> {
  const names = await readdir(folder).catch((error) => Promise.reject(diskFailure(error)));
  const files = names
    .filter((name) => name.endsWith(extension))
    .map((name) => join(folder, name.slice(0, -extension.length)));
  const backups = await Promise.all(files.map(readBackup));
  return backups.filter((backup) => backup !== undefined).sort((a, b) => b.finishedAt.localeCompare(a.finishedAt));
}

/** Undefined where there is no readable manifest. */
export async function readBackup(file: string): Promise<BackupFile | undefined> {
  try {
    const { misnomer, ...manifest } = StoredManifest.parse(JSON.parse(await readFile(manifestPath(file), 'utf8')));
    return { ...manifest, ...(misnomer === undefined ? {} : { serverName: misnomer }), file };
  } catch {
    return undefined;
  }
}

/** False where a manifest of that name exists already. */
export async function createManifest({ file, ...manifest }: BackupFile): Promise<boolean> {
  try {
    await writeDurably(manifestPath(file), manifest, 'wx');
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw diskFailure(error);
  }
}

/** Reads the backup back and compares it with its manifest, where a match is recorded. Throws where it may not be read. */
export async function verifyBackup(file: string, now: () => number, signal: AbortSignal): Promise<Verification> {
  const backup = await readBackup(file);
  if (!backup) return { state: 'missing', reason: downloadMessages.manifestMissing({ file: basename(file) }) };
  const reason = await findDifference(backup, signal);
  return reason ?? { state: 'good', backup: await recordVerification(backup, new Date(now()).toISOString()) };
}

async function findDifference(backup: BackupFile, signal: AbortSignal): Promise<Verification | undefined> {
  const { file, bytes: verified, sha256, finishedAt } = backup;
  try {
    const { size: bytes } = await stat(file);
    if (bytes !== verified) return altered(downloadMessages.sizeChanged({ bytes, verified }));
    if ((await digestOf(file, signal)) === sha256) return undefined;
    return altered(downloadMessages.contentChanged({ verifiedAt: finishedAt }));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return { state: 'missing', reason: downloadMessages.fileMissing({ file: basename(file) }) };
    if (code === 'EIO') return altered(downloadMessages.fileUnreadable());
    throw diskFailure(error);
  }
}

/** A folder that has become read-only does not make the backup invalid. */
async function recordVerification(backup: BackupFile, time: string): Promise<BackupFile> {
  const verified = { ...backup, verifiedAt: [...backup.verifiedAt, time].slice(-mostVerifications) };
  const { file, ...manifest } = verified;
  const path = manifestPath(file);
  try {
    await writeDurably(`${path}.new`, manifest, 'w');
    await rename(`${path}.new`, path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    await rm(`${path}.new`, { force: true }).catch(() => {});
  }
  return verified;
}

async function writeDurably(path: string, manifest: Manifest, flags: 'w' | 'wx'): Promise<void> {
  const { serverName: misnomer, ...others } = manifest;
  await using handle = await open(path, flags, 0o600);
  await handle.writeFile(`${JSON.stringify({ ...others, misnomer }, undefined, 2)}\n`);
  await handle.sync();
}

function altered(reason: Message): Verification {
  return { state: 'altered', reason };
}
