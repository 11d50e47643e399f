import { expect, test } from 'vitest';
import { startAps } from '../../../main/sandbox/aps/aps.ts';
import { type JobHost, minute, openJobHost, urnOf } from '../../support/job-host.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';

/** An engine that listens to these events of the stand-in's project. */
async function listening(...events: string[]): Promise<JobHost> {
  const stand = await openJobHost();
  const { folder, workflow } = stand.aps.project;
  for (const event of events) {
    const scope = event.startsWith('extraction') ? { workflow } : { folder };
    await stand.host.ask('hooks.create', { connection: stand.connection, event, scope });
  }
  return stand;
}

/** What rang of so many events, once all are dealt with: a last one of no job has rung too. */
async function settled(
  { aps, host, connection, notificationTitles: rang }: JobHost,
  events: number,
): Promise<string[]> {
  await aps.settled();
  await until(async () => (await host.ask('events.list', {})).events.length === events);
  const scope = { folder: aps.project.folder };
  await host.ask('hooks.create', { connection, event: 'dm.folder.added', scope });
  const payload = { name: 'Last', folderAggregatePath: '/Last' };
  await aps.emit({ system: 'data', event: 'dm.folder.added', resourceUrn: 'urn:last', payload, scope });
  return until(() => {
    const last = rang().findIndex((title) => title.includes('Last'));
    return last < 0 ? undefined : rang().slice(0, last);
  });
}

test('a published model is one story: it rings when it is queued and when the version exists', async () => {
  const stand = await listening('model.publish', 'dm.version.added');
  const { aps, host } = stand;
  await aps.upload({ name: 'Tower.rvt' });
  await aps.publish({ name: 'Tower.rvt' });
  const [under] = await until(async () => {
    const jobs = await host.ask('jobs.list', {});
    return jobs[0]?.stage === 'publishing started' ? jobs : undefined;
  });
  expect(under).toMatchObject({ kind: 'publishing', name: 'Tower.rvt', state: 'running', by: 'cloud' });
  await aps.upload({ name: 'Tower.rvt' });
  await until(async () => (await host.ask('jobs.list', {}))[0]?.state === 'success');
  expect(await settled(stand, 4)).toEqual([
    'Tower.rvt: version 1 added',
    'Tower.rvt: publishing queued',
    'Tower.rvt: version 2 published',
  ]);
  const [job, another] = await host.ask('jobs.list', {});
  expect(another).toBeUndefined();
  expect((await host.ask('jobs.get', { id: job?.id ?? '' })).events).toHaveLength(3);
});

test('while nobody listens for the version, each step of publishing rings', async () => {
  const stand = await listening('model.publish');
  await stand.aps.publish({ name: 'Tower.rvt' });
  expect(await settled(stand, 2)).toHaveLength(2);
});

test('a synchronised model that is published then stays one story', async () => {
  const stand = await listening('model.sync', 'model.publish', 'dm.version.added');
  const { aps, host } = stand;
  await aps.synchronise({ name: 'Tower.rvt' });
  await until(async () => (await host.ask('jobs.list', {}))[0]?.state === 'success');
  await aps.publish({ name: 'Tower.rvt' });
  await aps.upload({ name: 'Tower.rvt' });
  const titles = await settled(stand, 5);
  expect(titles).toEqual([
    expect.stringMatching(/: synchronised$/),
    expect.stringMatching(/: publishing queued$/),
    'Tower.rvt: version 1 published',
  ]);
  expect(await host.ask('jobs.list', {})).toMatchObject([{ state: 'success', stage: 'version 1 published' }]);
});

test('what the cloud translates by itself rings when it is complete, not at each step', async () => {
  const stand = await listening('dm.version.added', 'dm.version.modified');
  const { aps, host } = stand;
  await aps.upload({ name: 'Tower.rvt' });
  await aps.process({ name: 'Tower.rvt' });
  await until(async () => (await host.ask('jobs.list', {}))[0]?.state === 'success');
  expect(await settled(stand, 6)).toEqual(['Tower.rvt: version 1 processed']);
  expect(await host.ask('jobs.list', {})).toMatchObject([{ kind: 'processing', name: 'Tower.rvt' }]);
});

test('processing that fails rings as failed', async () => {
  const stand = await listening('dm.version.modified');
  await stand.aps.process({ name: 'Tower.rvt', steps: [['PROCESSING'], ['PROCESSING_FAILED']] });
  expect(await settled(stand, 2)).toEqual(['Tower.rvt: version 0 could not be processed']);
  expect(await stand.host.ask('jobs.list', {})).toMatchObject([{ state: 'failed' }]);
});

test('a new version rings by itself while nobody listens to its processing', async () => {
  const stand = await listening('dm.version.added');
  await stand.aps.upload({ name: 'Tower.rvt' });
  expect(await settled(stand, 1)).toEqual(['Tower.rvt: version 1 added']);
  expect(await stand.host.ask('jobs.list', {})).toEqual([]);
});

test('a new version rings by itself where only the processing in another folder is listened to', async () => {
  const stand = await listening('dm.version.added');
  const elsewhere = { folder: 'urn:adsk.wipprod:fs.folder:co.AnotherFolder000000001' };
  const wanted = { connection: stand.connection, event: 'dm.version.modified', scope: elsewhere };
  await stand.host.ask('hooks.create', wanted);
  await stand.aps.upload({ name: 'Tower.rvt' });
  expect(await settled(stand, 1)).toEqual(['Tower.rvt: version 1 added']);
});

test('a translation that others ordered is one row, and its progress never rings', async () => {
  const stand = await listening('extraction.updated', 'extraction.finished');
  await stand.aps.translate({ name: 'pump.ipt' });
  await until(async () => (await stand.host.ask('jobs.list', {}))[0]?.state === 'success');
  await stand.aps.translate({ name: 'pump.ipt', outcome: 'failed' });
  await until(async () => (await stand.host.ask('jobs.list', {})).length === 2);
  expect(await settled(stand, 4)).toEqual(['Translation finished: pump.ipt', 'Translation failed: pump.ipt']);
  expect((await stand.host.ask('jobs.list', {})).map(({ state, by }) => [state, by])).toEqual([
    ['failed', 'cloud'],
    ['success', 'cloud'],
  ]);
});

test('two hooks of one workflow ring once', async () => {
  const stand = await listening('extraction.finished', 'extraction.*');
  await stand.aps.translate({ name: 'pump.ipt' });
  expect(await settled(stand, 3)).toEqual(['Translation finished: pump.ipt']);
});

test('a thousand jobs of one workflow end in their own rows', async () => {
  const stand = await listening('extraction.finished');
  const { aps, host } = stand;
  const names = Array.from({ length: 1000 }, (_, index) => `part-${index}.ipt`);
  const fired = names.map((name) => {
    const urn = urnOf(name);
    const payload = {
      ...{ TimeStamp: Date.now(), URN: urn, EventType: 'EXTRACTION_FINISHED' },
      Payload: { status: 'success', scope: 'x', registerKey: [] },
    };
    const scope = { workflow: aps.project.workflow };
    return aps.emit({ system: 'derivative', event: 'extraction.finished', resourceUrn: urn, payload, scope });
  });
  await Promise.all(fired);
  const [first] = await until(async () => {
    const jobs = await host.ask('jobs.list', { limit: 500 });
    return jobs.length === 500 ? jobs : undefined;
  });
  expect(first?.state).toBe('success');
  await until(async () => host.changes.filter(({ type }) => type === 'job').length >= 1000, 10_000);
  const told = host.changes.flatMap((change) => (change.type === 'job' ? [change.job.name] : []));
  expect(new Set(told).size).toBe(1000);
}, 20_000);

test('a job that was open when the process ended goes on in the next one', async () => {
  const aps = await startAps({ translationTime: 40, translationCallbacks: 'lost' });
  const folder = await temporaryFolder();
  const values = new Map<string, unknown>();
  const first = await openJobHost({ at: aps, folder, values });
  const { id } = await first.start('pump.ipt');
  await first.host.engine.close();
  expect(first.notificationTitles()).toEqual([]);
  const second = await openJobHost({ at: aps, folder, values });
  expect(await second.job(id)).toMatchObject({ name: 'pump.ipt' });
  await until(async () => {
    second.advance(minute);
    return (await second.job(id)).state === 'success';
  });
  await until(() => second.notificationTitles().length > 0);
  expect(second.notificationTitles()).toEqual(['Translation finished: pump.ipt']);
  await aps.stop();
});

test('what a callback says before the process ends is told by the next one, once', async () => {
  const aps = await startAps({ translationTime: 40 });
  const folder = await temporaryFolder();
  const values = new Map<string, unknown>();
  const first = await openJobHost({ at: aps, folder, values });
  const { id } = await first.start('pump.ipt');
  await until(async () => (await first.host.ask('events.list', {})).events.length === 2);
  await first.host.engine.close();
  const second = await openJobHost({ at: aps, folder, values });
  expect(await second.ended(id)).toMatchObject({ state: 'success' });
  await until(() => [...first.notificationTitles(), ...second.notificationTitles()].length > 0);
  expect([...first.notificationTitles(), ...second.notificationTitles()]).toEqual(['Translation finished: pump.ipt']);
  await aps.stop();
});
