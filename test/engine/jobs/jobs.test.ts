import { expect, test } from 'vitest';
import type { Aps } from '../../../main/sandbox/aps/index.ts';
import { minute, openJobHost, urnOf } from '../../support/job-host.ts';
import { until } from '../../support/temporary.ts';

/** Sends the callback of the latest order, that its translation is finished. */
async function callBack(aps: Aps, name: string): Promise<void> {
  const order = aps.requests.findLast(({ path }) => path.endsWith('/job'))?.body ?? '';
  const { workflow } = JSON.parse(order).misc;
  await aps.emit({
    ...{ system: 'derivative', event: 'extraction.finished', resourceUrn: urnOf(name), scope: { workflow } },
    payload: {
      ...{ TimeStamp: Date.now(), URN: urnOf(name), EventType: 'EXTRACTION_FINISHED' },
      Payload: { status: 'success', scope: 'x', registerKey: [] },
    },
  });
}

test('a job has one row from start to end and sends one notification', async () => {
  const { aps, host, start, ended, notificationTitles } = await openJobHost();
  const { id, ...started } = await start('pump.ipt');
  expect(started).toMatchObject({
    urn: urnOf('pump.ipt'),
    name: 'pump.ipt',
    by: 'user',
    formats: ['svf2'],
    region: 'US',
  });
  expect(await ended(id)).toMatchObject({ state: 'success', outputs: [{ format: 'svf2', state: 'success' }] });
  await aps.settled();
  await until(() => notificationTitles().length > 0);
  expect(notificationTitles()).toEqual(['Translation finished: pump.ipt']);
  expect(host.notes[0]).toMatchObject({ job: id, body: expect.stringMatching(/^svf2 · took \d+ s$/) });
  expect(await host.ask('jobs.list', {})).toHaveLength(1);
  const states = host.changes.flatMap((change) => (change.type === 'job' ? [change.job.state] : []));
  expect([...new Set(states)]).toEqual(['queued', 'running', 'success']);
});

test('a translation that already exists ends at once', async () => {
  const { start, ended, notificationTitles, host } = await openJobHost();
  await ended((await start('pump.ipt')).id);
  await until(() => notificationTitles().length === 1);
  const again = await start('pump.ipt');
  expect(again).toMatchObject({ state: 'success', existed: true });
  await until(() => notificationTitles().length === 2);
  expect(host.notes[1]?.body).toBe('Already translated; nothing to do.');
  const forced = await start('pump.ipt', { force: true });
  expect(forced.existed).toBeUndefined();
  expect(await ended(forced.id)).toMatchObject({ state: 'success' });
});

test('a job whose callback is lost ends by a status check', async () => {
  const { aps, start, job, ended, advance, notificationTitles } = await openJobHost({
    translationCallbacks: 'lost',
    translationTime: 1,
  });
  const { id } = await start('pump.ipt');
  await until(() => aps.requests.some(({ path }) => path.endsWith('/job')));
  expect((await job(id)).endedAt).toBeUndefined();
  await until(async () => {
    advance(minute);
    return (await job(id)).endedAt;
  });
  expect(await ended(id)).toMatchObject({ state: 'success' });
  await until(() => notificationTitles().length > 0);
  expect(notificationTitles()).toEqual(['Translation finished: pump.ipt']);
});

test('duplicate callbacks send one notification', async () => {
  const { aps, host, start, ended, notificationTitles } = await openJobHost({ translationCallbacks: 'twice' });
  const { id } = await start('pump.ipt');
  await ended(id);
  await aps.settled();
  await until(async () => {
    const { events } = await host.ask('jobs.get', { id });
    return events.map(({ deliveries }) => deliveries).join() === '2,2';
  });
  await until(() => notificationTitles().length > 0);
  expect(notificationTitles()).toEqual(['Translation finished: pump.ipt']);
});

test('a callback that arrives before the response to the order belongs to the same job', async () => {
  const { host, start, ended, notificationTitles } = await openJobHost({ jobAnswerDelay: 300, translationTime: 4 });
  const { id } = await start('pump.ipt');
  expect(await ended(id)).toMatchObject({ state: 'success' });
  await until(() => notificationTitles().length > 0);
  expect(notificationTitles()).toEqual(['Translation finished: pump.ipt']);
  expect(await host.ask('jobs.list', {})).toHaveLength(1);
});

test('a callback that arrives after a status check ended the job changes nothing', async () => {
  const { aps, host, start, job, advance, notificationTitles } = await openJobHost({
    translationCallbacks: 'lost',
    translationTime: 1,
  });
  const { id } = await start('pump.ipt');
  await until(async () => {
    advance(minute);
    return (await job(id)).endedAt;
  });
  aps.behaviour.translationCallbacks = 'sent';
  await callBack(aps, 'pump.ipt');
  await until(async () => (await host.ask('jobs.get', { id })).events.length === 1);
  await until(() => notificationTitles().length > 0);
  expect(notificationTitles()).toEqual(['Translation finished: pump.ipt']);
});

test('a failure notification contains the error of the manifest', async () => {
  const { host, start, ended } = await openJobHost();
  expect(await ended((await start('broken-housing.iam')).id)).toMatchObject({
    state: 'failed',
    messages: [{ kind: 'error', text: 'Unrecoverable exit code from extractor: -1073741831' }],
  });
  const note = await until(() => host.notes[0]);
  expect(note).toMatchObject({
    title: 'Translation failed: broken-housing.iam',
    body: expect.stringContaining('Unrecoverable exit code'),
  });
});

test('a notification names the failed formats of a successful translation', async () => {
  const { host, start, ended } = await openJobHost();
  const job = await ended((await start('partly.ipt', { formats: ['svf2', 'obj'] })).id);
  expect(job).toMatchObject({ state: 'success', outputs: [{ state: 'success' }, { format: 'obj', state: 'failed' }] });
  expect(job.messages).toContainEqual({
    ...{ kind: 'warning', text: 'Missing link files: Arch.rvt', code: 'Translation-MissingLink' },
  });
  const note = await until(() => host.notes[0]);
  expect(note).toMatchObject({
    title: 'Translation finished: partly.ipt',
    body: expect.stringContaining('Partially finished; failed: obj.'),
  });
});

test('the thumbnail of a finished job is stored and delivered as a data URL', async () => {
  const { aps, host, start, ended } = await openJobHost();
  const { id } = await start('pump.ipt');
  await ended(id);
  const { thumbnail } = await until(async () => {
    const detail = await host.ask('jobs.get', { id });
    return detail.thumbnail ? detail : undefined;
  });
  expect(thumbnail).toMatch(/^data:image\/png;base64,iVBOR/);
  await host.ask('jobs.get', { id });
  expect(aps.requests.filter(({ path }) => path.endsWith('/thumbnail'))).toHaveLength(1);
});

test('a job without a result within 24 hours is unknown, and a late callback still ends it', async () => {
  const { aps, start, ended, job, advance, notificationTitles } = await openJobHost({
    translationCallbacks: 'lost',
    translationTime: 1,
  });
  const respondAgain = aps.addFault({ path: '/manifest', status: 500 });
  const { id } = await start('pump.ipt');
  advance(25 * 60 * minute);
  expect(await ended(id)).toMatchObject({ state: 'timeout', problem: expect.stringContaining('24 hours') });
  respondAgain();
  aps.behaviour.translationCallbacks = 'sent';
  await callBack(aps, 'pump.ipt');
  await until(async () => (await job(id)).state === 'success');
  await until(() => notificationTitles().length === 2);
  expect(notificationTitles()).toEqual(['Translation result unknown: pump.ipt', 'Translation finished: pump.ipt']);
});

test('a job that takes much longer than usual is reported as overdue once', async () => {
  const { aps, start, job, ended, advance, notificationTitles } = await openJobHost({ translationTime: 4 });
  for (const name of ['one.ipt', 'two.ipt', 'three.ipt']) await ended((await start(name)).id);
  await until(() => notificationTitles().length === 3);
  aps.behaviour.translationTime = 3_600_000;
  const { id, usual } = await start('slow.ipt');
  expect(usual).toBeGreaterThanOrEqual(0);
  advance(11 * minute);
  await until(async () => (await job(id)).overdue);
  advance(minute);
  advance(minute);
  await until(() => notificationTitles().length === 4);
  expect(notificationTitles()[3]).toBe('Translation is slow: slow.ipt');
  expect(notificationTitles()).toHaveLength(4);
});

test('a removed job leaves the list, and its callback sends its own notification', async () => {
  const { host, start, notificationTitles } = await openJobHost({ translationTime: 200 });
  const { id } = await start('pump.ipt');
  await host.ask('jobs.forget', { id });
  expect(await host.engine.ask('jobs.get', { id })).toMatchObject({ ok: false, problem: { code: 'not-found' } });
  await until(() => notificationTitles().length > 0);
  expect(notificationTitles()).toEqual(['Translation finished: pump.ipt']);
});
