import { chmodSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { RingbackError } from '../engine/errors.ts';
import { describe, type Log } from '../engine/log.ts';
import { accessMessages } from '../engine/messages/index.ts';
import { type ApiEngine, createApiRoutes, isApiPath, pathOf } from './api.ts';
import { createSocketPath, removeDescription, removeSocketFolder, writeDescription } from './description.ts';
import { type AccessToken, openAccessToken } from './token.ts';

export interface ControlOptions {
  readonly engine: ApiEngine;
  /** The data folder, locked by this process. */
  readonly folder: string;
  readonly version: string;
  readonly desktop: boolean;
  /** The token that the window in a browser uses as well; read from the data folder where absent. */
  readonly token?: AccessToken;
  /** The window's URL in a browser, with its current token. */
  window?(): string;
  /** Shows the window; absent where it is opened by its URL. */
  show?(): void;
  readonly log: Log;
  readonly platform: NodeJS.Platform;
}

/** The endpoint of the command `ringback`: a socket for this user only, described in the data folder's control.json. */
export interface ControlEndpoint {
  close(): Promise<void>;
}

/** Opens the endpoint; where that fails, the host runs without it and logs the reason. */
export async function openControlEndpoint(options: ControlOptions): Promise<ControlEndpoint> {
  const { folder, version, desktop, window, log, platform } = options;
  try {
    const token = options.token ?? openAccessToken(folder);
    const address = createSocketPath(folder, platform);
    const close = await serve(address, platform, createListener(options, token));
    const write = (): void => {
      const description = { address, token: token.value, pid: process.pid, version, desktop };
      writeDescription(folder, { ...description, ...(window ? { window: window() } : {}) });
    };
    write();
    token.onRotation(write);
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

function createListener({ engine, log, show }: ControlOptions, token: AccessToken): Listener {
  const routes = createApiRoutes({
    ...{ engine, token, log, caller: 'shell' },
    headers: { 'cache-control': 'no-store' },
  });
  /** Actions that concern the host and not the engine. */
  const actions: ReadonlyMap<string, () => object> = new Map([
    [
      '/window',
      () => {
        show?.();
        return { shown: show !== undefined };
      },
    ],
    [
      '/token',
      () => {
        token.rotate();
        return {};
      },
    ],
  ]);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request);
    if (isApiPath(path)) return routes.answer(request, response);
    const act = request.method === 'POST' ? actions.get(path) : undefined;
    if (!act) throw new RingbackError('not-found', accessMessages.noSuchPath({ path }));
    routes.requireToken(request);
    routes.sendJson(response, 200, { ok: true, value: act() });
  };
  return {
    answer: (request, response) =>
      void answer(request, response).catch((error: unknown) => routes.fail(request, response, error)),
    close: routes.close,
  };
}

/** Returns a function that stops the server and resolves when all connections are closed. */
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
