import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfiguration, variablesForRestart } from '../../main/headless/configuration.ts';
import { temporaryFolder } from '../support/temporary.ts';

test('the file in the data folder is read, and the environment wins over it', async () => {
  const folder = await temporaryFolder();
  const text = '# settings\nRINGBACK_PORT=4711\nRINGBACK_RETENTION_DAYS="30"\nRINGBACK_DATA_DIR=/elsewhere\n';
  await writeFile(join(folder, 'ringback.env'), text);
  const environment = readConfiguration({ RINGBACK_DATA_DIR: folder, RINGBACK_PORT: '4712', RINGBACK_LOG: '' });
  expect(environment).toMatchObject({ folder, port: 4712, settings: { retention: { days: 30 } } });
  expect(readConfiguration({ RINGBACK_DATA_DIR: join(folder, 'none') })).toMatchObject({ port: 0, settings: {} });
});

test('a file that is named must be there, and may name the data folder', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'server.env');
  expect(() => readConfiguration({ RINGBACK_CONFIG: file })).toThrow(
    `The configuration file ${file} cannot be read (ENOENT).`,
  );
  await writeFile(file, `RINGBACK_DATA_DIR=${join(folder, 'data')}\n`);
  expect(readConfiguration({ RINGBACK_CONFIG: file }).folder).toBe(join(folder, 'data'));
});

test('what takes effect at the next start alone is named', () => {
  const before = readConfiguration({ RINGBACK_DATA_DIR: '/nowhere' });
  const after = readConfiguration({
    ...{ RINGBACK_DATA_DIR: '/nowhere', RINGBACK_PORT: '80', RINGBACK_LOG: 'json' },
    ...{ RINGBACK_RECEIVER_BIND: '::', RINGBACK_RETENTION_DAYS: '3' },
  });
  expect(variablesForRestart(before, after)).toEqual(['RINGBACK_PORT', 'RINGBACK_LOG']);
  expect(variablesForRestart(before, before)).toEqual([]);
});
