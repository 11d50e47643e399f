import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentVariables, readEnvironment } from '../../main/headless/environment.ts';
import { runCommand } from '../support/command.ts';

test('without any variable it is any free port, the keyring, no sandbox, and a folder of its own', () => {
  const { folder, ...rest } = readEnvironment({});
  expect(rest).toEqual({
    ...{ port: 0, receiver: {}, settings: {} },
    ...{ log: 'text', sandbox: false, walkthrough: false, keyring: true },
  });
  expect(folder).toContain('ringback-headless');
});

test('the sandbox never uses the folder of the real data', () => {
  const real = readEnvironment({}).folder;
  expect(readEnvironment({ RINGBACK_SANDBOX: '1' }).folder).not.toBe(real);
  expect(readEnvironment({ RINGBACK_TOUR: '1' })).toMatchObject({ sandbox: true, walkthrough: true });
  expect(readEnvironment({ RINGBACK_TOUR: '1' }).folder).not.toBe(real);
});

test('what is set is used; a relative folder counts from here', () => {
  const variables = {
    RINGBACK_DATA_DIR: 'data',
    RINGBACK_BACKUP_DIR: 'backups',
    RINGBACK_PORT: '4711',
    RINGBACK_RECEIVER_PORT: '4712',
    RINGBACK_RECEIVER_BIND: '0.0.0.0',
    RINGBACK_RECEIVER_HEALTH: '1',
    RINGBACK_LOG: 'json',
    RINGBACK_SANDBOX: '0',
    RINGBACK_KEYRING: 'off',
  };
  expect(readEnvironment(variables)).toEqual({
    folder: join(process.cwd(), 'data'),
    backupFolder: join(process.cwd(), 'backups'),
    port: 4711,
    receiver: { bind: '0.0.0.0', health: true },
    settings: { receiver: { port: 4712 } },
    log: 'json',
    sandbox: false,
    walkthrough: false,
    keyring: false,
  });
});

test.for([
  { RINGBACK_PORT: 'http' },
  { RINGBACK_PORT: '65536' },
  { RINGBACK_PORT: '-1' },
  { RINGBACK_RECEIVER_PORT: 'x' },
  { RINGBACK_RECEIVER_BIND: 'everywhere' },
  { RINGBACK_RECEIVER_HEALTH: 'yes' },
  { RINGBACK_RETENTION_DAYS: '0' },
  { RINGBACK_BACKUPS_VERIFY_WEEKLY: 'weekly' },
  { RINGBACK_NOTIFICATIONS_DIGEST_AT: '25:00' },
  { RINGBACK_TUNNEL: 'ftp://ringback.example' },
  { RINGBACK_LANGUAGE: 'fr' },
  { RINGBACK_LOG: 'xml' },
  { RINGBACK_SANDBOX: 'yes' },
])('a value that means nothing is refused by its name: %o', (variables) => {
  const [name = '', value = ''] = Object.entries(variables)[0] ?? [];
  expect(() => readEnvironment(variables)).toThrow(new RegExp(`^${name} must be .*"${value}"`));
});

test('docs/server.md and the help of the command line name the same variables', async () => {
  const table = await readFile(join(import.meta.dirname, '../../docs/server.md'), 'utf8');
  const help = await runCommand(['up', '--help']);
  for (const [name, meaning] of environmentVariables) {
    expect(table).toContain(`| \`${name}\` | ${meaning} |`);
    expect(help.out).toMatch(new RegExp(`^ +${name} `, 'm'));
    expect(help.out).toContain(meaning.replaceAll('`', ''));
  }
});
