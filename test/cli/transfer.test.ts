import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { runCommand as runInProcess } from '../../main/cli/program.ts';
import { openBellHost } from '../support/bell-host.ts';
import { openControl, runCommand } from '../support/command.ts';
import { smallDisk } from '../support/disks/small-disk.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { createBell } from '../support/test-connector.ts';
import { openTestHost } from '../support/test-host.ts';

test('a file exported under a passphrase is imported by another host, and one without it leaves credentials to enter', async () => {
  const { host } = await openBellHost();
  const from = { folder: await openControl(host), environment: { PHRASE: 'a long passphrase' } };
  const folder = await temporaryFolder();
  const [encrypted, plain] = [join(folder, 'encrypted.json'), join(folder, 'plain.json')];
  expect(await runCommand(['export', encrypted, '--passphrase', 'PHRASE'], from)).toMatchObject({ code: 0, error: '' });
  expect(await runCommand(['export', plain], from)).toMatchObject({ code: 0, out: `Exported to ${plain}\n` });
  if (process.platform !== 'win32') expect((await stat(encrypted)).mode & 0o077).toBe(0);
  expect(`${await readFile(encrypted)}${await readFile(plain)}`).not.toContain('"correct"');
  expect(await runCommand(['export', plain], from)).toMatchObject({
    code: 2,
    error: expect.stringContaining('exists'),
  });
  await host.engine.close();

  const { connector } = createBell();
  const other = await openTestHost({ connectors: [connector] });
  const to = { folder: await openControl(other), input: 'a long passphrase\n' };
  const preview = await runCommand(['import', plain, '--dry-run', '--json'], to);
  expect(preview).toMatchObject({ code: 0, error: '' });
  expect(preview.json()).toMatchObject([
    { kind: 'settings', state: 'new' },
    { kind: 'connection', state: 'incomplete' },
    { kind: 'hook', state: 'waiting' },
  ]);
  const bare = await runCommand(['import', encrypted], { folder: to.folder });
  expect(bare).toMatchObject({ code: 1, error: expect.stringContaining('Import it again with --passphrase') });
  expect((await runCommand(['connections', 'ls'], { folder: to.folder })).out).toContain('credentials missing');
  const done = await runCommand(['import', encrypted, '--passphrase'], to);
  expect(done).toMatchObject({ code: 0, error: '' });
  expect(done.out).toMatch(/^hook +ring\.0 +done/m);
  expect(await other.ask('hooks.list', {})).toHaveLength(1);
});

test('a file that is none is named, and what could not be imported ends with 1', async () => {
  const { host } = await openBellHost();
  const folder = await openControl(host);
  const file = join(await temporaryFolder(), 'list.json');
  expect(await runCommand(['import', file], { folder })).toMatchObject({ code: 2 });
  await writeFile(file, '[]');
  const wrong = await runCommand(['import', file], { folder });
  expect(wrong).toMatchObject({
    code: 2,
    out: '',
    error: expect.stringContaining('not a file that Ringback exported'),
  });
  const { text = '' } = await host.ask('transfer.export', {});
  await writeFile(file, text);
  const { connector } = createBell();
  const other = await openTestHost({ connectors: [connector] });
  await host.engine.close();
  const result = await runCommand(['import', file], { folder: await openControl(other) });
  expect(result).toMatchObject({ code: 1, error: expect.stringContaining('Import the file again') });
});

test('a new passphrase is typed twice, and two different ones export nothing', async () => {
  const { host } = await openBellHost();
  const folder = await openControl(host);
  const file = join(await temporaryFolder(), 'export.json');
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let asked = '';
  stderr.on('data', (chunk) => {
    asked += chunk;
  });
  const terminal = {
    ...{ stdin, stdout, stderr, platform: process.platform, signal: new AbortController().signal },
    environment: { RINGBACK_DATA_DIR: folder },
  };
  const ended = runInProcess(['export', file, '--passphrase'], '1.0.0', terminal);
  await until(() => asked.endsWith('passphrase: '));
  stdin.write('a long passphrase\r');
  await until(() => asked.endsWith('passphrase again: '));
  stdin.write('a long passphrasse\r');
  expect(await ended).toBe(2);
  expect(asked).toContain('The two passphrases are different.');
  expect(asked).not.toContain('a long');
  expect(existsSync(file)).toBe(false);
});

test('the name of a variable is optional, so that what follows --passphrase may be the file', async () => {
  const { host } = await openBellHost();
  const folder = await openControl(host);
  const file = join(await temporaryFolder(), 'export.json');
  const input = 'a long passphrase\n';
  expect(await runCommand(['export', '--passphrase', file], { folder, input })).toMatchObject({ code: 0, error: '' });
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ secrets: { cipher: 'aes-256-gcm' } });
  const taken = await runCommand(['import', '--passphrase', file], { folder, input });
  expect(taken.out).toContain('present');
  expect(await runCommand(['export'], { folder })).toMatchObject({ code: 2, out: '' });
});

test('a file that cannot be written completely is not left behind', async (context) => {
  const { host } = await openBellHost();
  const folder = await openControl(host);
  const disk = await smallDisk(context, 64 * 1024);
  const file = join(disk, 'export.json');
  await writeFile(join(disk, 'ballast'), Buffer.alloc(64 * 1024));
  const failed = await runCommand(['export', file], { folder });
  expect(failed).toMatchObject({ code: 1, error: expect.stringContaining('could not be written') });
  expect(await readdir(disk)).toEqual(['ballast']);
});
