import { expect, onTestFinished, test } from 'vitest';
import { connectors } from '../../../main/connectors/index.ts';
import { type Aps, startAps } from '../../../main/sandbox/aps/index.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';

interface Scene {
  readonly aps: Aps;
  readonly clock: { ahead: number };
  open(): Promise<TestHost>;
}

const hour = 3600_000;

async function setUp(): Promise<Scene> {
  const clock = { ahead: 0 };
  const now = () => Date.now() + clock.ahead;
  // Whatever was missed is not delivered later.
  const aps = await startAps({ now, retryDelays: [], failuresUntilInactive: 1 });
  onTestFinished(() => aps.stop());
  const folder = await temporaryFolder();
  const values = new Map<string, unknown>();
  return { aps, clock, open: () => openTestHost({ connectors, folder, values, ports: { now } }) };
}

/** Ringback with a hook on the folder in which things happen, picked from the tree. */
async function watchFolder({ aps, open }: Scene): Promise<TestHost> {
  const host = await open();
  await host.connect();
  const { id: connection } = await host.ask('connections.add', {
    connector: 'aps-webhooks',
    settings: { clientId: aps.clientId, baseUrl: aps.url },
    secrets: { clientSecret: aps.clientSecret },
  });
  const browse = async (name: string, node?: string) => {
    const { nodes } = await host.ask('browse.children', { connection, ...(node ? { node } : {}) });
    return nodes.find((one) => one.name === name)?.id;
  };
  const hub = (await host.ask('browse.children', { connection })).nodes.find(({ region }) => region === 'US')?.id;
  const project = await browse('Project Files', await browse('Tower', hub));
  await browse('Structural', project);
  const scope = { folder: aps.project.folder };
  await host.ask('hooks.create', { connection, system: 'data', event: 'dm.version.added', scope });
  await aps.upload({ name: 'Tower.rvt' });
  await until(() => host.notes.length > 0);
  await host.ask('hooks.list', { refresh: true });
  return host;
}

const isMonitored = (host: TestHost) =>
  until(async () => (await host.ask('hooks.list', {})).every(({ status, current }) => status === 'active' && current));

test('versions that came to a watched folder while Ringback was closed are recovered by name, and told in one notification', async () => {
  const scene = await setUp();
  const first = await watchFolder(scene);
  await isMonitored(first);
  await first.engine.close();
  scene.clock.ahead += 8 * hour;
  await scene.aps.upload({ name: 'Tower.rvt' });
  await scene.aps.upload({ name: 'Tower.rvt' });
  await scene.aps.upload({ name: 'Frame.rvt' });
  scene.clock.ahead += hour;
  const second = await scene.open();
  await until(() => second.notes.some(({ title }) => title === 'While you were away'));
  const { events } = await second.ask('events.list', {});
  const recovered = events.filter((event) => event.recovered);
  expect(recovered.map(({ title }) => title).sort()).toEqual([
    'Frame.rvt: version 4 added',
    'Tower.rvt: version 2 added',
    'Tower.rvt: version 3 added',
  ]);
  expect(recovered[0]?.summary).toContain('Tower / Project Files / Structural');
  expect(second.notes.map(({ title, body }) => [title, body])).toContainEqual([
    'While you were away',
    '3 new versions',
  ]);
  expect(second.notes.filter(({ title }) => title.includes('version'))).toEqual([]);
});

test('a hook that was switched off after failures is switched on again, and what it did not tell is found', async () => {
  const scene = await setUp();
  const first = await watchFolder(scene);
  await isMonitored(first);
  await first.engine.close();
  scene.clock.ahead += hour;
  await scene.aps.upload({ name: 'Tower.rvt' });
  await scene.aps.settled();
  expect(scene.aps.hooks()).toMatchObject([{ status: 'inactive' }]);
  const second = await scene.open();
  await until(() => scene.aps.hooks().every(({ status }) => status === 'active'));
  await until(() => second.notes.some(({ title }) => title === 'Tower.rvt: version 2 added'));
  await scene.aps.upload({ name: 'Tower.rvt' });
  await until(() => second.notes.some(({ title }) => title === 'Tower.rvt: version 3 added'));
  expect(second.notes.filter(({ title }) => title.startsWith('Tower.rvt'))).toHaveLength(2);
});
