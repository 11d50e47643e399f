import { expect, test } from 'vitest';
import { minute, openJobHost, urnOf } from '../../support/job-host.ts';
import { until } from '../../support/temporary.ts';

test('a job is told from its start to its end in one row, and rings once', async () => {
  const { aps, host, start, ended: over, notificationTitles: rang } = await openJobHost();
  const { id, ...begun } = await start('pump.ipt');
  expect(begun).toMatchObject({
    urn: urnOf('pump.ipt'),
    name: 'pump.ipt',
    by: 'user',
    formats: ['svf2'],
    region: 'US',
  });
  expect(await over(id)).toMatchObject({ state: 'success', outputs: [{ format: 'svf2', state: 'success' }] });
  await aps.settled();
  await until(() => rang().length > 0);
  expect(rang()).toEqual(['Translation finished: pump.ipt']);
  expect(host.notes[0]).toMatchObject({ job: id, body: expect.stringMatching(/^svf2 · took \d+ s$/) });
  expect(await host.ask('jobs.list', {})).toHaveLength(1);
  const states = host.changes.flatMap((change) => (change.type === 'job' ? [change.job.state] : []));
  expect([...new Set(states)]).toEqual(['queued', 'running', 'success']);
});

test('what exists already is told at once, by the manifest', async () => {
  const { start, ended: over, notificationTitles: rang, host } = await openJobHost();
  await over((await start('pump.ipt')).id);
  const again = await start('pump.ipt');
  expect(again).toMatchObject({ state: 'success', existed: true });
  await until(() => rang().length === 2);
  expect(host.notes[1]?.body).toContain('there already');
  const forced = await start('pump.ipt', { force: true });
  expect(forced.existed).toBeUndefined();
  expect(await over(forced.id)).toMatchObject({ state: 'success' });
});

test('a lost callback costs minutes, not the job', async () => {
  const {
    aps,
    start,
    job,
    ended: over,
    advance: pass,
    notificationTitles: rang,
  } = await openJobHost({
    translationCallbacks: 'lost',
    translationTime: 1,
  });
  const { id } = await start('pump.ipt');
  await until(() => aps.requests.some(({ path }) => path.endsWith('/job')));
  expect((await job(id)).endedAt).toBeUndefined();
  await until(async () => {
    pass(minute);
    return (await job(id)).endedAt;
  });
  expect(await over(id)).toMatchObject({ state: 'success' });
  await until(() => rang().length > 0);
  expect(rang()).toEqual(['Translation finished: pump.ipt']);
});

test('doubled callbacks ring once', async () => {
  const {
    aps,
    host,
    start,
    ended: over,
    notificationTitles: rang,
  } = await openJobHost({ translationCallbacks: 'twice' });
  const { id } = await start('pump.ipt');
  await over(id);
  await aps.settled();
  await until(async () => {
    const { events } = await host.ask('jobs.get', { id });
    return events.map(({ deliveries }) => deliveries).join() === '2,2';
  });
  await until(() => rang().length > 0);
  expect(rang()).toEqual(['Translation finished: pump.ipt']);
});

test('a callback that comes before the answer to the order is of the same job', async () => {
  const {
    host,
    start,
    ended: over,
    notificationTitles: rang,
  } = await openJobHost({ jobAnswerDelay: 300, translationTime: 4 });
  const { id } = await start('pump.ipt');
  expect(await over(id)).toMatchObject({ state: 'success' });
  await until(() => rang().length > 0);
  expect(rang()).toEqual(['Translation finished: pump.ipt']);
  expect(await host.ask('jobs.list', {})).toHaveLength(1);
});

test('a callback that comes after a look has ended the job changes nothing', async () => {
  const {
    aps,
    host,
    start,
    job,
    advance: pass,
    notificationTitles: rang,
  } = await openJobHost({
    translationCallbacks: 'lost',
    translationTime: 1,
  });
  const { id } = await start('pump.ipt');
  await until(async () => {
    pass(minute);
    return (await job(id)).endedAt;
  });
  const workflow = JSON.parse(aps.requests.find(({ path }) => path.endsWith('/job'))?.body ?? '').misc.workflow;
  aps.behaviour.translationCallbacks = 'sent';
  await aps.emit({
    ...{ system: 'derivative', event: 'extraction.finished', resourceUrn: urnOf('pump.ipt'), scope: { workflow } },
    payload: {
      ...{ TimeStamp: Date.now(), URN: urnOf('pump.ipt'), EventType: 'EXTRACTION_FINISHED' },
      Payload: { status: 'success', scope: 'x', registerKey: [] },
    },
  });
  await until(async () => (await host.ask('jobs.get', { id })).events.length === 1);
  await until(() => rang().length > 0);
  expect(rang()).toEqual(['Translation finished: pump.ipt']);
});

test('a failure is told with what the manifest says of it', async () => {
  const { host, start, ended: over } = await openJobHost();
  expect(await over((await start('broken-housing.iam')).id)).toMatchObject({
    state: 'failed',
    messages: [{ kind: 'error', text: 'Unrecoverable exit code from extractor: -1073741831' }],
  });
  const note = await until(() => host.notes[0]);
  expect(note).toMatchObject({
    title: 'Translation failed: broken-housing.iam',
    body: expect.stringContaining('Unrecoverable exit code'),
  });
});

test('a failure inside an overall success is said', async () => {
  const { host, start, ended: over } = await openJobHost();
  const job = await over((await start('partly.ipt', { formats: ['svf2', 'obj'] })).id);
  expect(job).toMatchObject({ state: 'success', outputs: [{ state: 'success' }, { format: 'obj', state: 'failed' }] });
  expect(job.messages).toContainEqual({
    ...{ kind: 'warning', text: 'Missing link files: Arch.rvt', code: 'Translation-MissingLink' },
  });
  const note = await until(() => host.notes[0]);
  expect(note).toMatchObject({
    title: 'Translation finished: partly.ipt',
    body: expect.stringContaining('obj failed'),
  });
});

test('the picture of a finished job is kept, and handed over as data', async () => {
  const { aps, host, start, ended: over } = await openJobHost();
  const { id } = await start('pump.ipt');
  await over(id);
  const { thumbnail } = await until(async () => {
    const detail = await host.ask('jobs.get', { id });
    return detail.thumbnail ? detail : undefined;
  });
  expect(thumbnail).toMatch(/^data:image\/png;base64,iVBOR/);
  await host.ask('jobs.get', { id });
  expect(aps.requests.filter(({ path }) => path.endsWith('/thumbnail'))).toHaveLength(1);
});

test('after a day without an end it counts as unknown, and a callback can still tell', async () => {
  const {
    start,
    ended: over,
    job,
    advance: pass,
    notificationTitles: rang,
  } = await openJobHost({ translationTime: 800 });
  const { id } = await start('pump.ipt');
  pass(25 * 60 * minute);
  expect(await over(id)).toMatchObject({ state: 'timeout', problem: expect.stringContaining('24 hours') });
  await until(async () => (await job(id)).state === 'success');
  await until(() => rang().length === 2);
  expect(rang()).toEqual(['No end heard of the translation: pump.ipt', 'Translation finished: pump.ipt']);
});

test('what takes far longer than usual is called overdue, once', async () => {
  const {
    aps,
    start,
    job,
    ended: over,
    advance: pass,
    notificationTitles: rang,
  } = await openJobHost({ translationTime: 4 });
  for (const name of ['one.ipt', 'two.ipt', 'three.ipt']) await over((await start(name)).id);
  await until(() => rang().length === 3);
  aps.behaviour.translationTime = 3_600_000;
  const { id, usual } = await start('slow.ipt');
  expect(usual).toBeGreaterThanOrEqual(0);
  pass(11 * minute);
  await until(async () => (await job(id)).overdue);
  pass(minute);
  pass(minute);
  await until(() => rang().length === 4);
  expect(rang()[3]).toBe('Translation takes long: slow.ipt');
  expect(rang()).toHaveLength(4);
});

test('a job that is forgotten is gone from the list, and its callback stands for itself', async () => {
  const { host, start, notificationTitles: rang } = await openJobHost({ translationTime: 200 });
  const { id } = await start('pump.ipt');
  await host.ask('jobs.forget', { id });
  expect(await host.engine.ask('jobs.get', { id })).toMatchObject({ ok: false, problem: { code: 'not-found' } });
  await until(() => rang().length > 0);
  expect(rang()).toEqual(['Translation finished: pump.ipt']);
});
