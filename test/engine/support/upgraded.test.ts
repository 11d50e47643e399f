import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { describe } from '../../../main/engine/log.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const log = pathToFileURL(resolve(import.meta.dirname, '../../../main/engine/log.ts')).href;
const advice = 'Files of the version that runs are gone then: restart it.';

test('where an upgrade removed what is loaded later, the log says that a restart helps', async () => {
  const cwd = await temporaryFolder();
  const program = `import { describe } from ${JSON.stringify(log)};
const load = import('./mail-1a2b.js').catch((cause) => { throw new Error('No mail was sent.', { cause }); });
await load.catch((error) => console.log(describe(error)));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd, encoding: 'utf8' });
  expect(stdout).toContain('No mail was sent.');
  expect(stdout).toContain(advice);
});

test('other failures are described without that advice', () => {
  expect(describe(Object.assign(new Error('no such file'), { code: 'ENOENT' }))).not.toContain(advice);
});
