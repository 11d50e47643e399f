import { expect, onTestFinished, test } from 'vitest';
import { apsWebhooks } from '../../../main/connectors/aps-webhooks/connector.ts';
import { type Aps, startAps } from '../../../main/sandbox/aps/index.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';

const path = ['Example Construction', 'Tower', 'Project Files', 'Structural'];

async function connectTo(aps: Aps, host: TestHost): Promise<string> {
  await host.connect();
  const { id } = await host.ask('connections.add', {
    connector: 'aps-webhooks',
    settings: { clientId: aps.clientId, baseUrl: aps.url },
    secrets: { clientSecret: aps.clientSecret },
  });
  return id;
}

async function setUp() {
  const aps = await startAps();
  onTestFinished(() => aps.stop());
  const host = await openTestHost({ connectors: [apsWebhooks] });
  return { aps, host, connection: await connectTo(aps, host) };
}

/** Opens one level after the other, as the picker does; gives the last one. */
async function walk({ ask }: TestHost, connection: string, names: readonly string[]) {
  let page = await ask('browse.children', { connection });
  for (const name of names) {
    const node = page.nodes.find((one) => one.name === name);
    page = await ask('browse.children', { connection, node: node?.id ?? '' });
  }
  return page.nodes;
}

async function nextEvent(host: TestHost, happen: () => Promise<unknown>) {
  const { events: before } = await host.ask('events.list', {});
  await happen();
  await until(async () => (await host.ask('events.list', {})).events.length > before.length);
  return (await host.ask('events.list', {})).events[0];
}

test('a connector with a tree says so, and one without refuses to be browsed', async () => {
  const bell = createBell();
  const host = await openTestHost({ connectors: [bell.connector, apsWebhooks] });
  const listed = await host.ask('connectors.list', {});
  expect(listed.map(({ id, browse }) => [id, browse])).toEqual([
    ['bell', undefined],
    ['aps-webhooks', true],
  ]);
  const { id: connection } = await host.ask('connections.add', {
    connector: 'bell',
    settings: { account: 'me' },
    secrets: { password: 'correct' },
  });
  expect(await host.engine.ask('browse.children', { connection })).toMatchObject({
    ok: false,
    problem: { code: 'invalid-input' },
  });
});

test('a hook on a folder that was browsed is told by its path, as is an event that carries no name', async () => {
  const { aps, host, connection } = await setUp();
  const hook = { connection, system: 'data', event: 'dm.version.added', scope: { folder: aps.project.folder } };
  expect((await host.ask('hooks.create', hook)).place).toBeUndefined();
  await walk(host, connection, path);
  await until(() => host.changes.some(({ type }) => type === 'hooks'));
  const [listed] = await host.ask('hooks.list', {});
  expect(listed?.place).toBe('Tower / Project Files / Structural');
  const scope = { folder: aps.project.folder };
  await host.ask('hooks.create', { connection, system: 'adsk.c4r', event: 'model.publish', scope });
  const event = await nextEvent(host, () => aps.publish({ name: 'Frame.rvt' }));
  expect(event?.title).toMatch(/^Frame\.rvt: publishing/);
  expect(event?.summary).toMatch(/ · Tower \/ Project Files \/ Structural$/);
});

test.each(['folder', 'rootFolder'] as const)(
  'a hook on a %s that was never browsed is told by its events',
  async (which) => {
    const { aps, host, connection } = await setUp();
    const scope = { folder: aps.project[which] };
    await host.ask('hooks.create', { connection, system: 'data', event: 'dm.version.added', scope });
    await nextEvent(host, () => aps.upload({ name: 'Roof.rvt' }));
    const [named] = await host.ask('hooks.list', {});
    expect(named?.place).toBe({ folder: 'Structural', rootFolder: 'Project Files' }[which]);
    await walk(host, connection, path);
    const [browsed] = await host.ask('hooks.list', {});
    expect(browsed?.place).toMatch(/^Tower \/ Project Files/);
  },
);

test('a project is told by its name, whichever of its names a scope has; the window sees none of them', async () => {
  const { aps, host, connection } = await setUp();
  const [hub] = await walk(host, connection, []);
  expect(Object.keys(hub ?? {}).sort()).toEqual(['detail', 'expandable', 'id', 'kind', 'name', 'region', 'scope']);
  await walk(host, connection, ['Example Construction']);
  const scopes = [{ project: aps.project.projectId.slice(2) }, { folder: aps.project.projectRoot }];
  const events = ['issue.created-1.0', 'dm.version.added'];
  for (const [index, scope] of scopes.entries()) {
    const system = index === 0 ? 'autodesk.construction.issues' : 'data';
    const hook = await host.ask('hooks.create', { connection, system, event: events[index] ?? '', scope });
    expect(hook.place).toBe('Tower');
  }
});

test('later events say where a file lies, with the project that only browsing could name', async () => {
  const { aps, host, connection } = await setUp();
  const scope = { folder: aps.project.folder };
  await host.ask('hooks.create', { connection, system: 'data', event: 'dm.version.added', scope });
  const before = await nextEvent(host, () => aps.upload({ name: 'Roof.rvt' }));
  expect(before?.summary).toMatch(/^Project Files \/ Structural · /);
  await walk(host, connection, path);
  const after = await nextEvent(host, () => aps.upload({ name: 'Roof.rvt' }));
  expect(after?.summary).toMatch(/^Tower \/ Project Files \/ Structural · /);
});

test('names outlive the engine, and a newer name told by an event counts from then on', async () => {
  const aps = await startAps();
  onTestFinished(() => aps.stop());
  const options = { connectors: [apsWebhooks], folder: await temporaryFolder(), values: new Map<string, unknown>() };
  const ends: (() => Promise<void>)[] = [];
  const first = await openTestHost({ ...options, atEnd: (end) => ends.push(end) });
  const connection = await connectTo(aps, first);
  await walk(first, connection, path);
  await Promise.all(ends.map((end) => end()));

  const second = await openTestHost(options);
  await second.connect();
  const scope = { folder: aps.project.folder };
  const hook = await second.ask('hooks.create', { connection, system: 'adsk.c4r', event: 'model.publish', scope });
  expect(hook.place).toBe('Tower / Project Files / Structural');
  const lineage = `urn:adsk.wipprod:dm.lineage:${aps.files.get('Frame.rvt')?.id}`;
  await second.ask('hooks.create', { connection, system: 'data', event: 'dm.lineage.updated', scope });
  const renamed = { lineageUrn: lineage, name: 'Skeleton.rvt', context: { operation: 'UpdateLineages' } };
  await nextEvent(second, () =>
    aps.emit({
      system: 'data',
      event: 'dm.lineage.updated',
      resourceUrn: lineage,
      payload: renamed,
      region: 'US',
      scope: { folder: [aps.project.folder] },
    }),
  );
  const event = await nextEvent(second, () => aps.publish({ name: 'Frame.rvt' }));
  expect(event?.title).toMatch(/^Skeleton\.rvt: publishing/);
});
