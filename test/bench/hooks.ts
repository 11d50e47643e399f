import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connectors } from '../../main/connectors/index.ts';
import { ask } from '../../main/engine/ask.ts';
import { openEngine } from '../../main/engine/index.ts';
import { startAps } from '../../main/sandbox/aps/index.ts';
import { fileFetch as fetchFile } from '../support/file-fetch.ts';
import { memoryStore, mirrorCipher } from '../support/memory-store.ts';

/**
 * `node test/bench/hooks.ts`: how long it takes from a new public address until every hook leads there, over the
 * simulator of Autodesk on loopback, and within its quota of 50 new hooks a minute.
 */

const counts = [1, 20];

async function measure(count: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-bench-'));
  const aps = await startAps();
  const ports = {
    ...{ folder, version: 'bench', desktop: false, store: memoryStore(), cipher: mirrorCipher },
    ...{ fetch: globalThis.fetch, fetchFile, now: Date.now },
    notify: () => {},
    open: async () => false,
    log: () => {},
  };
  const engine = await openEngine({ ports, connectors });
  try {
    const { port } = (await ask(engine, 'status.get', {})).receiver;
    const at = (host: string) =>
      ask(engine, 'settings.set', { tunnel: { provider: 'fixed', url: `http://${host}:${port}` } });
    await at('127.0.0.1');
    const { id: connection } = await ask(engine, 'connections.add', {
      connector: 'aps-webhooks',
      settings: { clientId: aps.clientId, baseUrl: aps.url },
      secrets: { clientSecret: aps.clientSecret },
    });
    for (let index = 0; index < count; index += 1) {
      const scope = { folder: `urn:adsk.wipprod:fs.folder:co.Bench${String(index).padStart(17, '0')}` };
      await ask(engine, 'hooks.create', { connection, event: 'dm.version.added', scope });
    }
    // Creating took some of the minute's quota.
    await delay(61_000);
    const began = performance.now();
    await at('localhost');
    while (!(await ask(engine, 'hooks.list', {})).every(({ current }) => current)) await delay(20);
    return performance.now() - began;
  } finally {
    await engine.close();
    await aps.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const times = await Promise.all(counts.map(async (count) => [count, await measure(count)] as const));
process.stdout.write('\nfrom a new public address until every hook leads there\n');
for (const [count, milliseconds] of times) {
  const hooks = `${count} ${count === 1 ? 'hook' : 'hooks'}`;
  process.stdout.write(`  ${hooks.padEnd(10)} ${(milliseconds / 1000).toFixed(1)} s\n`);
}
