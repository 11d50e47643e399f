import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Input } from '../../../preload/contract/index.ts';
import { openBellHost } from '../../support/bell-host.ts';
import { openHandler } from '../../support/handler.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';

const sign = (body: Uint8Array, secret: string) => ({
  'x-bell-signature': createHmac('sha256', secret).update(body).digest('hex'),
});

type Forward = NonNullable<Input<'hooks.update'>['forward']>;

async function forwarded(host: TestHost, forward: Partial<Forward> & { url: string }) {
  const [hook] = await host.ask('hooks.list', {});
  await host.ask('hooks.update', { id: hook?.id ?? '', forward: { enabled: true, ...forward } });
  return hook?.id ?? '';
}

async function attemptsOf(host: TestHost) {
  const { events } = await host.ask('events.list', {});
  return (await host.ask('events.get', { id: events[0]?.id ?? '' })).forwards ?? [];
}

test('events are forwarded byte for byte with the headers of the provider', async () => {
  const handler = await openHandler();
  const { host, ring } = await openBellHost();
  await ring({ name: 'before' });
  await forwarded(host, { url: handler.url });
  await ring({ name: 'Grüße  ' });
  await until(() => handler.requests.length === 1);
  const [event] = (await host.ask('events.list', {})).events;
  const stored = await host.ask('events.get', { id: event?.id ?? '' });
  const [request] = handler.requests;
  expect(request?.body).toBe(JSON.stringify({ name: 'Grüße  ' }));
  expect(request?.headers).toMatchObject({
    'x-bell-signature': stored.headers['x-bell-signature'],
    'x-ringback-event': event?.id,
    'x-ringback-attempt': '1',
  });
  expect(await until(async () => (await attemptsOf(host))[0])).toMatchObject({ status: 200, answer: 'answer 200' });
  expect((await host.ask('hooks.list', {}))[0]?.forward).toEqual({ url: handler.url, enabled: true, signed: false });
});

test('with a secret they are signed again, and the secret stays with its origin', async () => {
  const handler = await openHandler();
  const { host, ring } = await openBellHost({ connector: { sign } });
  const id = await forwarded(host, { url: handler.url, secret: 'handler secret' });
  await ring({ name: 'one' });
  const request = await until(() => handler.requests[0]);
  expect(request.headers['x-bell-signature']).toBe(
    sign(Buffer.from(request.body), 'handler secret')['x-bell-signature'],
  );
  expect(JSON.stringify([...host.values])).not.toContain('handler secret');
  const change = async (url: string) =>
    (await host.ask('hooks.update', { id, forward: { url, enabled: true } })).forward?.signed;
  expect(await change(`${handler.url}/other`)).toBe(true);
  expect(await change('http://localhost:1/callback')).toBe(false);
});

test('a connection that does not sign cannot sign again: the attempt says so', async () => {
  const handler = await openHandler();
  const { host, ring } = await openBellHost();
  await forwarded(host, { url: handler.url, secret: 'secret' });
  await ring({ name: 'one' });
  const [attempt] = await until(async () => {
    const attempts = await attemptsOf(host);
    return attempts.length > 0 ? attempts : undefined;
  });
  expect(attempt?.problem).toContain('does not sign');
  expect(handler.requests).toEqual([]);
});

test('a handler that fails gets the event again, and those after it in their order', async () => {
  const handler = await openHandler();
  handler.status = 500;
  const { host, ring } = await openBellHost();
  await forwarded(host, { url: handler.url });
  for (const name of ['one', 'two', 'three']) await ring({ name });
  await until(() => handler.requests.length >= 2);
  handler.status = 204;
  await until(() => handler.requests.some(({ body }) => body.includes('three')));
  const order = handler.requests.map(({ body }) => (JSON.parse(body) as { name: string }).name);
  expect(order.slice(-3)).toEqual(['one', 'two', 'three']);
  expect(new Set(order.slice(0, -3))).toEqual(new Set(['one']));
  expect(handler.requests.at(-3)?.headers['x-ringback-attempt']).toBe(String(order.length - 2));
});

test('an event that is not accepted within an hour is notified, once until one is', async () => {
  const handler = await openHandler();
  handler.status = 500;
  let shift = 0;
  const { host, ring } = await openBellHost({ ports: { now: () => Date.now() + shift } });
  await forwarded(host, { url: handler.url });
  await ring({ name: 'one' });
  await until(async () => (await attemptsOf(host)).length > 0);
  shift = 2 * 60 * 60 * 1000;
  await ring({ name: 'two' });
  const note = await until(() => host.notes.find(({ title }) => title.startsWith('Event not forwarded')));
  expect(note).toMatchObject({ actions: ['open', 'copy-error'] });
  expect(note.body).toContain(`${new URL(handler.url).origin} did not accept an event within an hour (status 500).`);
  handler.status = 204;
  await until(() => handler.requests.some(({ body }) => body.includes('two')));
  expect(host.notes.filter(({ title }) => title.startsWith('Event not forwarded'))).toHaveLength(1);
});

test('redirects are not followed', async () => {
  const handler = await openHandler();
  handler.status = 302;
  const { host, ring } = await openBellHost();
  await ring({ name: 'one' });
  const [event] = (await host.ask('events.list', {})).events;
  expect(await host.ask('events.forward', { id: event?.id ?? '', url: handler.url })).toMatchObject({ status: 302 });
});

test('what was not answered before a crash is sent again after it', async () => {
  const folder = await temporaryFolder();
  const values = new Map<string, unknown>();
  const handler = await openHandler();
  await handler.stop();
  let close: (() => Promise<void>) | undefined;
  const first = await openBellHost({
    ...{ folder, values },
    atEnd: (end) => {
      close = end;
    },
  });
  await forwarded(first.host, { url: handler.url });
  for (const name of ['one', 'two']) await first.ring({ name });
  await until(async () => (await first.host.ask('events.list', {})).events.length === 2);
  await close?.();
  await handler.start();
  await openTestHost({ connectors: [createBell().connector], folder, values });
  await until(() => handler.requests.length >= 2);
  expect(handler.requests.slice(-2).map(({ body }) => body)).toEqual(['{"name":"one"}', '{"name":"two"}']);
});

test('a handler that is killed and started again gets each of many events at least once, in order', async () => {
  const handler = await openHandler();
  const { host, ring } = await openBellHost();
  await forwarded(host, { url: handler.url });
  const count = 200;
  const ringing = (async () => {
    for (let index = 0; index < count; index++) await ring({ name: `${index}` });
  })();
  for (const reached of [20, 60]) {
    await until(() => handler.requests.length >= reached);
    await handler.stop();
    await handler.start();
  }
  await ringing;
  const names = () => handler.requests.map(({ body }) => Number((JSON.parse(body) as { name: string }).name));
  await until(() => names().includes(count - 1));
  const firsts = [...new Set(names())];
  expect(firsts).toEqual(Array.from({ length: count }, (_, index) => index));
});

test('without an order several events are sent at once, and one that fails holds up no other', async () => {
  const handler = await openHandler();
  handler.statusOf = (body) => (body.includes('bad') ? 500 : 204);
  const { host, ring } = await openBellHost();
  const id = await forwarded(host, { url: handler.url, order: 'parallel' });
  expect((await host.ask('hooks.list', {}))[0]?.forward?.order).toBe('parallel');
  for (const name of ['bad', 'one', 'two']) await ring({ name });
  const accepted = () => handler.requests.filter(({ body }) => !body.includes('bad')).map(({ body }) => body);
  await until(() => accepted().length === 2);
  expect(accepted().sort()).toEqual(['{"name":"one"}', '{"name":"two"}']);
  // The event that failed is retried until it is accepted.
  const before = handler.requests.length;
  handler.statusOf = undefined;
  await until(() => handler.requests.slice(before).some(({ body }) => body.includes('bad')));
  // The order stays where a change does not name it.
  const changed = await host.ask('hooks.update', { id, forward: { url: `${handler.url}/other`, enabled: false } });
  expect(changed.forward).toMatchObject({ enabled: false, order: 'parallel' });
});

test('ended forwarding sends nothing, and events of other hooks stay here', async () => {
  const handler = await openHandler();
  const { host, ring } = await openBellHost({ hooks: 2 });
  const id = await forwarded(host, { url: handler.url });
  await ring({ name: 'other' }, 1);
  await ring({ name: 'mine' }, 0);
  await until(() => handler.requests.length === 1);
  expect(handler.requests[0]?.body).toContain('mine');
  await host.ask('hooks.update', { id, forward: null });
  await ring({ name: 'later' });
  await until(() => host.notes.some(({ title }) => title.includes('later')));
  expect(handler.requests).toHaveLength(1);
  expect((await host.ask('hooks.list', {})).every(({ forward }) => forward === undefined)).toBe(true);
});

test('only http and https addresses without credentials are accepted', async () => {
  const { host } = await openBellHost();
  for (const url of ['ftp://localhost/', 'http://user:word@localhost/', 'localhost:3000', 'http://localhost/#part'])
    await expect(forwarded(host, { url })).rejects.toThrow('must be an http or https address');
});

test('signed events that are forwarded without encryption beyond this computer are warned of', async () => {
  const { host } = await openBellHost({ connector: { sign } });
  const warned = async () => (await host.ask('status.get', {})).warnings.map(({ reason }) => reason);
  await forwarded(host, { url: 'http://localhost:9/callback', secret: 'handler secret' });
  await forwarded(host, { url: 'http://handler.example/callback', enabled: false });
  await forwarded(host, { url: 'https://handler.example/callback', enabled: false, secret: 'handler secret' });
  await forwarded(host, { url: 'http://handler.example:8080/callback', enabled: false, secret: 'handler secret' });
  expect(await warned()).toEqual([]);
  await forwarded(host, { url: 'http://handler.example:8080/callback', enabled: true });
  expect(await warned()).toEqual([{ code: 'forward.unencrypted', params: { host: 'handler.example:8080' } }]);
});
