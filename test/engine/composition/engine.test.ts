import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openEngine } from '../../../main/engine/composition/engine.ts';
import type { Ports, Store } from '../../../main/engine/ports.ts';
import { openDepot } from '../../support/backup-connector.ts';
import { fileFetch } from '../../support/file-fetch.ts';
import { freePort } from '../../support/free-port.ts';
import { memoryStore, mirrorCipher } from '../../support/memory-store.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';

function portsWith(folder: string, store: Store): Ports {
  return {
    ...{ folder, store, version: '0.0.0-test', desktop: false, cipher: mirrorCipher },
    ...{ fetch: globalThis.fetch, fetchFile: fileFetch },
    notify: () => {},
    open: async () => false,
    now: Date.now,
    log: () => {},
  };
}

/** What keeps this process busy beyond the given resources. */
function startedSince(before: readonly string[]): string[] {
  const rest = [...before];
  return process.getActiveResourcesInfo().filter((resource) => {
    const index = rest.indexOf(resource);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

/** What keeps this process busy once the handles that are closing are gone. */
async function settledResources(): Promise<string[]> {
  await until(() => !process.getActiveResourcesInfo().includes('FSReqPromise'));
  await setImmediate();
  return process.getActiveResourcesInfo();
}

/** Open files of this process within the folder. */
function openFiles(folder: string): string[] {
  return readdirSync('/proc/self/fd', { withFileTypes: true }).flatMap(({ name }) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${name}`);
      return target.startsWith(folder) ? [target] : [];
    } catch {
      return [];
    }
  });
}

/** The keys that an engine reads from its store while it opens, in order. */
async function keysRead(): Promise<string[]> {
  const keys: string[] = [];
  const store = memoryStore(new Map());
  const spied: Store = {
    ...store,
    get(key) {
      keys.push(key);
      return store.get(key);
    },
  };
  const { connector } = await openDepot();
  const engine = await openEngine({ ports: portsWith(await temporaryFolder(), spied), connectors: [connector] });
  await engine.close();
  return [...new Set(keys)];
}

test('wherever opening fails, no timer, socket, file or thread is left, and the next start succeeds', async () => {
  const keys = await keysRead();
  expect(keys).toEqual(expect.arrayContaining(['installation', 'settings', 'connections', 'hooks', 'silence']));
  for (const failing of keys) {
    const folder = await temporaryFolder();
    const port = await freePort();
    const before = await settledResources();
    const values = new Map<string, unknown>();
    const store = memoryStore(values);
    const settings = { receiver: { port } };
    const broken: Store = {
      ...store,
      get(key) {
        if (key === failing) throw new Error(`no ${key}`);
        return key === 'settings' ? settings : store.get(key);
      },
    };
    await expect(openEngine({ ports: portsWith(folder, broken), connectors: [] }), failing).rejects.toThrow(
      `no ${failing}`,
    );
    await until(() => startedSince(before).length === 0);
    expect(openFiles(folder), failing).toEqual([]);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    const engine = await openEngine({ ports: portsWith(folder, store), connectors: [] });
    await engine.close();
  }
});

test('closing leaves no timer, socket, file or thread', async () => {
  const folder = await temporaryFolder();
  const { connector } = await openDepot();
  const before = await settledResources();
  const engine = await openEngine({ ports: portsWith(folder, memoryStore(new Map())), connectors: [connector] });
  expect(startedSince(before)).not.toEqual([]);
  expect(openFiles(folder)).not.toEqual([]);
  await engine.close();
  await until(() => startedSince(before).length === 0);
  expect(openFiles(folder)).toEqual([]);
});
