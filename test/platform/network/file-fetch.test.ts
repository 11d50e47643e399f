import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { discard } from '../../../main/engine/requests/file-fetch.ts';
import type { FileResponse } from '../../../main/platform/network/file-fetch.ts';
import { startServer } from '../../engine/download/file-server.ts';
import { fileFetch } from '../../support/file-fetch.ts';
import { until } from '../../support/temporary.ts';

const body = Buffer.alloc(64 * 1024, 'a');

/** Responds to any request with these bytes, and closes the connection. */
async function startAnswering(...answers: Buffer[]): Promise<{ url: string; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
    socket.once('data', () => {
      for (const answer of answers) socket.write(answer);
      socket.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`, sockets };
}

function get(url: string, signal = new AbortController().signal): Promise<FileResponse> {
  return fileFetch(url, { headers: {}, signal });
}

async function read({ body: chunks }: FileResponse): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks ?? []) parts.push(chunk);
  return Buffer.concat(parts);
}

test('a server that hangs up while the reader is held back harms nobody, and the body is whole', async () => {
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  const { url, sockets } = await startAnswering(Buffer.from(head), body);
  const response = await get(url);
  await until(() => sockets[0]?.writableFinished);
  await new Promise((resolve) => setImmediate(resolve));
  expect((await read(response)).equals(body)).toBe(true);
});

test('a body that ends early is an error, not an end', async () => {
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length + 1}\r\nConnection: close\r\n\r\n`;
  const { url } = await startAnswering(Buffer.from(head), body);
  await expect(get(url).then(read)).rejects.toThrow();
});

test('headers are given byte by byte, as fetch gives them', async () => {
  const head = Buffer.from(
    'HTTP/1.1 200 OK\r\nX-Name: \xfcber\r\nX-Two: 1\r\nX-Two: 2\r\nContent-Length: 0\r\n\r\n',
    'latin1',
  );
  const { url } = await startAnswering(head);
  const response = await get(url);
  expect([response.headers.get('x-name'), response.headers.get('x-two')]).toEqual(['über', '1, 2']);
  expect(await read(response)).toHaveLength(0);
});

test('nothing of the connection is left when the body was read, discarded, or aborted', async () => {
  const open = new Set<Socket>();
  const { origin } = await startServer((request, response) => {
    open.add(request.socket);
    request.socket.once('close', () => open.delete(request.socket));
    response.writeHead(200, { 'content-length': body.length });
    if (request.url === '/whole') response.end(body);
    else response.write(body.subarray(1));
  });
  await read(await get(`${origin}/whole`));
  await until(() => open.size === 0);
  await discard(await get(`${origin}/part`));
  await until(() => open.size === 0);
  const controller = new AbortController();
  const reading = get(`${origin}/part`, controller.signal).then(read);
  await until(() => open.size === 1);
  controller.abort(new Error('closing'));
  await expect(reading).rejects.toThrow();
  await until(() => open.size === 0);
});

const chunked = (sizeEnd = '\r\n'): string => `5${sizeEnd}hello\r\n6${sizeEnd} world\r\n0\r\n\r\n`;

test.each([
  ['lines that end with a bare LF', 'HTTP/1.1 200 OK\nContent-Length: 11\nConnection: close\n\nhello world'],
  [
    'a length beside a chunked body',
    `HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n${chunked()}`,
  ],
  ['blanks behind the sizes of chunks', `HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n${chunked('  \r\n')}`],
  [
    'intermediate answers before it',
    `${'HTTP/1.1 100 Continue\r\n\r\n'.repeat(3)}HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world`,
  ],
  ['some lines with LF and some with CRLF', 'HTTP/1.1 200 OK\r\nX-A: b\nContent-Length: 11\r\n\r\nhello world'],
])('a response with %s is read as curl reads it', async (_name, answer) => {
  const { url } = await startAnswering(Buffer.from(answer));
  const response = await get(url);
  expect(response.status).toBe(200);
  if (answer.includes('chunked')) expect(response.headers.get('content-length')).toBeNull();
  expect((await read(response)).toString()).toBe('hello world');
});

test('a lenient response that ends early is an error as well', async () => {
  const { url } = await startAnswering(Buffer.from('HTTP/1.1 200 OK\nContent-Length: 20\n\nhello'));
  await expect(get(url).then(read)).rejects.toThrow();
  const cut = await startAnswering(Buffer.from('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n9\nhello'));
  await expect(get(cut.url).then(read)).rejects.toThrow();
});

test('a server that breaks the rules within its body is read leniently at the next attempt', async () => {
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  const { url, sockets } = await startAnswering(Buffer.from(head), Buffer.from(chunked(' \r\n')));
  await get(url)
    .then(read)
    .catch(() => {});
  const before = sockets.length;
  expect((await get(url).then(read)).toString()).toBe('hello world');
  expect(sockets.length).toBe(before + 1);
});

test.each([
  ['SSH-2.0-OpenSSH_9.6\r\n', /^HPE_/],
  ['HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n', /^HPE_/],
])('%s is no response in any reading, and the error says so', async (answer, code) => {
  const { url } = await startAnswering(Buffer.from(answer));
  const error = await get(url).catch((failure: unknown) => failure);
  expect(error).toMatchObject({ code: expect.stringMatching(code) });
});

test('nothing of a lenient connection is left when its body was read, discarded, or aborted', async () => {
  const { url, sockets } = await startAnswering(Buffer.from('HTTP/1.1 200 OK\n\n'), body);
  await read(await get(url));
  await discard(await get(url));
  const stop = new AbortController();
  await get(url, stop.signal);
  stop.abort();
  await until(() => sockets.length > 0 && sockets.every(({ destroyed }) => destroyed));
});
