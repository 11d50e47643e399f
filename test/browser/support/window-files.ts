import { createReadStream, existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type HostServer, openHostServer } from './host-server.ts';

const folder = fileURLToPath(new URL('../../../out/renderer', import.meta.url));
const kinds: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

export const windowPage = (): string => readFileSync(join(folder, 'index.html'), 'utf8');

/** Answers with a file of the built window, or with 404. */
export function sendWindowFile(path: string, response: ServerResponse, headers: Record<string, string> = {}): void {
  const file = join(folder, path === '/' ? 'index.html' : path);
  if (!file.startsWith(folder) || !existsSync(file)) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': kinds[extname(file)] ?? 'application/octet-stream', ...headers });
  createReadStream(file).pipe(response);
}

/**
 * Serves the window's scripts and styles to all simulators from one origin: Chromium compiles them once for each worker, and
 * not for each page.
 */
export async function serveWindowScripts(): Promise<HostServer> {
  const headers = { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=31536000, immutable' };
  const server = await openHostServer();
  server.serve((request, response) => sendWindowFile(request.url ?? '/', response, headers));
  return server;
}
