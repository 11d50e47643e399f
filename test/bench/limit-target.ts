import { createHmac, timingSafeEqual } from 'node:crypto';
import { fdatasync, mkdtempSync, openSync, rmSync, writev } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveLoad } from './target-process.ts';

/**
 * The limit of what a durable receiver can do on this machine: node:http, one HMAC, and one synced append to a file for
 * all callers that wait. It neither recognizes repetitions nor can anything be found in its file.
 */
const secret = 'a'.repeat(64);
const folder = mkdtempSync(join(tmpdir(), 'ringback-limit-'));
const file = openSync(join(folder, 'appended'), 'a');

interface Caller {
  readonly body: Buffer;
  readonly response: ServerResponse;
}
let waiting: Caller[] = [];
let isWriting = false;

function append(): void {
  if (isWriting || waiting.length === 0) return;
  isWriting = true;
  const group = waiting;
  waiting = [];
  const answer = (error: Error | null): void => {
    for (const { response } of group) response.writeHead(error ? 503 : 204).end();
    isWriting = false;
    append();
  };
  writev(
    file,
    group.map(({ body }) => body),
    (error) => (error ? answer(error) : fdatasync(file, answer)),
  );
}

function isGenuine(header: string | string[] | undefined, body: Buffer): boolean {
  const expected = Buffer.from(`sha1hash=${createHmac('sha1', secret).update(body).digest('hex')}`);
  const given = Buffer.from(String(header));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    if (!isGenuine(request.headers['x-adsk-signature'], body)) {
      response.writeHead(401).end();
      return;
    }
    waiting.push({ body, response });
    if (waiting.length === 1) setImmediate(append);
  });
});
server.listen(0, '127.0.0.1', () => {
  serveLoad({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in/x`, secret }, () =>
    rmSync(folder, { recursive: true, force: true }),
  );
});
