import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary.ts';

const run = promisify(execFile);
const source = new URL('../../main/cli/compiled-code.ts', import.meta.url).href;

/** Loads a module after the call, with a home folder of its own. */
async function load(home: string): Promise<void> {
  const script = `const { storeCompiledCode } = await import('${source}'); storeCompiledCode(); await import('commander');`;
  const env = { PATH: process.env.PATH, HOME: home, XDG_CACHE_HOME: join(home, 'cache') };
  await run(process.execPath, ['--input-type=module', '-e', script], { env });
}

test.runIf(process.platform === 'linux')(
  'what is loaded is stored compiled in the cache folder of the user',
  async () => {
    const home = await temporaryFolder();
    await load(home);
    const stored = await readdir(join(home, 'cache', 'ringback-headless'), { recursive: true, withFileTypes: true });
    expect(stored.filter((entry) => entry.isFile()).length).toBeGreaterThan(0);
  },
);

test.runIf(process.platform === 'linux')('a cache folder that cannot be made is no obstacle', async () => {
  await load('/dev/null');
});
