import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
// Only what carries callbacks: the package's registration retries without end, cannot be cancelled, gives no reason.
import TunnelCluster from 'localtunnel/lib/TunnelCluster.js';
import type { ProviderOptions } from './provider.ts';

interface RelayAddress {
  readonly host: string;
  readonly port: number;
  /** How many sockets the relay requests. */
  readonly count: number;
}

/** The sockets of one registration. */
interface RelaySockets {
  /** Resolves when a socket has reached the relay, rejects when all have failed or `abort` was called. */
  readonly connected: Promise<void>;
  abort(): void;
  close(): Promise<void>;
}

/** The public server assigns ten connections; a relay that requests more gets no more. */
const maxSockets = 10;
/** Milliseconds without traffic until a half-open socket is looked for; found within ten seconds more. */
const keepAliveDelay = 5_000;

/**
 * Keeps as many sockets connected as the relay requests. One that has carried a callback is replaced at once, one that
 * failed or was closed unused after a pause; when none is connected, the connection counts as interrupted.
 */
export function openRelaySockets(relay: RelayAddress, options: ProviderOptions): RelaySockets {
  const cluster = createCluster(relay, options.port);
  const closing = new AbortController();
  const sockets = new Set<Socket>();
  const first = Promise.withResolvers<void>();
  first.promise.catch(() => {});

  const connect = (): void => {
    const socket = captureSocket(() => cluster.open());
    if (!socket) return;
    sockets.add(socket);
    socket.once('connect', () => {
      // The package leaves the system's two hours.
      socket.setKeepAlive(true, keepAliveDelay);
      first.resolve();
    });
    socket.once('close', () => {
      sockets.delete(socket);
      if (!closing.signal.aborted) replace(socket);
    });
  };
  const replace = (closed: Socket): void => {
    if (closed.bytesRead > 0) {
      connect();
      return;
    }
    if (sockets.size === 0) first.reject(new Error('no socket reached the relay'));
    if (![...sockets].some((socket) => !socket.connecting)) options.onInterrupted();
    delay(options.pause, undefined, { signal: closing.signal }).then(connect, () => {});
  };
  for (let count = Math.min(relay.count, maxSockets); count > 0; count--) connect();

  return {
    connected: first.promise,
    abort: () => first.reject(new Error('aborted')),
    async close() {
      closing.abort();
      const closed = [...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

function createCluster({ host, port }: RelayAddress, localPort: number): TunnelCluster {
  // No local_host: with it the client would decode and re-encode the first chunk, and so break signed bodies.
  const cluster = new TunnelCluster({ remote_host: host, remote_port: port, local_port: localPort });
  // Without a listener its error would end the process; the socket's own close reports the same, and in every case.
  cluster.on('error', () => {});
  return cluster;
}

/** The socket that `open` creates; the client exposes it only once it is connected, too late to cancel it. */
function captureSocket(open: () => void): Socket | undefined {
  let created: Socket | undefined;
  const capture = (message: unknown): void => {
    created ??= (message as { readonly socket: Socket }).socket;
  };
  subscribe('net.client.socket', capture);
  try {
    open();
  } finally {
    unsubscribe('net.client.socket', capture);
  }
  return created;
}
