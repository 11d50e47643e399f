import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { spawnHost } from '../headless/spawned.ts';
import { openControl, runCommand, startCommand } from '../support/command.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { createBell } from '../support/test-connector.ts';
import { openTestHost, stillClock } from '../support/test-host.ts';

const entry = resolve(import.meta.dirname, '../../main/cli/index.ts');

/** A host with one account and one hook, and the folder of its control endpoint. Nothing falls due by itself: its clock stands still. */
async function hostWithHook() {
  const bell = createBell();
  const host = await openTestHost({ connectors: [bell.connector], ports: { now: stillClock() } });
  await host.connect();
  const { id: connection } = await host.ask('connections.add', {
    ...{ connector: 'bell', name: 'Front door', settings: { account: 'me' }, secrets: { password: 'correct' } },
  });
  const hook = await host.ask('hooks.create', { connection, event: 'rang', scope: { door: 'front' } });
  const ring = async (title: string, outcome = 'success', id = title) => {
    const body = JSON.stringify({ title, outcome, event: 'rang' });
    const headers = bell.sign(bell.secretOf(hook.providerId ?? ''), body, id);
    expect((await fetch(hook.callbackUrl, { method: 'POST', headers, body })).status).toBe(204);
  };
  return { host, bell, hook, connection, ring, folder: await openControl(host) };
}

test('help and version are printed, and wrong usage ends with 2 on standard error', async () => {
  const [help, version, unknown, option] = await Promise.all([
    runCommand(['--help']),
    runCommand(['--version']),
    runCommand(['nonsense']),
    runCommand(['hooks', 'ls', '--nonsense']),
  ]);
  expect(help).toMatchObject({ code: 0, error: '' });
  for (const command of ['up', 'status', 'connections', 'hooks', 'events', 'jobs', 'backup', 'team', 'completion'])
    expect(help.out).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
  const metadata = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8'));
  expect(version).toMatchObject({ code: 0, out: `${metadata.version}\n` });
  for (const { code, out, error } of [unknown, option]) {
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain('nonsense');
  }
});

test('without a host every command ends with 3 and says how to start one', async () => {
  const folder = await temporaryFolder();
  for (const words of [['status'], ['hooks', 'ls', '--json'], ['open']]) {
    const { code, out, error } = await runCommand(words, { folder });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(error).toBe(
      `No Ringback is running on the data folder ${folder}. Start the desktop application, or run: ringback up\n`,
    );
  }
});

test('the status shows tunnel, hooks and connections; as JSON it is one document', async () => {
  const { folder } = await hostWithHook();
  const text = await runCommand(['status'], { folder });
  expect(text).toMatchObject({ code: 0, error: '' });
  expect(text.out).toMatch(/^Tunnel +up {2}http:\/\/127\.0\.0\.1:\d+$/m);
  expect(text.out).toMatch(/^Hooks +1 active of 1$/m);
  expect(text.out).not.toContain('\u001b');
  const json = await runCommand(['status', '--json'], { folder });
  expect(json.json()).toMatchObject({ status: { tunnel: { state: 'up' } }, counts: { connections: 1, hooks: 1 } });
});

test('a connection is added with its secret from standard input or the environment, never from an argument', async () => {
  const { folder, host } = await hostWithHook();
  const add = ['connections', 'add', 'bell', '--name'];
  const fromInput = await runCommand([...add, 'One', '--set', 'account=one', '--secret', 'password'], {
    folder,
    input: 'correct\n',
  });
  expect(fromInput).toMatchObject({ code: 0, error: '' });
  const environment = { BELL: 'correct' };
  const fromVariable = await runCommand([...add, 'Two', '--set', 'account=two', '--secret', 'password=BELL'], {
    folder,
    environment,
  });
  expect(fromVariable).toMatchObject({ code: 0 });
  expect((await host.ask('connections.list', {})).map(({ name }) => name)).toEqual(['Front door', 'One', 'Two']);

  const typed = await runCommand([...add, 'Three', '--set', 'account=three', '--secret', 'password=hunter2'], {
    folder,
  });
  expect(typed).toMatchObject({ code: 2, out: '' });
  expect(typed.error).not.toContain('hunter2');
  const asSetting = await runCommand([...add, 'Three', '--set', 'password=hunter2'], { folder });
  expect(asSetting).toMatchObject({ code: 2 });
  const wrong = await runCommand([...add, 'Three', '--set', 'account=three', '--secret', 'password'], {
    folder,
    input: 'wrong\n',
  });
  expect(wrong).toMatchObject({ code: 1, out: '', error: 'Bell refused the password.\n' });
  expect(await host.ask('connections.list', {})).toHaveLength(3);
});

test('connections are named by id, by the beginning of an id, by name or by connector', async () => {
  const { folder, host, connection } = await hostWithHook();
  for (const name of [connection, connection.slice(0, 8), 'front DOOR', 'bell'])
    expect(await runCommand(['connections', 'check', name], { folder })).toMatchObject({ code: 0 });
  expect(await runCommand(['connections', 'check', 'back'], { folder })).toMatchObject({ code: 2 });
  expect(await runCommand(['connections', 'rm', 'bell'], { folder })).toMatchObject({ code: 0 });
  expect(await host.ask('connections.list', {})).toEqual([]);
});

test('hooks are created, listed, paused, resumed, repaired and removed', async () => {
  const { folder, host, bell } = await hostWithHook();
  const created = await runCommand(['hooks', 'create', 'bell', 'knocked', '--scope', 'door=back', '--json'], {
    folder,
  });
  const { id } = created.json() as { id: string };
  const statusOf = async () => (await host.ask('hooks.list', {})).find((hook) => hook.id === id)?.status;
  expect(await runCommand(['hooks', 'pause', id], { folder })).toMatchObject({ code: 0 });
  expect(await statusOf()).toBe('inactive');
  expect(await runCommand(['hooks', 'resume', id], { folder })).toMatchObject({ code: 0 });
  expect(await statusOf()).toBe('active');
  const list = await runCommand(['hooks', 'ls'], { folder });
  expect(list.out.split('\n').filter((line) => line.includes('door=')).length).toBe(2);

  bell.hooks.clear();
  const dry = await runCommand(['hooks', 'repair', '--dry-run'], { folder });
  expect(dry.out).toContain('2 hooks to create again');
  expect(bell.hooks.size).toBe(0);
  expect(await runCommand(['hooks', 'repair'], { folder })).toMatchObject({ code: 0 });
  expect(bell.hooks.size).toBe(2);
  expect(await runCommand(['hooks', 'rm', id], { folder })).toMatchObject({ code: 0 });
  expect(bell.hooks.size).toBe(1);
  const wrong = await runCommand(['hooks', 'create', 'bell', 'knocked', '--scope', 'window=back'], { folder });
  expect(wrong).toMatchObject({ code: 2, error: 'The scope must be a door.\n' });
});

test('events are listed with filters, shown byte for byte and exported', async () => {
  const { folder, ring } = await hostWithHook();
  for (let index = 0; index < 120; index++) await ring(`Rang ${index}`, index % 2 ? 'failed' : 'success');
  const list = async (...words: string[]) =>
    (await runCommand(['events', 'ls', '--json', ...words], { folder })).json() as { id: string; title: string }[];
  expect(await list()).toHaveLength(50);
  expect(await list('--limit', '500', '--outcome', 'failed', '--since', '1h')).toHaveLength(60);
  expect(await list('--event', 'r*g', '--limit', '3')).toMatchObject([{ title: 'Rang 119' }, {}, {}]);
  expect(await list('--event', 'knocked')).toEqual([]);
  expect(await list('--until', '1h')).toEqual([]);

  const [{ id = '' } = {}] = await list('--text', '"Rang 7"');
  const body = await runCommand(['events', 'get', id, '--body'], { folder });
  expect(JSON.parse(body.out)).toMatchObject({ event: 'rang' });
  expect((await runCommand(['events', 'get', 'none'], { folder })).code).toBe(1);

  const lines = (await runCommand(['events', 'export', '--body'], { folder })).out.trimEnd().split('\n');
  expect(lines).toHaveLength(120);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ title: 'Rang 119', headers: { 'x-bell-delivery': 'Rang 119' } });
  const csv = (await runCommand(['events', 'export', '--format', 'csv'], { folder })).out.split('\r\n');
  expect(csv).toHaveLength(122);
});

test('text that others wrote sends no commands to the terminal, and is no formula in a CSV file', async () => {
  const { folder, ring } = await hostWithHook();
  await ring('=cmd()\u001b]0;owned\u0007\u009b31m', 'success', 'one');
  const list = await runCommand(['events', 'ls'], { folder });
  const json = await runCommand(['events', 'ls', '--json'], { folder });
  const csv = await runCommand(['events', 'export', '--format', 'csv'], { folder });
  for (const { out } of [list, json]) expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  expect(csv.out).toContain(",'=cmd()");
});

test('the desktop application shows its window, and a headless host tells its address', async () => {
  const host = await openTestHost({ connectors: [] });
  let shown = 0;
  const desktop = await openControl(host, () => shown++);
  expect(await runCommand(['open'], { folder: desktop })).toMatchObject({ code: 0, out: '' });
  expect(shown).toBe(1);
  const headless = await runCommand(['open'], { folder: await openControl(host) });
  expect(headless).toMatchObject({ code: 0, out: 'http://127.0.0.1:9/#token=secret\n' });
});

test('the doctor fails the command where a check fails', async () => {
  const { folder, bell, hook } = await hostWithHook();
  expect(await runCommand(['doctor', hook.id], { folder })).toMatchObject({ code: 0 });
  bell.hooks.clear();
  const report = await runCommand(['doctor', hook.id], { folder });
  expect(report.code).toBe(1);
  expect(report.out).toContain('✗');
});

test('the completion script of each shell is printed, and other shells are named as such', async () => {
  for (const shell of ['bash', 'zsh', 'fish', 'powershell'])
    expect(await runCommand(['completion', shell])).toMatchObject({
      code: 0,
      out: expect.stringContaining('complete-word'),
    });
  expect(await runCommand(['completion', 'tcsh'])).toMatchObject({
    code: 2,
    error: expect.stringContaining('powershell'),
  });
});

test.skipIf(process.platform === 'win32')(
  'the command starts a host, finds it again, and survives its crash',
  async () => {
    const folder = await temporaryFolder();
    const host = startCommand(['up', '--data-dir', folder]);
    const first = await until(() => /#token=([0-9a-f]{64})\n/.exec(host.printed.out)?.[1]);
    expect(await runCommand(['connections', 'ls'], { folder })).toMatchObject({
      code: 0,
      out: '',
      error: 'There are no connections.\n',
    });
    expect(await runCommand(['connections', 'ls', '--quiet'], { folder })).toMatchObject({
      code: 0,
      out: '',
      error: '',
    });
    host.process.kill('SIGKILL');
    await host.ended;
    expect((await runCommand(['status'], { folder })).code).toBe(3);
    const again = spawnHost(folder);
    expect((await again.ready()).token).toBe(first);
    expect((await runCommand(['status'], { folder })).code).toBe(0);
    again.process.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  },
);

test.skipIf(!existsSync('/dev/full'))('output that a full disk does not take fails the command', async () => {
  const { ring, folder } = await hostWithHook();
  await ring('one');
  const exported = [
    ['events', 'export'],
    ['events', 'ls', '--json'],
  ];
  for (const words of [...exported, ['listen', '--since', '1h'], ['--help'], ['completion', 'bash']]) {
    const program = ['/bin/sh', '-c', 'exec "$0" "$@" > /dev/full', process.execPath, entry] as const;
    const { code, error } = await runCommand(words, { folder, program: [...program] });
    expect([words, code]).toEqual([words, 1]);
    expect(error).toMatch(/^The output could not be written completely: ENOSPC/m);
  }
});
