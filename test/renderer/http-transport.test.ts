import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Change } from '../../preload/contract/index.ts';
import { createHttpTransport } from '../../renderer/transport/http-transport.ts';
import { eventually } from '../support/temporary.ts';

const servers = new Set<Server>();
const ends = new Set<() => void>();

afterEach(async () => {
  for (const end of ends) end();
  ends.clear();
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  servers.clear();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function hear(transport: ReturnType<typeof createHttpTransport>): Change[] {
  const heard: Change[] = [];
  ends.add(transport.listen((change) => heard.push(change)));
  return heard;
}

test('a question carries the token and its answer comes back, a failure as data', async () => {
  const base = await serve((request, response) => {
    const known = request.headers.authorization === 'Bearer key' && request.url === '/api/status.get';
    const answer = known
      ? { ok: true, value: { version: '1' } }
      : { ok: false, problem: { code: 'unauthorized', message: 'No.' } };
    response.writeHead(known ? 200 : 401).end(JSON.stringify(answer));
  });
  expect(await createHttpTransport({ base, token: 'key' }).ask('status.get', {})).toMatchObject({ ok: true });
  const refused = await createHttpTransport({ base, token: 'wrong' }).ask('status.get', {});
  expect(refused).toEqual({ ok: false, problem: { code: 'unauthorized', message: 'No.' } });
});

test('a host that does not answer, or not in our words, is a problem too', async () => {
  const base = await serve((_request, response) => response.end('"hello"'));
  expect(await createHttpTransport({ base, token: 'key' }).ask('status.get', {})).toMatchObject({
    problem: { code: 'internal' },
  });
  const nobody = createHttpTransport({ base: 'http://127.0.0.1:1', token: 'key' });
  expect(await nobody.ask('status.get', {})).toMatchObject({ problem: { code: 'offline' } });
});

test('changes are heard even where a line comes in pieces', async () => {
  const base = await serve((_request, response) => {
    response.write('{"type":"ready"}\n{"type":"ho');
    setImmediate(() => response.write('oks"}\n{"type":"open","event":"é"}\n'));
  });
  const heard = hear(createHttpTransport({ base, token: 'key' }));
  await eventually(() => expect(heard).toEqual([{ type: 'ready' }, { type: 'hooks' }, { type: 'open', event: 'é' }]));
});

test('a stream that ends is opened again, and the link tells how it stands', async () => {
  const streams: ServerResponse[] = [];
  const base = await serve((_request, response) => {
    streams.push(response);
    response.write('{"type":"ready"}\n');
  });
  const transport = createHttpTransport({ base, token: 'key', pause: () => 60_000 });
  expect(transport.state.get()).toBe('connecting');
  const heard = hear(transport);
  await eventually(() => expect(transport.state.get()).toBe('connected'));
  streams[0]?.end();
  await eventually(() => expect(transport.state.get()).toBe('disconnected'));
  transport.retry();
  await eventually(() => expect(heard).toHaveLength(2));
  expect(transport.state.get()).toBe('connected');
});

test('attempts to reconnect are counted until one succeeds', async () => {
  const attempts: number[] = [];
  let knocks = 0;
  const base = await serve((_request, response) => {
    knocks++;
    if (knocks === 3) response.end('{"type":"ready"}\n');
    else response.writeHead(503).end();
  });
  hear(createHttpTransport({ base, token: 'key', pause: (attempt) => attempts.push(attempt) }));
  await eventually(() => expect(attempts.slice(0, 4)).toEqual([1, 2, 1, 2]));
});

test('a token that is refused is not tried again, and without one nothing is tried', async () => {
  let knocks = 0;
  const base = await serve((_request, response) => {
    knocks++;
    response.writeHead(401).end('{}');
  });
  const refused = createHttpTransport({ base, token: 'old', pause: () => 1 });
  hear(refused);
  await eventually(() => expect(refused.state.get()).toBe('rejected'));
  const keyless = createHttpTransport({ base });
  hear(keyless);
  expect(keyless.state.get()).toBe('unauthenticated');
  expect(knocks).toBe(1);
});

test('nothing is heard once listening has ended', async () => {
  const streams: ServerResponse[] = [];
  const base = await serve((_request, response) => {
    streams.push(response);
    response.write('{"type":"ready"}\n');
  });
  const heard: Change[] = [];
  const end = createHttpTransport({ base, token: 'key' }).listen((change) => heard.push(change));
  await eventually(() => expect(heard).toHaveLength(1));
  const closed = new Promise((resolve) => streams[0]?.on('close', resolve));
  end();
  await closed;
  expect(heard).toHaveLength(1);
});
