import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { connectors } from '../../main/connectors/index.ts';
import { openEngine } from '../../main/engine/index.ts';
import { connectNats } from '../../main/platform/nats/index.ts';
import { startSandbox } from '../../main/sandbox/sandbox.ts';
import { countCommits } from '../support/commits.ts';
import { fileFetch as fetchFile } from '../support/file-fetch.ts';
import { memoryStore, mirrorCipher } from '../support/memory-store.ts';
import { serveLoad } from './target-process.ts';
import { createVariedStore } from './varied-store.ts';

/**
 * A real engine with a real connector and a hook; tells its callback address and secret to the parent. With the port of a
 * nats-server and a folder it is the receiver of a team, and puts configuration and invitations into the folder. With
 * `--events` its store holds that many from the start.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { events: { type: 'string' } } });
const [teamPort, teamFolder = ''] = positionals;
const folder = mkdtempSync(join(tmpdir(), 'ringback-bench-'));
const file = join(folder, 'events.sqlite');
if (values.events !== undefined) createVariedStore(file, Number(values.events));
const sandbox = await startSandbox();
let secret = '';
const engine = await openEngine({
  connectors,
  ports: {
    folder,
    version: '0',
    desktop: false,
    store: memoryStore(),
    cipher: mirrorCipher,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      secret = /"token":"([0-9a-f]{64})"/.exec(await request.clone().text())?.[1] ?? secret;
      return fetch(request);
    },
    fetchFile,
    connectBroker: connectNats,
    notify: () => {},
    open: async () => false,
    now: Date.now,
    log: () => {},
  },
});
async function ask<T>(method: string, input: unknown): Promise<T> {
  const reply = await engine.ask(method, input);
  if (!reply.ok) throw new Error(`${method}: ${reply.problem.message}`);
  return reply.value as T;
}

const { receiver } = await ask<{ receiver: { port: number } }>('status.get', {});
await ask('settings.set', { tunnel: { provider: 'fixed', url: `http://127.0.0.1:${receiver.port}` } });
const { apsUrl, clientId, clientSecret } = sandbox;
const connection = await ask<{ id: string }>('connections.add', {
  connector: 'aps-webhooks',
  settings: { clientId, baseUrl: apsUrl },
  secrets: { clientSecret },
});
const hook = await ask<{ callbackUrl: string }>('hooks.create', {
  connection: connection.id,
  system: 'adsk.flc.production',
  event: 'item.update',
  scope: { workspace: 'urn:adsk.plm:tenant.workspace:ACME.57' },
});

let members = 0;

async function writeConfig(): Promise<void> {
  const options = { port: Number(teamPort), storeDir: join(teamFolder, 'store') };
  writeFileSync(join(teamFolder, 'nats.conf'), (await ask<{ text: string }>('team.serverConfig', options)).text);
}

/** Invites one more member, and gives its number. */
async function invite(): Promise<number> {
  const { invitation } = await ask<{ invitation: string }>('team.invite', { member: `member ${members}` });
  writeFileSync(join(teamFolder, `${members}.invitation`), invitation);
  await writeConfig();
  members += 1;
  return members - 1;
}

if (teamPort !== undefined) {
  await ask('team.create', { name: 'Bench', servers: [`nats://127.0.0.1:${teamPort}`] });
  await writeConfig();
}

async function stop(): Promise<void> {
  await engine.close();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** What an open window asks for while events arrive. */
async function askAsWindow(): Promise<void> {
  await ask('status.get', {});
  await ask('events.list', { limit: 100 });
  await ask('events.list', { limit: 20, text: 'bracket' });
  await ask('hooks.list', {});
}

/** The tunnel is turned off and on again at the same address. */
async function reconnect(): Promise<void> {
  await ask('settings.set', { tunnel: { provider: 'off' } });
  await ask('settings.set', { tunnel: { provider: 'fixed', url: `http://127.0.0.1:${receiver.port}` } });
}

/** How many events stay; twice as many for a day, in which a large deletion is announced. */
const limitEvents = (events: number) => ask('settings.set', { retention: { days: 3650, events } });

function oldestEvent(): unknown {
  using database = new DatabaseSync(file, { readOnly: true });
  return database.prepare('SELECT min(id) AS id FROM events').get()?.id;
}

serveLoad({ url: hook.callbackUrl, secret }, stop, {
  commits: () => countCommits(file),
  memory: () => {
    globalThis.gc?.();
    return process.memoryUsage().rss;
  },
  keepEvents: () => limitEvents(1_000_000),
  deleteEvents: () => limitEvents(1000),
  oldest: oldestEvent,
  heap: () => process.memoryUsage().heapUsed,
  window: askAsWindow,
  invite,
  behind: async () => (await ask<{ behind: number }>('team.status', {})).behind,
  reconnect,
});
