import { expect, test } from 'vitest';
import { openBellHost } from '../../support/bell-host.ts';
import { until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

const time = Date.parse('2026-05-01T12:00:00Z');
const deleted = (more: object = {}) => ({
  title: 'a.pdf: deleted',
  event: 'file.deleted',
  resource: 'a',
  time,
  ...more,
});

test('one deletion that three hooks report is notified once, and each report is stored', async () => {
  const { host, ring } = await openBellHost({ hooks: 3 });
  for (const hook of [0, 1, 2]) await ring(deleted(), hook);
  await ring(deleted({ title: 'the end', resource: 'b' }));
  await until(() => host.notes.some(({ title }) => title === 'the end'));
  expect(host.notes.map(({ title }) => title)).toEqual(['a.pdf: deleted', 'the end']);
  const { events } = await host.ask('events.list', {});
  expect(events.map(({ title, seenBy }) => [title, seenBy])).toEqual([
    ['the end', undefined],
    ...[1, 2, 3].map(() => ['a.pdf: deleted', 3]),
  ]);
});

test('one deletion that two accounts report is notified once, and each report is stored', async () => {
  const bell = createBell();
  const host = await openTestHost({ connectors: [bell.connector] });
  await host.connect();
  const hooks = [];
  for (const account of ['me', 'my colleague']) {
    const added = { connector: 'bell', settings: { account }, secrets: { password: 'correct' } };
    const { id: connection } = await host.ask('connections.add', added);
    hooks.push(await host.ask('hooks.create', { connection, event: 'ring', scope: { door: account } }));
  }
  const ring = async (
    payload: object,
    { callbackUrl, providerId = '' }: { callbackUrl: string; providerId?: string | undefined },
  ) => {
    const body = JSON.stringify(payload);
    const response = await fetch(callbackUrl, {
      method: 'POST',
      body,
      headers: bell.sign(bell.secretOf(providerId), body),
    });
    expect(response.status).toBe(204);
  };
  for (const hook of hooks) await ring(deleted({ system: 'data' }), hook);
  for (const [index, hook] of hooks.entries()) await ring(deleted({ system: `system ${index}`, resource: 'c' }), hook);
  for (const hook of hooks.slice(0, 1)) await ring(deleted({ title: 'the end', resource: 'b' }), hook);
  await until(() => host.notes.some(({ title }) => title === 'the end'));
  expect(host.notes.map(({ title }) => title)).toEqual([
    'a.pdf: deleted',
    'a.pdf: deleted',
    'a.pdf: deleted',
    'the end',
  ]);
  const { events } = await host.ask('events.list', {});
  expect(events.map(({ seenBy }) => seenBy)).toEqual([undefined, undefined, undefined, 2, 2]);
});

test('a happening that one hook only reports in a digest is notified by the hook of which it is wanted at once', async () => {
  const { host, ring } = await openBellHost({ hooks: 3 });
  const hooks = await host.ask('hooks.list', {});
  const quiet = hooks.find(({ event }) => event === 'ring.0')?.id ?? '';
  await host.ask('notifications.setRules', { rules: [{ hook: quiet, mode: 'digest' }] });
  for (const hook of [0, 1, 2]) await ring(deleted(), hook);
  await ring(deleted({ title: 'b.pdf: deleted', resource: 'b' }), 1);
  await ring(deleted({ title: 'b.pdf: deleted', resource: 'b' }), 0);
  await ring(deleted({ title: 'the end', resource: 'c' }), 1);
  await until(() => host.notes.some(({ title }) => title === 'the end'));
  expect(host.notes.map(({ title }) => title)).toEqual(['a.pdf: deleted', 'b.pdf: deleted', 'the end']);
});

test('a second happening with the same time is notified again, once for all hooks', async () => {
  const { host, ring } = await openBellHost({ hooks: 2 });
  for (const [attempt, hook] of [0, 1, 0, 1].entries()) await ring(deleted({ attempt }), hook);
  await ring(deleted({ title: 'the end', resource: 'b' }));
  await until(() => host.notes.some(({ title }) => title === 'the end'));
  expect(host.notes.map(({ title }) => title)).toEqual(['a.pdf: deleted', 'a.pdf: deleted', 'the end']);
});

test('another resource, time or event is another happening', async () => {
  const { host, ring } = await openBellHost({ hooks: 2 });
  await ring(deleted());
  await ring(deleted({ resource: 'b' }), 1);
  await ring(deleted({ time: time + 1000 }), 1);
  await ring(deleted({ event: 'file.added' }), 1);
  await ring(deleted({ time: undefined }), 1);
  await until(() => host.notes.length === 5);
});
