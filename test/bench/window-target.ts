import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ask } from '../../main/engine/ask.ts';
import { createLog } from '../../main/engine/log.ts';
import { readEnvironment } from '../../main/headless/environment.ts';
import { openHost } from '../../main/headless/host.ts';
import { serveLoad } from './target-process.ts';
import { createVariedStore } from './varied-store.ts';

/** A headless host with simulators whose store holds `--events` varied events; tells the address of its window to the parent. */
const { values } = parseArgs({ options: { events: { type: 'string', default: '1000000' } } });
const folder = mkdtempSync(join(tmpdir(), 'ringback-bench-'));
createVariedStore(join(folder, 'events.sqlite'), Number(values.events));
const environment = readEnvironment({ RINGBACK_DATA_DIR: folder, RINGBACK_SANDBOX: '1', RINGBACK_KEYRING: 'off' });
const host = await openHost(
  environment,
  createLog(() => {}),
);
if (!host.demo) throw new Error('The host has no simulators.');
const { aps } = host.demo.sandbox;
await ask(host.engine, 'hooks.create', {
  ...{ connection: host.demo.connections.aps.id, event: 'dm.version.added', scope: { folder: aps.project.folder } },
});

let uploads = 0;
let notifications = 0;
host.engine.listen((change) => {
  if (change.type === 'notification') notifications += 1;
});

/** Uploads files at this rate until it is stopped. */
function startUploads(perSecond: number): () => void {
  const timer = setInterval(() => {
    uploads += 1;
    void aps.upload({ name: `Pump-${uploads}.rvt` });
  }, 1000 / perSecond);
  return () => clearInterval(timer);
}

let stopUploads = (): void => {};

function uploadSome(): void {
  const until = uploads + 25;
  stopUploads = startUploads(2.5);
  const watch = setInterval(() => {
    if (uploads < until) return;
    stopUploads();
    clearInterval(watch);
  }, 10);
}

async function stop(): Promise<void> {
  stopUploads();
  await host.close();
  rmSync(folder, { recursive: true, force: true });
}

serveLoad({ url: host.address, secret: '' }, stop, {
  uploadMany: () => {
    stopUploads = startUploads(50);
  },
  uploadSome,
  stopUploads: () => stopUploads(),
  notifications: () => notifications,
});
