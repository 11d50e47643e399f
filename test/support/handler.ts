import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';

export interface Handled {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A handler that events are forwarded to. */
export interface Handler {
  readonly url: string;
  readonly requests: Handled[];
  /** What it responds with. */
  status: number;
  /** What it responds with to a body, in place of `status`. */
  statusOf: ((body: string) => number) | undefined;
  /** Runs before it responds. */
  onRequest: (() => void) | undefined;
  /** Ends it as a crash would; requests in progress are cut off. */
  stop(): Promise<void>;
  /** Starts it again at the same port. */
  start(): Promise<void>;
}

export async function openHandler(): Promise<Handler> {
  let server: Server | undefined;
  const port = await freePort();
  const handler: Handler = {
    requests: [],
    status: 200,
    statusOf: undefined,
    onRequest: undefined,
    get url() {
      return `http://127.0.0.1:${port}/callback`;
    },
    async start() {
      const next = createServer(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body = Buffer.concat(chunks).toString();
        handler.requests.push({ headers: request.headers, body });
        handler.onRequest?.();
        const status = handler.statusOf?.(body) ?? handler.status;
        response.writeHead(status).end(`answer ${status}`);
      });
      await new Promise<void>((resolve) => next.listen(port, '127.0.0.1', resolve));
      server = next;
    },
    async stop() {
      const ending = server;
      server = undefined;
      if (!ending) return;
      const closed = new Promise((resolve) => ending.close(resolve));
      ending.closeAllConnections();
      await closed;
    },
  };
  await handler.start();
  onTestFinished(() => handler.stop());
  return handler;
}
