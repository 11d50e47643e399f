import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { EngineAnswer as Answer } from '../../main/engine/index.ts';
import { type Api, openApi } from '../../main/headless/api.ts';
import { type Change, methods, type ProblemCode } from '../../preload/contract/index.ts';
import { collectingLog, silentLog } from '../support/log.ts';
import { eventually, temporaryFolder } from '../support/temporary.ts';
import { call, fixedToken } from './caller.ts';

const token = 'a'.repeat(64);
const authorization = `Bearer ${token}`;
const safe = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' };

/** The API before an engine that answers as it is told and remembers what it was asked. */
async function openTestApi(answer: (method: string, input: unknown) => Answer = () => ({ ok: true, value: {} })) {
  const folder = await temporaryFolder();
  const asked: [method: string, input: unknown][] = [];
  const listeners = new Set<(change: Change) => void>();
  const lines: string[] = [];
  const engine = {
    async ask(method: string, input: unknown) {
      asked.push([method, input]);
      return answer(method, input);
    },
    listen(listener: (change: Change) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const api = await openApi({ engine, port: 0, token: fixedToken(token), folder, log: collectingLog(lines) });
  onTestFinished(() => api.close());
  const tell = (change: Change): void => {
    for (const listener of listeners) listener(change);
  };
  const post = (path: string, body?: string | Buffer, headers = {}) =>
    call(api.port, path, {
      method: 'POST',
      headers: { authorization, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  return { api, folder, asked, listeners, lines, tell, post };
}

test('a question is handed to the engine, and its answer comes back as JSON', async () => {
  const { post, asked } = await openTestApi((_method, input) => ({ ok: true, value: { given: input } }));
  const reply = await post('/api/events.list', '{"text":"Grüße"}');
  expect(reply.status).toBe(200);
  expect(reply.headers).toMatchObject({ ...safe, 'content-type': 'application/json; charset=utf-8' });
  expect(reply.json()).toEqual({ ok: true, value: { given: { text: 'Grüße' } } });
  expect(asked).toEqual([['events.list', { text: 'Grüße' }]]);
  expect((await post('/api/status.get')).json()).toEqual({ ok: true, value: { given: {} } });
});

test.for<[ProblemCode, number]>([
  ['invalid-input', 400],
  ['unauthorized', 401],
  ['not-found', 404],
  ['conflict', 409],
  ['provider', 502],
  ['offline', 503],
  ['internal', 500],
])('the problem "%s" is answered with %i', async ([code, status]) => {
  const { post } = await openTestApi(() => ({ ok: false, problem: { code, message: 'Because.' } }));
  const reply = await post('/api/status.get', '{}');
  expect(reply.status).toBe(status);
  expect(reply.json()).toEqual({ ok: false, problem: { code, message: 'Because.' } });
});

test('an engine that fails altogether is answered with 500 without its details, which are logged', async () => {
  const { post, lines } = await openTestApi(() => {
    throw new Error('the cellar is flooded');
  });
  const reply = await post('/api/status.get', '{}');
  expect(reply.status).toBe(500);
  expect(reply.json()).toMatchObject({ ok: false, problem: { code: 'internal' } });
  expect(reply.text).not.toContain('cellar');
  expect(lines.join()).toContain('the cellar is flooded');
});

test.for([
  ['no token', {}],
  ['a wrong token', { authorization: `Bearer ${'b'.repeat(64)}` }],
  ['a token that is cut short', { authorization: `Bearer ${token.slice(1)}` }],
  ['the token in another scheme', { authorization: `Basic ${token}` }],
] as const)('with %s everything under /api is refused, whatever it is', async ([, headers]) => {
  const { api, asked, listeners } = await openTestApi();
  for (const [method, path] of [
    ['POST', '/api/status.get'],
    ['POST', `/api/status.get?token=${token}`],
    ['GET', '/api/changes'],
    ['GET', '/api/contract'],
    ['DELETE', '/api/nothing'],
    ['GET', '/api'],
  ] as const) {
    const reply = await call(api.port, path, { method, headers });
    expect([path, reply.status]).toEqual([path, 401]);
    expect(reply.json()).toMatchObject({ ok: false, problem: { code: 'unauthorized' } });
    expect(reply.text).not.toContain(token.slice(1));
  }
  expect(asked).toEqual([]);
  expect(listeners.size).toBe(0);
});

test.for([
  ['GET', '/api/status.get', undefined, 400],
  ['PUT', '/api/status.get', '{}', 400],
  ['POST', '/api/changes', '{}', 400],
  ['POST', '/api/contract', '{}', 400],
  ['POST', '/api/status.get', '{"a":', 400],
  ['POST', '/api/status.get', Buffer.from([0x22, 0xff, 0x22]), 400],
] as const)('%s %s with %s is answered with a problem as JSON', async ([method, path, body, status]) => {
  const { api, asked } = await openTestApi();
  const reply = await call(api.port, path, { method, headers: { authorization }, ...(body ? { body } : {}) });
  expect(reply.status).toBe(status);
  expect(reply.json()).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
  expect(asked).toEqual([]);
});

test('an input above 1 MB is refused, announced or not; one just below is read', async () => {
  const { api, asked, post } = await openTestApi();
  const large = `"${'x'.repeat(1024 * 1024)}"`;
  for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
    const reply = await post('/api/events.list', large, headers);
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({ problem: { message: 'The request is larger than 1 MB.' } });
  }
  expect(asked).toEqual([]);
  expect((await post('/api/events.list', `"${'x'.repeat(1024 * 1024 - 2)}"`)).status).toBe(200);
  expect((await call(api.port, '/')).status).toBe(404);
});

test('a request under another name, or from another site, is refused even with the token', async () => {
  const { api, asked } = await openTestApi();
  const refused = [
    { host: 'ringback.example.org' },
    { host: `rebound.example.org:${api.port}` },
    { host: '127.0.0.1:1' },
    { host: `localhost.example.org:${api.port}` },
    { origin: 'https://example.org' },
    { origin: 'null' },
    { origin: `https://127.0.0.1:${api.port}` },
    { origin: 'http://127.0.0.1:1' },
  ];
  for (const headers of refused) {
    const ask = await call(api.port, '/api/status.get', {
      method: 'POST',
      headers: { authorization, ...headers },
      body: '{}',
    });
    expect([headers, ask.status]).toEqual([headers, 401]);
    expect(ask.json()).toMatchObject({ ok: false, problem: { code: 'unauthorized' } });
    expect((await call(api.port, '/', { headers })).status).toBe(401);
  }
  expect(asked).toEqual([]);
  for (const headers of [{ host: `localhost:${api.port}` }, { origin: `http://127.0.0.1:${api.port}` }]) {
    const ask = await call(api.port, '/api/status.get', {
      method: 'POST',
      headers: { authorization, ...headers },
      body: '{}',
    });
    expect(ask.status).toBe(200);
    expect(ask.headers['access-control-allow-origin']).toBeUndefined();
  }
});

test('what is no request at all is answered with JSON too', async () => {
  const { api } = await openTestApi();
  const socket = connect(api.port, '127.0.0.1', () => socket.write('HELLO\r\n\r\n'));
  const [chunk] = await once(socket, 'data');
  const [head, body] = String(chunk).split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 400 /);
  expect(JSON.parse(body ?? '')).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
});

/** Opens the stream of changes; gives its lines as they come. */
async function follow(api: Api) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const response = await fetch(`http://127.0.0.1:${api.port}/api/changes`, {
    headers: { authorization },
    signal: stop.signal,
  });
  const heard: Change[] = [];
  const ended = (async () => {
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      heard.push(...lines.map((line) => JSON.parse(line) as Change));
    }
  })().catch(() => 'cut');
  return { response, heard, ended, stop };
}

test('the stream of changes begins with "ready", gives one JSON a line, and ends listening with the connection', async () => {
  const { api, tell, listeners } = await openTestApi();
  const { response, heard, stop } = await follow(api);
  expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  tell({ type: 'open', event: 'with\nline break' });
  tell({ type: 'hooks' });
  await eventually(() => expect(heard).toHaveLength(3));
  expect(heard).toEqual([{ type: 'ready' }, { type: 'open', event: 'with\nline break' }, { type: 'hooks' }]);
  stop.abort();
  await eventually(() => expect(listeners.size).toBe(0));
});

test('a listener that does not read is cut off before it fills the memory', async () => {
  const { api, tell, listeners } = await openTestApi();
  const socket = connect(api.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.pause();
  socket.write(`GET /api/changes HTTP/1.1\r\nhost: 127.0.0.1:${api.port}\r\nauthorization: ${authorization}\r\n\r\n`);
  await eventually(() => expect(listeners.size).toBe(1));
  await eventually(() => {
    tell({ type: 'open', event: 'x'.repeat(4_000_000) });
    expect(listeners.size).toBe(0);
  });
  socket.destroy();
});

test('closing ends open streams at once, cleanly', async () => {
  const { api } = await openTestApi();
  const { heard, ended } = await follow(api);
  await eventually(() => expect(heard).toHaveLength(1));
  await api.close();
  expect(await ended).toBeUndefined();
  await expect(call(api.port, '/')).rejects.toThrow('ECONNREFUSED');
});

test('the contract tells the input and output of every method as JSON Schema', async () => {
  const { api } = await openTestApi();
  const reply = await call(api.port, '/api/contract', { headers: { authorization } });
  expect(reply.status).toBe(200);
  const contract = reply.json() as Record<string, { input: object; output: object }>;
  expect(Object.keys(contract)).toEqual(Object.keys(methods));
  expect(contract['events.list']?.input).toMatchObject({ properties: { limit: { type: 'integer', maximum: 500 } } });
  expect(contract['connections.list']?.output).toMatchObject({ type: 'array' });
  expect(contract['connections.add']?.input).toMatchObject({ required: ['connector'] });
});

test('the window is served from its folder with headers that keep it shut', async () => {
  const { api, folder } = await openTestApi();
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'assets', 'index-1.js'), 'export {};');
  const page = await call(api.port, '/?theme=dark');
  expect(page).toMatchObject({ status: 200, text: '<!doctype html>' });
  expect(page.headers).toMatchObject({ ...safe, 'content-type': 'text/html; charset=utf-8' });
  expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(page.headers['content-security-policy']).toContain("script-src 'self';");
  const script = await call(api.port, '/assets/index-1.js');
  expect(script).toMatchObject({ status: 200, text: 'export {};' });
  expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
});

test('no path leads out of the window folder', async () => {
  const { api, folder } = await openTestApi();
  const inside = join(folder, 'assets');
  await mkdir(inside);
  await writeFile(join(folder, 'key.html'), 'secret');
  await symlink(join(folder, 'key.html'), join(inside, 'linked.html'));
  await writeFile(join(inside, 'settings.json'), 'secret');
  const narrow = await openApi({
    engine: { ask: () => Promise.reject(), listen: () => () => {} },
    port: 0,
    token: fixedToken(token),
    folder: inside,
    log: silentLog,
  });
  onTestFinished(() => narrow.close());
  for (const path of [
    '/../key.html',
    '/%2e%2e/key.html',
    '/..%2fkey.html',
    '/.',
    '//key.html',
    '/linked.html',
    '/settings.json',
    `${folder}/key.html`,
    '/assets/../../key.html',
    '/\\..\\key.html',
  ]) {
    const reply = await call(narrow.port, path);
    expect([path, reply.status]).toEqual([path, 404]);
    expect(reply.text).not.toContain('secret');
  }
  expect((await call(api.port, '/key.html')).text).toBe('secret');
});

test('a port in use is told with its number', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  const engine = { ask: () => Promise.reject(), listen: () => () => {} };
  await expect(openApi({ engine, port, token: fixedToken(token), folder: '/', log: silentLog })).rejects.toMatchObject({
    code: 'conflict',
    message: `Port ${port} is in use by another program. Close it, or set RINGBACK_PORT to another port.`,
  });
});

test('it listens on the loopback address alone', async ({ skip }) => {
  const { api } = await openTestApi();
  const outer = Object.values(networkInterfaces())
    .flat()
    .find((one) => one && !one.internal && one.family === 'IPv4');
  if (!outer) return skip('this machine has no other address');
  const socket = connect(api.port, outer.address);
  const [error] = await once(socket, 'error');
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});

test('figures for Prometheus are given to GET with the token alone', async () => {
  const value = { contentType: 'text/plain; version=0.0.4', text: 'ringback_tunnel_up 1\n' };
  const { api, asked, post } = await openTestApi(() => ({ ok: true, value }));
  const reply = await call(api.port, '/metrics', { headers: { authorization } });
  expect(reply).toMatchObject({ status: 200, text: value.text });
  expect(reply.headers).toMatchObject({ ...safe, 'content-type': value.contentType });
  expect(asked).toEqual([['metrics.read', {}]]);
  expect((await call(api.port, '/metrics')).status).toBe(401);
  expect((await post('/metrics')).status).toBe(400);
});
