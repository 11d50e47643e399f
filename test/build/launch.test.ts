import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildCommand } from '../../build/cli.ts';
import { temporaryFolder, until } from '../support/temporary.ts';

const launcher = resolve(import.meta.dirname, '../../build/launch.ts');
const ready = /^Ringback is ready at (http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64})\n$/;

// The launcher would do so itself, at its first start.
beforeAll(buildCommand);

/** The launcher as a process of its own with this environment; ended with the test. */
async function launched(flags: readonly string[], environment: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  const env = { ...process.env, RINGBACK_KEYRING: 'off', RINGBACK_DATA_DIR: join(folder, 'data'), ...environment };
  const child = spawn(process.execPath, [launcher, ...flags], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  const said = { out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.error += text;
  });
  const stop = async () => {
    child.kill('SIGTERM');
    return (await exit)[0] as number | null;
  };
  return { said, stop, address: () => until(() => ready.exec(said.out)?.[1]) };
}

/** A program of this name that writes down what it is started with. */
async function simulator(name: string) {
  const folder = join(await temporaryFolder(), 'bin');
  await mkdir(folder);
  await writeFile(join(folder, name), `#!/bin/sh\necho "$@" >> "${folder}/started"\n`);
  await chmod(join(folder, name), 0o755);
  const started = () => readFile(join(folder, 'started'), 'utf8').catch(() => '');
  return { path: `${folder}:${process.env.PATH}`, started };
}

test('the help names the three commands', () => {
  const { stdout, status } = spawnSync(process.execPath, [launcher, '--help'], { encoding: 'utf8' });
  expect(status).toBe(0);
  for (const command of ['npm start', 'npm run sandbox', 'npm run headless']) expect(stdout).toContain(command);
});

test.each([['--data-dir'], ['tray'], ['--sandbox=yes']])(
  '"%s" is refused in a sentence, with the commands that exist',
  (word) => {
    const { stderr, status } = spawnSync(process.execPath, [launcher, word], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain(word.split('=')[0]);
    expect(stderr).toContain('npm run headless');
    expect(stderr).not.toContain(' at ');
  },
);

test.skipIf(process.platform === 'win32')(
  'without Electron and display the host runs all the same, says why, and ends cleanly',
  async () => {
    const { said, stop, address } = await launched([], { DISPLAY: '', WAYLAND_DISPLAY: '', RINGBACK_NO_ELECTRON: '1' });
    expect((await fetch(await address())).status).toBe(200);
    await until(() => said.error.includes('cannot start because RINGBACK_NO_ELECTRON is set'));
    expect(await stop()).toBe(0);
    expect(said.out).toMatch(ready);
  },
);

test.runIf(process.platform === 'linux')('with a display the window is opened in the browser', async () => {
  const { path, started } = await simulator('xdg-open');
  const { said, stop, address } = await launched([], { DISPLAY: ':0', RINGBACK_NO_ELECTRON: '1', PATH: path });
  const { origin, hash } = new URL(await address());
  const opened = (await until(started)).trim();
  expect(opened).not.toContain(hash.slice('#token='.length));
  const first = await fetch(opened, { redirect: 'manual' });
  expect([first.status, first.headers.get('location')]).toEqual([303, `/${hash}`]);
  expect((await fetch(opened, { redirect: 'manual' })).headers.get('location')).toBe('/');
  expect(opened.startsWith(`${origin}/open?code=`)).toBe(true);
  expect(await stop()).toBe(0);
  expect(said.out).toMatch(ready);
});
