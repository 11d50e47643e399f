import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { byteSize } from './byte-size.ts';
import { diskFailure, errorCode } from './failure.ts';
import { digestOf } from './integrity/index.ts';

const Manifest = z.object({
  format: z.literal('ringback-backup-1'),
  /** The download it came from. */
  id: z.string(),
  account: z.string(),
  /** The address without anything secret. */
  source: z.string(),
  /** When it was proven good and put in its place; ISO 8601. */
  finishedAt: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  container: z.enum(['zip', 'gzip', 'none']),
  /** What its server called it, where the name said another container. */
  misnomer: z.string().exactOptional(),
  /** When it was read back and found good, oldest first; ISO 8601. */
  verifiedAt: z.array(z.string()),
});
/** What is kept beside a backup as "<file>.ringback.json", so that it can be verified years later. */
export type Manifest = Readonly<z.infer<typeof Manifest>>;

/** A backup as its folder tells: nothing else needs to be remembered. */
export interface BackupFile extends Manifest {
  /** Absolute. */
  readonly file: string;
}

export type Verification =
  | { readonly state: 'good'; readonly backup: BackupFile }
  /** Not what was once proven good. */
  | { readonly state: 'altered'; readonly reason: string }
  /** The file or its manifest is not there. */
  | { readonly state: 'missing'; readonly reason: string };

const ending = '.ringback.json';
/** A backup verified every week shows the last year. */
const remembered = 52;

export function manifestPath(file: string): string {
  return file + ending;
}

/** Every backup of the folder that has a manifest, newest first, whether or not its file is still there. */
export async function listBackups(folder: string): Promise<BackupFile[]> {
  const names = await readdir(folder).catch((error) => Promise.reject(diskFailure(error)));
  const files = names
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name.slice(0, -ending.length)));
  const backups = await Promise.all(files.map(readBackup));
  return backups.filter((backup) => backup !== undefined).sort((a, b) => b.finishedAt.localeCompare(a.finishedAt));
}

/** Undefined where there is no manifest, or none that can be read. */
export async function readBackup(file: string): Promise<BackupFile | undefined> {
  try {
    return { ...Manifest.parse(JSON.parse(await readFile(manifestPath(file), 'utf8'))), file };
  } catch {
    return undefined;
  }
}

/** False where there is a manifest of that name already. */
export async function createManifest({ file, ...manifest }: BackupFile): Promise<boolean> {
  try {
    await writeDurably(manifestPath(file), manifest, 'wx');
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw diskFailure(error);
  }
}

/** Reads the backup back and compares it with its manifest; a good result is noted there. Throws where it may not be read. */
export async function verifyBackup(file: string, now: () => number, signal: AbortSignal): Promise<Verification> {
  const backup = await readBackup(file);
  if (!backup) return missing(`There is no manifest beside ${basename(file)} to compare it with.`);
  try {
    const { size } = await stat(file);
    if (size !== backup.bytes) {
      return altered(
        `It has ${byteSize(size)} where ${byteSize(backup.bytes)} were proven good (${size} and ${backup.bytes} bytes).`,
      );
    }
    if ((await digestOf(file, signal)) !== backup.sha256) {
      return altered(`Its content is no longer what was proven good on ${backup.finishedAt.slice(0, 10)}.`);
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return missing(`${basename(file)} is no longer in its folder.`);
    if (code === 'EIO') return altered('The disk can no longer read it.');
    throw diskFailure(error);
  }
  return { state: 'good', backup: await note(backup, new Date(now()).toISOString()) };
}

/** A folder that has become read-only does not make the backup bad. */
async function note(backup: BackupFile, time: string): Promise<BackupFile> {
  const verified = { ...backup, verifiedAt: [...backup.verifiedAt, time].slice(-remembered) };
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

async function writeDurably(path: string, manifest: Omit<BackupFile, 'file'>, flags: 'w' | 'wx'): Promise<void> {
  await using handle = await open(path, flags, 0o600);
  await handle.writeFile(`${JSON.stringify(manifest, undefined, 2)}\n`);
  await handle.sync();
}

function altered(reason: string): Verification {
  return { state: 'altered', reason };
}

function missing(reason: string): Verification {
  return { state: 'missing', reason };
}
