import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { FileSettings } from './behaviour.ts';
import { bytesOf, type LargeFile, seededBytes } from './large-file.ts';
import { zipFile } from './zip-file.ts';

export interface BackupFile extends LargeFile {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  /** The ETag without quotes. */
  readonly tag: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** The requested files, each of which is generated once. */
export class BackupFiles {
  readonly #made = new Map<string, Promise<BackupFile>>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The file with these settings; `number` selects one of a backup with several files. */
  get({ kind, size, seed, name }: FileSettings, number = 0): Promise<BackupFile> {
    const settings =
      number === 0 ? { kind, size, seed, name } : { kind, size, seed: `${seed}-${number}`, name: `${number}-${name}` };
    const key = JSON.stringify(settings);
    const made = this.#made.get(key) ?? make(settings, key, this.#now());
    this.#made.set(key, made);
    return made;
  }
}

const types = { zip: 'application/zip', gzip: 'application/gzip', bytes: 'application/octet-stream' } as const;

async function make(settings: FileSettings, key: string, modified: number): Promise<BackupFile> {
  const { kind, name } = settings;
  const tag = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return { ...(await contentOf(settings)), name, type: types[kind], tag, modified };
}

async function contentOf({ kind, seed, size }: FileSettings): Promise<LargeFile> {
  if (kind === 'zip') return zipFile(seed, size);
  const bytes = seededBytes(seed, size);
  return kind === 'bytes' ? bytes : bytesOf(gzipSync(Buffer.concat([...bytes.read(0, size)])));
}
