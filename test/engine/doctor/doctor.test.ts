import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Connector } from '../../../main/engine/connector/index.ts';
import { RingbackError } from '../../../main/engine/errors.ts';
import type { DiagnosticReport, Finding, Hook } from '../../../preload/contract/index.ts';
import { germanMessages } from '../../../preload/languages/de/index.ts';
import { translate } from '../../../preload/languages/index.ts';
import { dutchMessages } from '../../../preload/languages/nl/index.ts';
import { openGarage } from '../../support/autoflex-host.ts';
import { until } from '../../support/temporary.ts';
import { type Bell, createBell } from '../../support/test-connector.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';

interface Scene {
  readonly bell: Bell;
  readonly host: TestHost;
  readonly hook: Hook;
  readonly clock: { skew: number };
  ring(body: object): Promise<Response>;
}

/** Serves what a Date header needs, and forwards callbacks where it is told to. */
async function startProxy(change: (body: Buffer) => Buffer): Promise<{ url: string; target: { url: string } }> {
  const target = { url: '' };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { host: _host, 'content-length': _length, connection: _connection, ...headers } = request.headers;
    const answer = await fetch(target.url + request.url, {
      method: request.method ?? 'POST',
      headers: headers as Record<string, string>,
      ...(request.method === 'POST' ? { body: new Uint8Array(change(Buffer.concat(chunks))) } : {}),
    });
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  onTestFinished(() => server.closeAllConnections());
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, target };
}

async function setUp(more: Partial<Connector['hooks']> = {}): Promise<Scene> {
  const bell = createBell();
  const { hooks } = bell.connector;
  const clock = { skew: 0 };
  const connector: Connector = {
    ...bell.connector,
    fields: [...bell.connector.fields, { name: 'baseUrl', label: 'Base URL', kind: 'url', required: false }],
    ...(hooks ? { hooks: { ...hooks, ...more } } : {}),
    sign: (body, secret) => bell.sign(secret, Buffer.from(body).toString()),
  };
  const host = await openTestHost({ connectors: [connector], ports: { now: () => Date.now() + clock.skew } });
  const url = await host.connect();
  const { id: connection } = await host.ask('connections.add', {
    connector: 'bell',
    name: 'My house',
    settings: { account: 'me', address: url, baseUrl: url },
    secrets: { password: 'correct' },
  });
  const hook = await host.ask('hooks.create', { connection, event: 'ring', scope: { door: 'front' } });
  const secret = bell.secretOf(hook.providerId ?? '');
  const ring = (body: object) => {
    const text = JSON.stringify(body);
    return fetch(hook.callbackUrl, { method: 'POST', body: text, headers: bell.sign(secret, text) });
  };
  return { bell, host, hook, clock, ring };
}

const examine = (host: TestHost, subject: { hook?: string } = {}): Promise<DiagnosticReport> =>
  host.ask('doctor.run', subject);
const of = ({ findings }: DiagnosticReport, check: string): Finding | undefined =>
  findings.find((finding) => finding.check === check);

test('where all is well every check is good, and the way was tried to its end', async () => {
  const { host, hook } = await setUp();
  const found = await examine(host, { hook: hook.id });
  expect(found.findings.filter(({ state }) => state !== 'good')).toEqual([]);
  expect(of(found, 'delivery')?.text).toMatch(/^A delivery signed with its secret came back/);
  expect(found.verdict).toBe('Nothing is wrong: whatever happens will be heard. Perhaps nothing has happened.');
  // Its own delivery is no event.
  expect((await host.ask('events.list', {})).events).toEqual([]);
});

test('what is wrong is said in Dutch and German too, with its verdict, advice and buttons', async () => {
  const { host, hook } = await setUp();
  await host.ask('hooks.update', { id: hook.id, status: 'inactive' });
  await host.ask('settings.set', { tunnel: { provider: 'off' }, notifications: { enabled: false } });
  const { verdictMessage, findings } = await examine(host);
  const messages = findings.flatMap(({ textMessage, adviceMessage, fix }) => [
    ...[textMessage, adviceMessage, fix?.labelMessage].filter((message) => message !== undefined),
  ]);
  expect(findings.filter(({ textMessage }) => textMessage === undefined)).toEqual([]);
  for (const catalogue of [dutchMessages, germanMessages]) {
    expect(messages.filter((message) => translate(catalogue, message) === undefined)).toEqual([]);
  }
  expect(verdictMessage && translate(germanMessages, verdictMessage)).toMatch(
    /^Es ist kein Tunnel offen, daher kann kein Callback diesen Computer erreichen\. Es gibt noch \d weitere Probleme\.$/,
  );
  const status = findings.find(({ check }) => check === 'status');
  expect(status?.fix?.labelMessage && translate(dutchMessages, status.fix.labelMessage)).toBe('Inschakelen');
});

test('a tunnel that is off, and notifications that are switched off, are named with what to do', async () => {
  const { host } = await setUp();
  await host.ask('settings.set', { tunnel: { provider: 'off' }, notifications: { enabled: false } });
  const found = await examine(host);
  expect(of(found, 'tunnel')).toMatchObject({ state: 'bad', advice: 'Set one up in the settings.' });
  const { fix } = of(found, 'notifications') ?? {};
  expect(fix).toMatchObject({ label: 'Switch them on', method: 'settings.set' });
  await host.ask('settings.set', fix?.input as never);
  expect(of(await examine(host), 'notifications')).toMatchObject({ state: 'good' });
});

test('a hook that is switched off is told, with the button that repairs it', async () => {
  const { host, hook } = await setUp();
  await host.ask('hooks.update', { id: hook.id, status: 'inactive' });
  const found = await examine(host, { hook: hook.id });
  const { state, fix } = of(found, 'status') ?? {};
  expect(state).toBe('bad');
  expect(found.verdict).toBe('It is switched off: nothing is delivered.');
  expect(fix).toMatchObject({ method: 'hooks.update', input: { id: hook.id, status: 'active' } });
  await host.ask('hooks.update', fix?.input as never);
  expect(of(await examine(host, { hook: hook.id }), 'status')).toMatchObject({ state: 'good' });
});

test('wrong credentials, an unreachable provider and a wrong clock are told apart', async () => {
  const { bell, host, clock } = await setUp();
  bell.failure = new RingbackError('provider', 'Bell refused the password.');
  expect(of(await examine(host), 'credentials')).toMatchObject({ state: 'bad', text: 'Bell refused the password.' });
  bell.failure = new RingbackError('offline', 'Bell does not answer.');
  expect(of(await examine(host), 'credentials')).toMatchObject({ state: 'unsure' });
  bell.failure = undefined;
  clock.skew = 10 * 60_000;
  expect(of(await examine(host), 'clock')).toMatchObject({
    state: 'bad',
    text: "This computer's clock is 10 minutes ahead.",
  });
});

test('a proxy that rewrites the body is found out', async () => {
  const { host, hook } = await setUp();
  const { receiver } = await host.ask('status.get', {});
  const proxy = await startProxy((body) => (body.includes('ringback') ? Buffer.from(`${body} `) : body));
  proxy.target.url = `http://127.0.0.1:${receiver.port}`;
  await host.ask('settings.set', { tunnel: { provider: 'fixed', url: proxy.url } });
  await until(async () => (await host.ask('status.get', {})).tunnel.url === proxy.url);
  const { id } = await host.ask('hooks.create', {
    connection: hook.connection,
    event: 'ring',
    scope: { door: 'back' },
  });
  expect(of(await examine(host, { hook: id }), 'delivery')).toMatchObject({
    state: 'bad',
    text: 'A delivery signed with its secret was refused: something on the way changes the bytes.',
  });
});

test('a filter is tried on earlier callbacks, and what a connector doubts is passed on', async () => {
  const { host, hook, ring } = await setUp({
    passes: (filter, body) => Buffer.from(body).toString().includes(filter),
    warnings: () => [{ code: 'bell.wrongDoor', params: {}, text: 'It looks at the wrong door.' }],
  });
  await ring({ title: 'one' });
  await ring({ title: 'two' });
  const narrow = await host.ask('hooks.create', {
    connection: hook.connection,
    event: 'ring',
    scope: { door: 'side' },
    filter: 'two',
  });
  const found = await examine(host, { hook: narrow.id });
  expect(of(found, 'filter')?.text).toBe('Of the last 2 callbacks of its kind its filter lets 1 pass.');
  expect(of(found, 'doubts')).toMatchObject({ state: 'unsure', text: 'It looks at the wrong door.' });
  expect(found.verdict).toMatch(/^Nothing is known to be wrong/);
});

test('refused callbacks are told, and the report holds no secret and no callback key', async () => {
  const { bell, host, hook } = await setUp();
  await fetch(hook.callbackUrl, { method: 'POST', body: 'forged', headers: { 'x-bell-signature': 'no' } });
  const found = await examine(host, { hook: hook.id });
  expect(of(found, 'rejections')).toMatchObject({
    state: 'bad',
    text: 'A callback was refused in the last week. The latest: the signature does not match',
  });
  expect(found.verdict).toContain('A callback was refused in the last week.');
  expect(found.report).toContain('My house');
  for (const secret of ['correct', bell.secretOf(hook.providerId ?? ''), hook.callbackUrl.slice(-32)]) {
    expect(found.report).not.toContain(secret);
  }
});

test('what is not here any more cannot be examined', async () => {
  const { host } = await setUp();
  await expect(examine(host, { hook: 'gone' })).rejects.toThrow('not-found');
});

test('an account that is backed up is told by its last verified backup', async () => {
  const { host, backUp } = await openGarage();
  await host.connect();
  expect(of(await examine(host), 'backup')).toMatchObject({
    state: 'unsure',
    text: 'There is no verified backup yet.',
  });
  await backUp();
  const found = await examine(host);
  expect(of(found, 'backup')).toMatchObject({
    state: 'good',
    text: expect.stringMatching(/^The last verified backup/),
  });
  expect(of(found, 'credentials')).toMatchObject({ state: 'good' });
});
