import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { serveLoad } from './target-process.ts';

/** Responders that verify the same signature and store nothing: bare node:http, or express with its raw parser. */
const secret = 'a'.repeat(64);
const kind = process.argv[2];

function genuine(header: string | string[] | undefined, body: Buffer): boolean {
  const expected = Buffer.from(`sha1hash=${createHmac('sha1', secret).update(body).digest('hex')}`);
  const given = Buffer.from(String(header));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function bare(): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.statusCode = genuine(request.headers['x-adsk-signature'], Buffer.concat(chunks)) ? 204 : 401;
      response.end();
    });
  });
}

function withExpress(): Server {
  const app = express();
  app.post('/in/:key', express.raw({ type: () => true, limit: '1mb' }), (request, response) => {
    response.sendStatus(genuine(request.headers['x-adsk-signature'], request.body) ? 204 : 401);
  });
  return createServer(app);
}

const server = kind === 'express' ? withExpress() : bare();
server.listen(0, '127.0.0.1', () => {
  serveLoad({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in/x`, secret });
});
