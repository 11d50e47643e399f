import { setTimeout as delay } from 'node:timers/promises';
import {
  type Authenticator,
  connect,
  credsAuthenticator,
  type NatsConnection,
  type NodeConnectionOptions,
} from '@nats-io/transport-node';
import type { BrokerFault, BrokerOptions, BrokerUser, ConnectBroker } from '../../engine/broker.ts';
import { NatsFault, toFault } from './fault.ts';
import { openSession } from './session.ts';

/**
 * Milliseconds between attempts: each twice the previous, up to the longest, with jitter so that the members of a team
 * do not reconnect at the same time.
 */
const pauses = { first: 250, longest: 15_000 } as const;
/** Milliseconds for connecting, and between pings, two of which may stay without a response. */
const connectTimeout = 10_000;
const pingInterval = 20_000;

/** Connects to NATS servers until it is closed. */
export const connectNats: ConnectBroker = (options) => {
  const closing = new AbortController();
  const state: LoopState = { waking: new AbortController(), connection: undefined };
  const running = keepConnected(options, closing.signal, state);
  return {
    wake() {
      state.waking.abort();
    },
    async close() {
      closing.abort();
      state.waking.abort();
      await state.connection?.close();
      await running;
    },
  };
};

interface LoopState {
  /** Aborted to end the delay between two attempts. */
  waking: AbortController;
  connection: NatsConnection | undefined;
}

async function keepConnected(options: BrokerOptions, closing: AbortSignal, state: LoopState): Promise<void> {
  let attempts = 0;
  while (!closing.aborted) {
    const loss = await stayConnected(options, closing, state, () => {
      attempts = 0;
    });
    if (closing.aborted) return;
    options.lost(loss);
    const pause = Math.min(pauses.longest, pauses.first * 2 ** attempts) * (0.5 + Math.random() / 2);
    attempts += 1;
    state.waking = new AbortController();
    if (!closing.aborted) await delay(pause, undefined, { signal: state.waking.signal }).catch(() => {});
  }
}

/** Resolves with the reason when the connection is lost. */
async function stayConnected(
  options: BrokerOptions,
  closing: AbortSignal,
  state: LoopState,
  succeeded: () => void,
): Promise<BrokerFault> {
  try {
    const connection = await connect(connectionOptions(options));
    if (closing.aborted) await connection.close();
    state.connection = connection;
    succeeded();
    if (!closing.aborted) options.connected(await openSession(connection, options.inbox));
    return toLoss(await connection.closed());
  } catch (error) {
    await state.connection?.close();
    return toLoss(error);
  } finally {
    state.connection = undefined;
  }
}

function connectionOptions({ servers, secure, authority, user, credentials, name, inbox }: BrokerOptions) {
  return {
    servers: [...servers],
    ...{ name, inboxPrefix: inbox, reconnect: false, timeout: connectTimeout, pingInterval },
    // Otherwise each request collects a stack for the case that it fails.
    noAsyncTraces: true,
    ...(secure ? { tls: authority === undefined ? {} : { ca: authority } } : {}),
    authenticator:
      credentials === undefined ? authenticatorOf(user) : credsAuthenticator(new TextEncoder().encode(credentials)),
  } satisfies NodeConnectionOptions;
}

/** Signs the server's challenge; without one the server does not accept nkeys, and the connection is rejected. */
function authenticatorOf({ name, sign }: BrokerUser): Authenticator {
  return (nonce) => ({
    nkey: name,
    sig: nonce ? Buffer.from(sign(new TextEncoder().encode(nonce))).toString('base64') : '',
  });
}

function toLoss(error: unknown): BrokerFault {
  if (error === undefined) return new NatsFault('unreachable', 'the connection was closed');
  const fault = toFault(error, 'unreachable');
  // A connection attempt without a response means that the server is unreachable.
  return fault.fault === 'noResponse' ? new NatsFault('unreachable', fault.message, { cause: error }) : fault;
}
