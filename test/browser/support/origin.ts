import { createReadStream, existsSync } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How one simulator is served at the origin that all simulators of a process share, one after another. */
interface Serving {
  readonly origin: string;
  /** Ends all connections of browsers. */
  disconnect(): void;
  stop(): void;
}

/** A page without content, at the simulators' origin. */
export const blankPage = '/blank';

const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";
const folder = fileURLToPath(new URL('../../../out/renderer', import.meta.url));
const kinds: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

let started: Promise<Server> | undefined;
let listener: RequestListener | undefined;

/** Serves one simulator, in place of one that a test left open which took too long. Chromium reuses files, and scripts that it has compiled, only within one origin. */
export async function serveAtOrigin(answer: RequestListener): Promise<Serving> {
  started ??= startServer();
  const server = await started;
  server.closeAllConnections();
  listener = answer;
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    disconnect: () => server.closeAllConnections(),
    stop() {
      if (listener !== answer) return;
      listener = undefined;
      server.closeAllConnections();
    },
  };
}

/** Listens for as long as the process runs, which it does not keep from ending. */
async function startServer(): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url === blankPage) response.writeHead(200, { 'content-type': 'text/html' }).end();
    else if (listener) listener(request, response);
    else request.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.unref();
}

/** Answers with a file of the built window. The name of a file in assets/ changes with its content. */
export function sendFile(path: string, response: ServerResponse): void {
  const file = join(folder, path === '/' ? 'index.html' : path);
  if (!file.startsWith(folder) || !existsSync(file)) return void response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': kinds[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': policy,
    'cache-control': path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
  });
  createReadStream(file).pipe(response);
}
