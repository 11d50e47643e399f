import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
// Only the half that carries callbacks: the package's own registration repeats itself for ever, cannot be cancelled and tells no reason.
import TunnelCluster from 'localtunnel/lib/TunnelCluster.js';
import { z } from 'zod';
import { isSafeAddress } from '../../../preload/contract.ts';
import { RingbackError } from '../errors.ts';
import type { ProviderConnection, ProviderOptions } from './provider.ts';
import { describeUnreachable } from './unreachable.ts';

export interface LocaltunnelSettings {
  readonly host: string;
  readonly subdomain?: string | undefined;
}

/** A registration, as the localtunnel server's sources answer it. */
const Grant = z.object({
  id: z.string(),
  url: z.string().refine(isSafeAddress),
  ip: z.string().min(1).nullish(),
  port: z.int().min(1).max(65535),
  max_conn_count: z.int().min(1).catch(1),
});
type Grant = z.infer<typeof Grant>;

/** The public server grants ten connections; a relay that asks for more gets no more. */
const maxSockets = 10;
/** In pauses: a relay forgets a client about a second after its last socket, and only then is its name free again. */
const namesHeldFor = 1.5;

/** Registers at the relay and dials it. Resolves when a first socket stands, which does not yet prove that callbacks arrive. */
export async function openLocaltunnel(
  settings: LocaltunnelSettings,
  options: ProviderOptions,
): Promise<ProviderConnection> {
  const host = settings.host.replace(/\/+$/, '');
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.deadline)]);
  const grant = await registerAs(host, settings.subdomain, { ...options, signal });
  const sockets = openSockets(grant, host, options);
  signal.addEventListener('abort', sockets.giveUp, { once: true });
  try {
    await sockets.standing;
  } catch (error) {
    await sockets.close();
    const reason = `The tunnel host ${host} gave an address, but its port ${grant.port} cannot be reached. A firewall may block it.`;
    throw new RingbackError('provider', reason, { cause: error });
  }
  const remark = compareNames(settings.subdomain, grant.id);
  return { url: grant.url.replace(/\/+$/, ''), ...(remark ? { remark } : {}), close: sockets.close };
}

function compareNames(asked: string | undefined, granted: string): string | undefined {
  if (asked === undefined || asked === granted) return undefined;
  return `The relay gave another name than asked: ${granted} instead of ${asked}.`;
}

type RegisterOptions = Pick<ProviderOptions, 'fetch' | 'pause' | 'signal'>;

/** Asks a second time where another name was given: ours may still be held by the connection we had before. */
async function registerAs(host: string, subdomain: string | undefined, options: RegisterOptions): Promise<Grant> {
  const first = await register(host, subdomain, options);
  if (subdomain === undefined || first.id === subdomain) return first;
  await delay(namesHeldFor * options.pause, undefined, { signal: options.signal }).catch(() => {});
  return register(host, subdomain, options);
}

async function register(
  host: string,
  subdomain: string | undefined,
  { fetch, signal }: RegisterOptions,
): Promise<Grant> {
  const headers = { 'user-agent': 'ringback', accept: 'application/json', 'bypass-tunnel-reminder': 'ringback' };
  let status: number;
  let body: unknown;
  try {
    const response = await fetch(`${host}/${subdomain ?? '?new'}`, { headers, signal });
    status = response.status;
    body = await response.json().catch((error: unknown) => {
      if (!(error instanceof SyntaxError)) throw error;
    });
    signal.throwIfAborted();
  } catch (error) {
    throw new RingbackError('offline', `The tunnel host ${host} does not answer (${describeUnreachable(error)}).`, {
      cause: error,
    });
  }
  const grant = Grant.safeParse(body);
  if (status === 200 && grant.success) return grant.data;
  throw new RingbackError('provider', `The tunnel host ${host} gives no address (status ${status})${saying(body)}.`);
}

function saying(body: unknown): string {
  const { data } = z.object({ message: z.string().min(1).max(200) }).safeParse(body);
  return data ? `: ${data.message.replace(/[\s.]+$/, '')}` : '';
}

interface Sockets {
  /** Resolves when a socket has reached the relay, rejects when all have failed or waiting was given up. */
  readonly standing: Promise<void>;
  giveUp(): void;
  close(): Promise<void>;
}

/**
 * Keeps as many sockets dialled as the relay asks for. One that has carried a callback is replaced at once, one that
 * failed or was cut unused after a pause; when none stands, that is trouble.
 */
function openSockets(grant: Grant, host: string, { port, pause, onInterrupted: trouble }: ProviderOptions): Sockets {
  // No local_host: with it the client would decode and re-encode the first chunk, and so break signed bodies.
  const cluster = new TunnelCluster({
    remote_host: new URL(host).hostname.replace(/^\[|\]$/g, ''),
    ...(grant.ip ? { remote_ip: grant.ip } : {}),
    remote_port: grant.port,
    local_port: port,
  });
  // Without a listener its error would end the process; the socket's own close says the same, and in every case.
  cluster.on('error', () => {});
  const ending = new AbortController();
  const sockets = new Set<Socket>();
  const first = Promise.withResolvers<void>();
  first.promise.catch(() => {});

  const dial = (): void => {
    const socket = socketOf(() => cluster.open());
    if (!socket) return;
    sockets.add(socket);
    socket.once('connect', () => first.resolve());
    socket.once('close', () => {
      sockets.delete(socket);
      if (!ending.signal.aborted) replace(socket);
    });
  };
  const replace = (gone: Socket): void => {
    if (gone.bytesRead > 0) {
      dial();
      return;
    }
    if (sockets.size === 0) first.reject(new Error('no socket reached the relay'));
    if (![...sockets].some((socket) => !socket.connecting)) trouble();
    delay(pause, undefined, { signal: ending.signal }).then(dial, () => {});
  };
  for (let count = Math.min(grant.max_conn_count, maxSockets); count > 0; count--) dial();

  return {
    standing: first.promise,
    giveUp: () => first.reject(new Error('given up waiting')),
    async close() {
      ending.abort();
      const closed = [...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

/** The socket that `dial` makes; the client hands it out only once it is connected, too late to cancel it. */
function socketOf(dial: () => void): Socket | undefined {
  let made: Socket | undefined;
  const see = (message: unknown): void => {
    made ??= (message as { readonly socket: Socket }).socket;
  };
  subscribe('net.client.socket', see);
  try {
    dial();
  } finally {
    unsubscribe('net.client.socket', see);
  }
  return made;
}
