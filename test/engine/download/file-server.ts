import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface FileServer {
  /** "http://127.0.0.1:4711" */
  readonly origin: string;
  readonly requests: IncomingMessage[];
}

export type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** A server of this test; `count` is 1 for the first request. */
export async function startServer(handler: Handler): Promise<FileServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    handler(request, response, requests.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

export interface Serving {
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection is destroyed when this much of the file has been sent. */
  readonly cutAt?: number;
  /** Ranges are not supported. */
  readonly whole?: boolean;
}

export const etag = '"one"';

/** Responds as a file server does: Range, If-Range, ETag. */
export function serve(
  request: IncomingMessage,
  response: ServerResponse,
  content: Buffer,
  serving: Serving = {},
): void {
  const headers = { etag, 'accept-ranges': 'bytes', 'content-type': 'application/octet-stream', ...serving.headers };
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
  const ranged = range !== null && request.headers['if-range'] === headers.etag && serving.whole !== true;
  const start = ranged ? Number(range[1]) : 0;
  if (start >= content.length && content.length > 0) {
    response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    return;
  }
  const place = { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` };
  response.writeHead(ranged ? 206 : 200, {
    ...headers,
    ...(ranged ? place : {}),
    'content-length': content.length - start,
  });
  if (serving.cutAt === undefined || serving.cutAt >= content.length) response.end(content.subarray(start));
  else response.write(content.subarray(start, serving.cutAt), () => response.destroy());
}

/** Bytes that look random and are the same every time. */
export function seeded(bytes: number, seed = 'seed'): Buffer {
  const block = 1024;
  const parts: Buffer[] = [];
  for (let index = 0; index * 32 < Math.min(bytes, block * 32); index += 1) {
    parts.push(createHash('sha256').update(`${seed} ${index}`).digest());
  }
  const base = Buffer.concat(parts);
  const content = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += base.length) {
    base.copy(content, at);
    if (at + 4 <= bytes) content.writeUInt32LE(at / base.length, at);
  }
  return content;
}

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
