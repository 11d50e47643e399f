import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockFolder } from '../../main/engine/storage/lock.ts';
import { runCommand } from '../support/command.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { spawnHost } from './spawned.ts';

test.skipIf(process.platform === 'win32')(
  'it prints one line when ready, logs a bug and goes on, and ends with 0 at SIGTERM although a stream of changes is open',
  async () => {
    const folder = join(await temporaryFolder(), 'made', 'here');
    const bug = "data:text/javascript,process.on('SIGUSR2', () => { throw new Error('a loose screw'); })";
    const host = spawnHost(folder, {}, ['--import', bug]);
    const { url, token } = await host.ready();
    expect(token.length * 4).toBeGreaterThanOrEqual(128);
    host.process.kill('SIGUSR2');
    await until(() => host.printed.error.includes('a loose screw'));
    expect(await host.ask('status.get', {})).toMatchObject({
      desktop: false,
      sandbox: false,
      tunnel: { state: 'off' },
      vault: { name: 'a key file in the data folder', nameMessage: { code: 'storage.inKeyFile' } },
    });
    const status = await runCommand(['status'], { folder, environment: { LANG: 'nl_NL.UTF-8' } });
    expect(status.out).toMatch(/^Geheimen +een sleutelbestand in de gegevensmap$/m);
    const stream = await fetch(`${url}/api/changes`, { headers: { authorization: `Bearer ${token}` } });
    host.process.kill('SIGTERM');
    const asked = Date.now();
    expect(await host.ended).toBe(0);
    expect(Date.now() - asked).toBeLessThan(3000);
    expect(await stream.text()).toMatch(/^\{"type":"ready"\}\n/);
    expect(host.printed.out).toBe(`Ringback is ready at ${url}/#token=${token}\n`);
    const files = (await readdir(folder)).sort();
    expect(files.filter((name) => !/\.copy-[23]$/.test(name))).toEqual([
      'control.token',
      'events.last',
      'events.sqlite',
      'host.lock',
      'key',
      'settings.json',
      'settings.json.copy-1',
      'settings.json.sum',
    ]);
    if (process.platform !== 'win32') expect((await stat(join(folder, 'events.sqlite'))).mode & 0o077).toBe(0);
  },
);

test('a port in use is told with its number, and nothing is left running', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  const host = spawnHost(await temporaryFolder(), { RINGBACK_PORT: String(port) });
  expect(await host.ended).toBe(1);
  expect(host.printed.out).toBe('');
  expect(host.printed.error).toContain(`Port ${port} is in use by another program.`);
  expect(host.printed.error).not.toContain('    at ');
});

test('a damaged settings file is set aside and told, and the rest starts; its folder is its own until it ends', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'settings.json'), '{"settings":{"tun');
  const host = spawnHost(folder);
  const { warnings } = await host.ask('status.get', {});
  const aside = (await readdir(folder)).find((name) => name.startsWith('settings.damaged')) ?? '';
  expect(await readFile(join(folder, aside), 'utf8')).toBe('{"settings":{"tun');
  expect(warnings[0]?.message).toBe(
    `The settings file was damaged. It was set aside as ${join(folder, aside)}, and a new one started. Hooks that exist at the provider are listed as External once their connection is added again.`,
  );
  expect(await host.ask('settings.get', {})).toMatchObject({ tunnel: { provider: 'off' } });

  expect(() => lockFolder(folder)).toThrow(
    `Another Ringback (process ${host.process.pid}) is using the data folder ${folder}. Stop it first`,
  );
  host.process.kill('SIGKILL');
  await host.ended;
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(`(process ${process.pid})`);
  lock.release();
  lockFolder(folder).release();
});

test.skipIf(process.platform === 'win32')('a data folder that cannot be made ends it with one sentence', async () => {
  const host = spawnHost('/proc/version/ringback');
  expect(await host.ended).toBe(1);
  expect(host.printed.out).toBe('');
  expect(host.printed.error).toMatch(/^The data folder \/proc\/version\/ringback cannot be created in [^\n]*\n$/);
});

test('a value that means nothing ends it with one sentence', async () => {
  const host = spawnHost(await temporaryFolder(), { RINGBACK_PORT: 'http' });
  expect(await host.ended).toBe(1);
  expect(host.printed).toEqual({
    out: '',
    error: 'RINGBACK_PORT must be a port number from 0 to 65535, not "http".\n',
  });
});
