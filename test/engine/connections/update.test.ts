import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connectors } from '../../../main/connectors/index.ts';
import { startAps } from '../../../main/sandbox/aps/index.ts';
import { startAutoflex } from '../../../main/sandbox/autoflex/index.ts';
import { connectTo } from '../../support/autoflex-host.ts';
import { openTestHost } from '../../support/test-host.ts';

/** Somebody else's server, and everything that was sent to it. */
async function startForeignServer() {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push(`${request.url} ${JSON.stringify(request.headers)} ${Buffer.concat(chunks)}`);
    response.writeHead(401).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

async function setUp() {
  const host = await openTestHost({ connectors });
  const [autoflex, aps] = [await startAutoflex(), await startAps()];
  onTestFinished(() => Promise.all([autoflex.stop(), aps.stop()]).then(() => {}));
  const addAps = (connector: string, settings: Record<string, string> = {}) =>
    host.ask('connections.add', {
      connector,
      settings: { kind: 'app', baseUrl: aps.url, clientId: aps.clientId, ...settings },
      secrets: { clientSecret: aps.clientSecret },
    });
  return { host, autoflex, aps, addAps, foreign: await startForeignServer() };
}

test('stored secrets are never sent to a new base URL: each must be entered again', async () => {
  const { host, autoflex, addAps, foreign } = await setUp();
  const ids = [await connectTo(autoflex, host), (await addAps('aps-webhooks')).id];
  for (const id of ids) {
    const answer = await host.engine.ask('connections.update', { id, settings: { baseUrl: foreign.url } });
    expect(answer).toMatchObject({
      ok: false,
      problem: { code: 'invalid-input', reason: { code: 'connections.secretForNewAddress' } },
    });
  }
  expect(foreign.received).toEqual([]);
});

test('entering one of two secrets is not enough', async () => {
  const { host, autoflex, foreign } = await setUp();
  const id = await connectTo(autoflex, host);
  const settings = { baseUrl: foreign.url };
  const answer = await host.engine.ask('connections.update', { id, settings, secrets: { password: 'mine' } });
  expect(answer).toMatchObject({ ok: false, problem: { message: expect.stringContaining('API key') } });
  expect(foreign.received).toEqual([]);
});

test('a further host or endpoint that gets the token counts as an address, too', async () => {
  const { host, autoflex, aps, addAps, foreign } = await setUp();
  const changes = [
    [await connectTo(autoflex, host), { apiHost: new URL(foreign.url).host }],
    [(await addAps('aps-manufacturing')).id, { endpoint: `${aps.url}/another/graphql` }],
  ] as const;
  for (const [id, settings] of changes)
    expect(await host.engine.ask('connections.update', { id, settings })).toMatchObject({
      ok: false,
      problem: { reason: { code: 'connections.secretForNewAddress' } },
    });
  expect(foreign.received).toEqual([]);
});

test('with its secrets an address changes, and without a change of address one secret is replaced alone', async () => {
  const { host, autoflex } = await setUp();
  const id = await connectTo(autoflex, host);
  const moved = await startAutoflex();
  const { apiKey, password } = moved;
  onTestFinished(() => moved.stop());
  await host.ask('connections.update', { id, settings: { baseUrl: moved.url }, secrets: { apiKey, password } });
  await host.ask('connections.update', { id, settings: { baseUrl: moved.url }, secrets: { password } });
  expect((await host.ask('connections.list', {}))[0]?.settings.baseUrl).toBe(moved.url);
});
