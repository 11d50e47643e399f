import { expect, test } from 'vitest';
import { eventually, until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';
import { reachable, serve } from './tunnel-host.ts';

const url = 'http://127.0.0.1:9';
const fixed = { provider: 'fixed', url } as const;

/** A router without NAT loopback: this computer cannot reach its own public URL. */
function noLoopback(works = { now: false }) {
  const refuse: typeof fetch = async (input, init) => {
    if (works.now) return fetch(input, init);
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
  };
  return refuse;
}

test('a delivery through the public URL counts in place of the echo', async () => {
  const { tunnel, reported, state } = await reachable(fixed, { fetch: noLoopback() });
  await state('down');
  tunnel.confirm('http://127.0.0.1:99/in/key');
  expect(tunnel.status.state).toBe('down');
  tunnel.confirm(`${url}/in/key`);
  expect(tunnel.status).toMatchObject({ state: 'up', url, verifiedBy: 'delivery' });
  expect(tunnel.status.problem).toContain('a callback arrived through it');
  expect(tunnel.status.reason).toMatchObject({
    code: 'tunnel.confirmedByDelivery',
    params: { at: expect.any(String) },
  });
  expect((await tunnel.check()).state).toBe('up');
  expect(reported.at(-1)?.state).toBe('up');
});

test('an old delivery, or one before sleep, counts no more', async () => {
  const clock = { now: Date.now() };
  const timings = { confirmationLifetime: 60_000 };
  const { tunnel, state } = await reachable(fixed, { fetch: noLoopback(), now: () => clock.now, timings });
  await state('down');
  tunnel.confirm(`${url}/in/key`);
  clock.now += 60_001;
  expect((await tunnel.check()).state).toBe('down');
  tunnel.confirm(`${url}/in/key`);
  expect((await tunnel.check()).state).toBe('up');
  tunnel.wake();
  await state('down');
});

test('an answered echo replaces the delivery', async () => {
  const page = await serve((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming
      .on('data', (chunk) => chunks.push(chunk))
      .on('end', () => response.end(echo.answer(Buffer.concat(chunks))));
  });
  const works = { now: false };
  const { echo, tunnel, state } = await reachable({ provider: 'fixed', url: page.url }, { fetch: noLoopback(works) });
  await state('down');
  tunnel.confirm(`${page.url}/in/key`);
  works.now = true;
  await tunnel.check();
  expect(tunnel.status).toEqual({ provider: 'fixed', state: 'up', url: page.url });
});

test('a URL that the user trusts is up although it cannot be verified', async () => {
  const { tunnel, state } = await reachable({ ...fixed, trusted: true }, { fetch: noLoopback() });
  expect(await state('up')).toMatchObject({ verifiedBy: 'trust', reason: { code: 'tunnel.trusted' } });
  expect((await tunnel.check()).state).toBe('up');
});

test('an echo that arrives with its body changed is down although the user trusts the URL', async () => {
  const changing = await serve(async (incoming, response) => {
    for await (const _ of incoming);
    response.end(echo.answer(Buffer.from('changed')));
  });
  const { echo, state } = await reachable({ provider: 'fixed', url: changing.url, trusted: true });
  expect((await state('down')).reason?.code).toBe('tunnel.bodyChanged');
});

test('a genuine callback at the current URL brings the tunnel up, and hooks are reconciled again', async () => {
  const bell = createBell();
  const host = await openTestHost({ connectors: [bell.connector], ports: { fetch: noLoopback() } });
  const publicUrl = 'https://callbacks.example.com';
  await host.ask('settings.set', { tunnel: { provider: 'fixed', url: publicUrl } });
  const { id } = await host.ask('connections.add', {
    connector: 'bell',
    settings: { account: 'me' },
    secrets: { password: 'correct' },
  });
  const hook = await host.ask('hooks.create', { connection: id, event: 'ring', scope: { door: 'front' } });
  await until(async () => (await host.ask('status.get', {})).tunnel.state === 'down');
  const { receiver } = await host.ask('status.get', {});
  const { pathname } = new URL(hook.callbackUrl);
  const body = '{"title":"done"}';
  const local = `http://127.0.0.1:${receiver.port}${pathname}`;
  const forged = await fetch(local, { method: 'POST', body });
  expect(forged.status).toBe(401);
  expect((await host.ask('status.get', {})).tunnel.state).toBe('down');
  const headers = bell.sign(bell.secretOf(hook.providerId ?? ''), body);
  expect((await fetch(local, { method: 'POST', body, headers })).status).toBe(204);
  expect((await host.ask('status.get', {})).tunnel).toMatchObject({ state: 'up', verifiedBy: 'delivery' });
  const finding = (await host.ask('doctor.run', {})).findings.find(({ check }) => check === 'tunnel');
  expect(finding).toMatchObject({ state: 'unsure', text: expect.stringContaining('a callback arrived through it') });
  await eventually(() => expect(host.changes.some(({ type }) => type === 'hooks')).toBe(true));
});
