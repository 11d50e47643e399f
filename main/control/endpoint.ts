import { chmodSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { RingbackError } from '../engine/errors.ts';
import { describe, type Log } from '../engine/log.ts';
import { type ApiEngine, createApiRoutes, isApiPath, pathOf } from './api.ts';
import { createSocketPath, readToken, removeDescription, removeSocketFolder, writeDescription } from './description.ts';

export interface ControlOptions {
  readonly engine: ApiEngine;
  /** The data folder, locked by this process. */
  readonly folder: string;
  readonly version: string;
  readonly desktop: boolean;
  /** The window's address in a browser, with its token. */
  readonly window?: string;
  /** Shows the window; absent where it is opened by its address. */
  show?(): void;
  readonly log: Log;
  readonly platform: NodeJS.Platform;
}

/** Where the command `ringback` reaches this host: a socket that only this user may use, described by control.json in the data folder. */
export interface ControlEndpoint {
  close(): Promise<void>;
}

/** Where it cannot be opened, the host runs without it, and the log says why. */
export async function openControlEndpoint(options: ControlOptions): Promise<ControlEndpoint> {
  const { folder, version, desktop, window, log, platform } = options;
  try {
    const token = readToken(folder);
    const address = createSocketPath(folder, platform);
    const close = await serve(address, platform, createListener(options, token));
    const description = { address, token, pid: process.pid, version, desktop };
    writeDescription(folder, { ...description, ...(window === undefined ? {} : { window }) });
    return {
      async close() {
        removeDescription(folder);
        await close();
        removeSocketFolder(address, platform);
      },
    };
  } catch (error) {
    log.warn('host', `The command "ringback" cannot reach this host: ${describe(error)}`);
    return { close: async () => {} };
  }
}

type Listener = Pick<ReturnType<typeof createApiRoutes>, 'close'> & { readonly answer: RequestListener };

function createListener({ engine, log, show }: ControlOptions, token: string): Listener {
  const routes = createApiRoutes({
    ...{ engine, token, log, caller: 'shell' },
    headers: { 'cache-control': 'no-store' },
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request);
    if (isApiPath(path)) return routes.answer(request, response);
    if (path !== '/window' || request.method !== 'POST')
      throw new RingbackError('not-found', `${path} does not exist.`);
    routes.requireToken(request);
    show?.();
    routes.sendJson(response, 200, { ok: true, value: { shown: show !== undefined } });
  };
  return {
    answer: (request, response) =>
      void answer(request, response).catch((error: unknown) => routes.fail(request, response, error)),
    close: routes.close,
  };
}

/** Returns the function that ends it completely. */
async function serve(address: string, platform: NodeJS.Platform, listener: Listener): Promise<() => Promise<void>> {
  const server = createServer(listener.answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  if (platform !== 'win32') chmodSync(address, 0o600);
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      listener.close();
      setImmediate(() => server.closeAllConnections());
    });
}
