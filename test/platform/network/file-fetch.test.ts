import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { discard } from '../../../main/engine/file-fetch.ts';
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
