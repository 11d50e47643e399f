import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TestContext } from 'vitest';
import { temporaryFolder } from '../temporary.ts';

export interface PowerCut {
  readonly folder: string;
  /** The environment of the program that is to have the folder. */
  readonly variables: Readonly<Record<string, string>>;
  /** To be called when the program was killed: leaves in the folder only the files that it had synced, and all folders. */
  cut(): Promise<void>;
}

/** A folder of which a power cut leaves only what was synced; skips the test without Linux or a C compiler. */
export async function powerCut(context: TestContext): Promise<PowerCut> {
  const [folder, kept, built] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
  const library = join(built, 'power-cut.so');
  const source = join(import.meta.dirname, 'power-cut.c');
  const { status } = spawnSync('cc', ['-shared', '-fPIC', '-o', library, source, '-ldl'], { stdio: 'ignore' });
  if (status !== 0 || process.platform !== 'linux') context.skip('a power cut needs Linux and a C compiler');
  return {
    folder,
    variables: { LD_PRELOAD: library, POWER_ROOT: folder, POWER_KEPT: kept },
    async cut() {
      const names = namesIn(await readFile(join(kept, 'journal'), 'utf8'));
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      await rm(folder, { recursive: true });
      await mkdir(folder, { mode: 0o700 });
      for (const entry of entries)
        if (entry.isDirectory()) await mkdir(join(entry.parentPath, entry.name), { recursive: true });
      let journal = '';
      for (const [path, key] of names) {
        // A name can be on disk before its file's first bytes are.
        await copyFile(join(kept, key), path).catch(() => writeFile(path, ''));
        const restored = await keyOf(path);
        await copyFile(path, join(kept, restored));
        journal += `file\t${path}\t${restored}\n`;
      }
      await writeFile(join(kept, 'journal'), journal);
    },
  };
}

/** The synced names, each with the key of its file's synced bytes. */
function namesIn(journal: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const line of journal.split('\n')) {
    const [kind, path = '', key = ''] = line.split('\t');
    if (kind === 'file') names.set(path, key);
    if (kind !== 'folder') continue;
    for (const name of names.keys()) if (dirname(name) === path) names.delete(name);
  }
  return names;
}

async function keyOf(path: string): Promise<string> {
  const { ino, birthtimeNs } = await stat(path, { bigint: true });
  return `${ino}-${birthtimeNs / 1_000_000_000n}-${birthtimeNs % 1_000_000_000n}`;
}
