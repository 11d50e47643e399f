import { expect, test } from 'vitest';
import { startAps } from '../../../main/sandbox/aps/index.ts';
import { extent } from '../../endurance/extent.ts';
import { type JobHost, minute, openJobHost, urnOf } from '../../support/job-host.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';

/** An engine with hooks for these events of the simulated project. */
async function listening(...events: string[]): Promise<JobHost> {
  const setup = await openJobHost();
  const { folder, workflow } = setup.aps.project;
  for (const event of events) {
    const scope = event.startsWith('extraction') ? { workflow } : { folder };
    await setup.host.ask('hooks.create', { connection: setup.connection, event, scope });
  }
  return setup;
}

/** The notification titles of this many events; a last event without a job shows that all are processed. */
async function settled({ aps, host, connection, notificationTitles }: JobHost, events: number): Promise<string[]> {
  await aps.settled();
  await until(async () => (await host.ask('events.list', {})).events.length === events);
  const scope = { folder: aps.project.folder };
  await host.ask('hooks.create', { connection, event: 'dm.folder.added', scope });
  const payload = { name: 'Last', folderAggregatePath: '/Last' };
  await aps.emit({ system: 'data', event: 'dm.folder.added', resourceUrn: 'urn:last', payload, scope });
  return until(() => {
    const last = notificationTitles().findIndex((title) => title.includes('Last'));
    return last < 0 ? undefined : notificationTitles().slice(0, last);
  });
}

test('a published model is one job with notifications when it is queued and when the version exists', async () => {
  const setup = await listening('model.publish', 'dm.version.added');
  const { aps, host } = setup;
  await aps.upload({ name: 'Tower.rvt' });
  await aps.publish({ name: 'Tower.rvt' });
  const [publishing] = await until(async () => {
    const jobs = await host.ask('jobs.list', {});
    return jobs[0]?.stage === 'publishing started' ? jobs : undefined;
  });
  expect(publishing).toMatchObject({ kind: 'publishing', name: 'Tower.rvt', state: 'running', by: 'cloud' });
  await aps.upload({ name: 'Tower.rvt' });
  await until(async () => (await host.ask('jobs.list', {}))[0]?.state === 'success');
  expect(await settled(setup, 4)).toEqual([
    'Tower.rvt: version 1 added',
    'Tower.rvt: publishing queued',
    'Tower.rvt: version 2 published',
  ]);
  const [job, another] = await host.ask('jobs.list', {});
  expect(another).toBeUndefined();
  const { events } = await host.ask('jobs.get', { id: job?.id ?? '' });
  expect(events).toHaveLength(3);
  expect(await host.ask('jobs.about', { event: events[0]?.id ?? '' })).toMatchObject([{ id: job?.id }]);
  expect(await host.ask('jobs.about', { event: 'unknown' })).toEqual([]);
});

test('without a hook for the version, each step of publishing sends a notification', async () => {
  const setup = await listening('model.publish');
  await setup.aps.publish({ name: 'Tower.rvt' });
  expect(await settled(setup, 2)).toHaveLength(2);
});

test('a model that is synchronised and then published is one job', async () => {
  const setup = await listening('model.sync', 'model.publish', 'dm.version.added');
  const { aps, host } = setup;
  await aps.synchronise({ name: 'Tower.rvt' });
  await until(async () => (await host.ask('jobs.list', {}))[0]?.state === 'success');
  await aps.publish({ name: 'Tower.rvt' });
  await aps.upload({ name: 'Tower.rvt' });
  const titles = await settled(setup, 5);
  expect(titles).toEqual([
    expect.stringMatching(/: synchronised$/),
    expect.stringMatching(/: publishing queued$/),
    'Tower.rvt: version 1 published',
  ]);
  expect(await host.ask('jobs.list', {})).toMatchObject([{ state: 'success', stage: 'version 1 published' }]);
});

test('cloud processing sends a notification when it is complete, not at each step', async () => {
  const setup = await listening('dm.version.added', 'dm.version.modified');
  const { aps, host } = setup;
  await aps.upload({ name: 'Tower.rvt' });
  await aps.process({ name: 'Tower.rvt' });
  await until(async () => (await host.ask('jobs.list', {}))[0]?.state === 'success');
  expect(await settled(setup, 6)).toEqual(['Tower.rvt: version 1 processed']);
  expect(await host.ask('jobs.list', {})).toMatchObject([{ kind: 'processing', name: 'Tower.rvt' }]);
});

test('failed processing sends a notification', async () => {
  const setup = await listening('dm.version.modified');
  await setup.aps.process({ name: 'Tower.rvt', steps: [['PROCESSING'], ['PROCESSING_FAILED']] });
  expect(await settled(setup, 2)).toEqual(['Tower.rvt: version 0 could not be processed']);
  expect(await setup.host.ask('jobs.list', {})).toMatchObject([{ state: 'failed' }]);
});

test('a new version sends its own notification while no hook listens to its processing', async () => {
  const setup = await listening('dm.version.added');
  await setup.aps.upload({ name: 'Tower.rvt' });
  expect(await settled(setup, 1)).toEqual(['Tower.rvt: version 1 added']);
  expect(await setup.host.ask('jobs.list', {})).toEqual([]);
});

test('a new version sends its own notification while a hook listens only to the processing in another folder', async () => {
  const setup = await listening('dm.version.added');
  const elsewhere = { folder: 'urn:adsk.wipprod:fs.folder:co.AnotherFolder000000001' };
  const wanted = { connection: setup.connection, event: 'dm.version.modified', scope: elsewhere };
  await setup.host.ask('hooks.create', wanted);
  await setup.aps.upload({ name: 'Tower.rvt' });
  expect(await settled(setup, 1)).toEqual(['Tower.rvt: version 1 added']);
});

test('a translation started elsewhere is one job, and its progress sends no notification', async () => {
  const setup = await listening('extraction.updated', 'extraction.finished');
  await setup.aps.translate({ name: 'pump.ipt' });
  await until(async () => (await setup.host.ask('jobs.list', {}))[0]?.state === 'success');
  await setup.aps.translate({ name: 'pump.ipt', outcome: 'failed' });
  await until(async () => (await setup.host.ask('jobs.list', {})).length === 2);
  expect(await settled(setup, 4)).toEqual(['Translation finished: pump.ipt', 'Translation failed: pump.ipt']);
  expect((await setup.host.ask('jobs.list', {})).map(({ state, by }) => [state, by])).toEqual([
    ['failed', 'cloud'],
    ['success', 'cloud'],
  ]);
});

test('two hooks of one workflow send one notification', async () => {
  const setup = await listening('extraction.finished', 'extraction.*');
  await setup.aps.translate({ name: 'pump.ipt' });
  expect(await settled(setup, 3)).toEqual(['Translation finished: pump.ipt']);
});

const many = extent({ full: 1000, short: 150 });

test(`${many} jobs of one workflow each have their own row`, async () => {
  const setup = await listening('extraction.finished');
  const { aps, host } = setup;
  const names = Array.from({ length: many }, (_, index) => `part-${index}.ipt`);
  const emitted = names.map((name) => {
    const urn = urnOf(name);
    const payload = {
      ...{ TimeStamp: Date.now(), URN: urn, EventType: 'EXTRACTION_FINISHED' },
      Payload: { status: 'success', scope: 'x', registerKey: [] },
    };
    const scope = { workflow: aps.project.workflow };
    return aps.emit({ system: 'derivative', event: 'extraction.finished', resourceUrn: urn, payload, scope });
  });
  await Promise.all(emitted);
  const reported = () => host.changes.flatMap((change) => (change.type === 'job' ? [change.job.name] : []));
  await until(() => new Set(reported()).size === many);
  const jobs = await host.ask('jobs.list', { limit: 500 });
  expect(jobs).toHaveLength(Math.min(many, 500));
  expect(jobs[0]?.state).toBe('success');
});

test('a job that was open when the process ended continues in the next process', async () => {
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

test('a callback received before the process ends is reported once by the next process', async () => {
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

test('why a translation that was started elsewhere failed is looked up before its notification, which starts it again', async () => {
  const { host, aps } = await listening('extraction.finished');
  await aps.translate({ name: 'broken-housing.iam', outcome: 'failed' });
  const note = await until(() => host.notes.find(({ title }) => title.startsWith('Translation failed')));
  expect(note.body).toContain('Unrecoverable exit code');
  expect(note.actions).toEqual(['open', 'retry', 'copy-error']);
  await host.ask('notifications.retry', { id: note.id ?? '' });
  const jobs = await host.ask('jobs.list', {});
  expect(jobs.map(({ by }) => by).sort()).toEqual(['cloud', 'user']);
});
