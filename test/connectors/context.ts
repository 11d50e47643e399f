import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Context } from '../../main/engine/connector/index.ts';
import { RingbackError } from '../../main/engine/errors.ts';
import { type Aps, type ApsOptions, startAps } from '../../main/sandbox/aps/index.ts';

export const clientSecret = 'inventedSecret42';

/** What the engine hands to a connector for one connection. */
export function createContext(baseUrl: string, changes: Partial<Context> = {}): Context {
  return {
    settings: { clientId: 'inventedClientId0123456789', baseUrl, region: 'US' },
    secrets: { clientSecret },
    storeSecret: async () => {},
    memory: new Map(),
    fetch: globalThis.fetch,
    signal: new AbortController().signal,
    now: Date.now,
    ...changes,
  };
}

/** The strict simulator of APS, and a connection to it. */
export async function openAps(options: ApsOptions = {}): Promise<{ aps: Aps; context: Context }> {
  const application = { clientId: 'inventedClientId0123456789', clientSecret };
  const aps = await startAps({ application, ...options });
  onTestFinished(() => aps.stop());
  return { aps, context: createContext(aps.url) };
}

/** A server for the answers the simulator never gives. */
export async function openServer(listener: RequestListener): Promise<{ url: string; context: Context }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, context: createContext(url) };
}

/** Answers the sign-in itself, and everything else by `listener`. */
export function signedIn(listener: RequestListener): RequestListener {
  return (request, response) => {
    if (!isSignIn(request)) return listener(request, response);
    response.setHeader('content-type', 'application/json');
    response.end('{"access_token":"inventedToken","token_type":"Bearer","expires_in":3599}');
  };
}

export function isSignIn({ url }: IncomingMessage): boolean {
  return url === '/authentication/v2/token';
}

/** The RingbackError a promise is rejected with. */
export async function failure(promise: Promise<unknown>): Promise<RingbackError> {
  const error: unknown = await promise.then(
    () => new Error('It did not fail.'),
    (cause: unknown) => cause,
  );
  if (error instanceof RingbackError) return error;
  throw error;
}
