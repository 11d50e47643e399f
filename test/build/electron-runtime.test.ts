import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findRuntime } from '../../build/electron-runtime.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** An `electron` package whose installer is this script. */
async function electronPackage(installer: string) {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'install.js'), installer);
  return folder;
}

const installs = `const fs = require('node:fs');
fs.writeFileSync(__dirname + '/dist/electron', '');
fs.writeFileSync(__dirname + '/path.txt', 'electron');`;

async function look(installer: string, { environment = {}, root = false } = {}) {
  const folder = await electronPackage(installer);
  const said: string[] = [];
  const parts = { platform: 'linux', root, folder, say: (line: string) => said.push(line) } as const;
  const runtime = await findRuntime({ ...parts, environment: { DISPLAY: ':0', ...environment } });
  return { runtime, said, folder };
}

/** A host that takes every connection and never answers. */
async function silentHost() {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test("the runtime is fetched with the package's own installer", async () => {
  const { runtime, folder } = await look(installs);
  expect(runtime).toEqual({ program: join(folder, 'dist', 'electron') });
});

test.each([
  ['it is not wanted', { environment: { RINGBACK_NO_ELECTRON: '1' } }, /RINGBACK_NO_ELECTRON/],
  ['there is no display', { environment: { DISPLAY: '' } }, /no display/],
  ['the user is root', { root: true }, /root/],
])('where %s nothing is fetched and the reason is given', async (_name, options, reason) => {
  const { runtime } = await look(installs, options);
  expect(runtime).toEqual({ obstacle: expect.stringMatching(reason) });
});

test('Wayland is a display too', async () => {
  const { runtime } = await look(installs, { environment: { DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' } });
  expect(runtime).toHaveProperty('program');
});

test('a runtime that cannot be fetched is an obstacle', async () => {
  const { runtime } = await look('process.exit(1)');
  expect(runtime).toEqual({ obstacle: expect.stringContaining('could not be fetched') });
});

test('on a network that swallows everything the attempt ends within seconds', async () => {
  const started = performance.now();
  const { runtime, said } = await look('setInterval(() => {}, 1000)', {
    environment: { ELECTRON_MIRROR: await silentHost() },
  });
  expect(runtime).toHaveProperty('obstacle');
  expect(said).toEqual([]);
  expect(performance.now() - started).toBeLessThan(6000);
});
