import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Built {
  readonly name: string;
  /** Glob patterns of the sources that the result depends on. */
  readonly sources: readonly string[];
  /** A file that exists when it has been built. */
  readonly result: string;
}

/** Builds into `out`, unless it has been built from the same sources before. */
export async function buildOnce({ name, sources, result }: Built, build: () => Promise<unknown>): Promise<void> {
  const stamp = join(root, 'out', `${name}.sha256`);
  const state = digest(sources);
  if (existsSync(join(root, result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  await inProduction(build);
  writeFileSync(stamp, state);
}

/** Vite keeps NODE_ENV if it is set, as in a test run; the build would then contain React's development version. */
async function inProduction(work: () => Promise<unknown>): Promise<void> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await work();
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

function digest(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of globSync(sources, { cwd: root }).sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}
