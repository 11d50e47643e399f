import { Agent, type ClientRequestArgs, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
import { listen } from '../http/index.ts';

/** The relay's side of a tunnel: the port that its client connects to, and the connected sockets. */
export interface RelayClient {
  /** The port that the client connects to. */
  readonly port: number;
  /** Number of open sockets of the client. */
  sockets(): number;
  /** Forwards a public request over the next idle socket, for which it waits. */
  forward(request: IncomingMessage, response: ServerResponse): void;
  dropSockets(): void;
  /** Keeps the sockets open without passing data or noticing that they close. */
  freeze(): void;
  /** Resolves when all is closed; requests that wait for a socket get 404. */
  close(): Promise<void>;
}

interface Waiting {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Milliseconds that a client may be without a socket: at any time, and before its first. */
export interface RelayTimeouts {
  readonly graceMs: number;
  readonly dialMs: number;
}

/** Opens the port for the client. `onGone` is called once the client has been without a socket for too long. */
export async function openRelayClient(limit: number, timeout: RelayTimeouts, onGone: () => void): Promise<RelayClient> {
  const sockets = new Set<Socket>();
  const agent = new DialledSockets();
  let waiting: Waiting[] = [];
  let frozen = false;
  let grace = setTimeout(onGone, timeout.dialMs);

  const serve = () => {
    while (!frozen && waiting.length > 0 && agent.available()) {
      const next = waiting.shift();
      if (next && !next.response.destroyed) pass(next.request, next.response, agent);
    }
  };
  agent.on('free', serve);

  const server = createServer((socket) => {
    if (sockets.size >= limit) return void socket.destroy();
    clearTimeout(grace);
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0 && server.listening && !frozen) grace = setTimeout(onGone, timeout.graceMs);
    });
    agent.add(socket);
    serve();
  });
  const dropSockets = () => {
    for (const socket of sockets) socket.destroy();
  };

  return {
    port: await listen(server),
    sockets: () => [...sockets].filter((socket) => !socket.destroyed).length,
    forward(request, response) {
      waiting.push({ request, response });
      serve();
    },
    dropSockets,
    freeze() {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    close() {
      clearTimeout(grace);
      const left = waiting;
      waiting = [];
      for (const { response } of left) response.writeHead(404).end();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      dropSockets();
      agent.destroy();
      return closed;
    },
  };
}

/** An Agent for keep-alive connections that the client opened. */
class DialledSockets extends Agent {
  readonly #idle = new Set<Socket>();

  constructor() {
    super({ keepAlive: true });
  }

  add(socket: Socket): void {
    this.#idle.add(socket);
    socket.once('close', () => this.#idle.delete(socket));
  }

  available(): boolean {
    const kept = Object.values(this.freeSockets).flatMap((list) => list ?? []);
    return [...this.#idle, ...kept].some((socket) => !socket.destroyed);
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | undefined {
    const socket = [...this.#idle].find((one) => !one.destroyed);
    if (socket) this.#idle.delete(socket);
    else process.nextTick(() => callback?.(new Error('no socket is dialled in'), undefined as unknown as Duplex));
    return socket;
  }
}

/** Forwards one request over one socket; bodies and headers are unchanged, except for hop-by-hop headers. */
function pass(incoming: IncomingMessage, response: ServerResponse, agent: Agent): void {
  response.sendDate = false;
  const onward = request({
    agent,
    method: incoming.method,
    path: incoming.url,
    headers: endToEnd(incoming.rawHeaders),
    setHost: false,
  });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders));
    pipeline(answer, response, () => {});
  });
  onward.on('error', () => {
    if (!response.headersSent) response.writeHead(502).end();
  });
  onward.once('close', () => incoming.resume());
  response.once('close', () => {
    if (!response.writableFinished) onward.destroy();
  });
  incoming.pipe(onward);
}

const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'expect']);

function endToEnd(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => !hopByHop.has(rawHeaders[index - (index % 2)]?.toLowerCase() ?? ''));
}
