import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type AutoflexOptions, type AutoflexSandbox, startAutoflex } from '../../main/sandbox/autoflex/index.ts';
import type { Backup } from '../../preload/contract/index.ts';
import { kill, type Spawned, spawnHost } from '../headless/spawned.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { extent } from './extent.ts';

const size = extent({ full: 24, short: 12 }) * 1024 * 1024;

interface Scene {
  readonly autoflex: AutoflexSandbox;
  readonly host: Spawned;
  /** Kills it, and starts another on the same folder and port. */
  revive(meanwhile?: () => void): Promise<Spawned>;
}

/** The real host with an account of the simulator and one requested backup; its port, and so its URL, stays the same. */
async function openScene(options: AutoflexOptions): Promise<Scene> {
  const file = { kind: 'bytes', size, name: 'owner.bin' } as const;
  const autoflex = await startAutoflex({ file, ...options });
  onTestFinished(() => autoflex.stop());
  const folder = await temporaryFolder();
  const host = spawnHost(folder);
  const { port } = (await host.ask('status.get', {})).receiver;
  await host.ask('settings.set', {
    receiver: { port },
    tunnel: { provider: 'fixed', url: `http://127.0.0.1:${port}` },
  });
  const { url: baseUrl, username, apiKey, password } = autoflex;
  const { id: connection } = await host.ask('connections.add', {
    connector: 'autoflex',
    settings: { baseUrl, username },
    secrets: { apiKey, password },
  });
  await host.ask('backups.start', { connection });
  return {
    autoflex,
    host,
    async revive(meanwhile = () => {}) {
      await kill(host);
      meanwhile();
      return spawnHost(folder);
    },
  };
}

function reach(host: Spawned, state: Backup['state']): Promise<Backup> {
  return until(async () => {
    const [newest] = await host.ask('backups.list', {});
    if (newest?.state === 'failed') throw new Error(newest.problem);
    return newest?.state === state ? newest : undefined;
  }, 30_000);
}

async function digestOf(autoflex: AutoflexSandbox): Promise<string> {
  const hash = createHash('sha256');
  for (const piece of (await autoflex.file()).read(0, size)) hash.update(piece);
  return hash.digest('hex');
}

test('kill -9 at half of a download costs at most 1 MiB, and the file is right', async () => {
  const { autoflex, host, revive } = await openScene({ download: { bytesPerSecond: size } });
  const half = await until(async () => {
    const { bytes = 0 } = await reach(host, 'downloading');
    return bytes >= size / 2 ? bytes : undefined;
  }, 30_000);
  const second = await revive(() => autoflex.change({ download: { bytesPerSecond: 0 } }));
  const { file = '', sha256 } = await reach(second, 'done');
  expect(autoflex.transfers).toHaveLength(2);
  expect(autoflex.transfers[1]?.from).toBeGreaterThanOrEqual(half - 1024 * 1024);
  expect(sha256).toBe(await digestOf(autoflex));
  expect(
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
  ).toBe(sha256);
  expect(await readdir(dirname(file))).toEqual(['owner.bin', 'owner.bin.ringback.json']);
  expect(autoflex.orders).toHaveLength(1);
  expect(await second.ask('notifications.list', {})).toHaveLength(1);
});

test('kill -9 before the callback loses neither the request nor its callback', async () => {
  const { autoflex, host, revive } = await openScene({ callback: { after: 3_600_000 } });
  await reach(host, 'requested');
  const second = await revive();
  await second.ask('status.get', {});
  autoflex.change({ callback: { after: 0 } });
  await autoflex.callAgain();
  expect(await reach(second, 'done')).toMatchObject({ sha256: await digestOf(autoflex) });
  expect(autoflex.orders).toHaveLength(1);
  expect(autoflex.callbacks).toMatchObject([{ status: 200 }]);
});
