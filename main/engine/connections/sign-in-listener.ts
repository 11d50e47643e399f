import { hash, timingSafeEqual } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { RingbackError } from '../errors.ts';
import { connectionMessages } from '../messages/index.ts';

/** Listens on this computer for the redirect of the browser. */
export interface SignInListener {
  /** Must be registered for the application, exactly. */
  readonly redirectUri: string;
  /** The first answer with the right state, once the listener is closed. Rejects if it took too long or was closed. */
  readonly answer: Promise<URLSearchParams>;
  /** Complete: both addresses are free again. */
  close(reason: RingbackError): Promise<void>;
}

interface SignInListenerOptions {
  /** Tried in this order. */
  readonly ports: readonly number[];
  readonly path: string;
  readonly state: string;
  /** Whose page the browser shows, for messages. */
  readonly provider: string;
  /** Milliseconds. */
  readonly timeout: number;
}

/** Browsers may take either for "localhost". Throws a RingbackError where every port is taken. */
export async function openSignInListener(options: SignInListenerOptions): Promise<SignInListener> {
  const { promise: answer, resolve, reject } = Promise.withResolvers<URLSearchParams>();
  answer.catch(() => {});
  let ending: Promise<void> | undefined;
  const { port, servers } = await bind(options.ports, (request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const here = request.method === 'GET' && url.pathname === options.path;
    const genuine = here && hasState(url.searchParams, options.state);
    response.writeHead(genuine ? 200 : here ? 400 : 404, headers).end(genuine ? received : unexpected);
    if (genuine) void end(() => resolve(url.searchParams));
  });
  const end = (settle: () => void): Promise<void> => {
    clearTimeout(timer);
    ending ??= Promise.all(servers.map(closed)).then(settle);
    return ending;
  };
  const redirectUri = `http://localhost:${port}${options.path}`;
  const timer = setTimeout(() => void end(() => reject(timedOut(options, redirectUri))), options.timeout);
  return { redirectUri, answer, close: (reason) => end(() => reject(reason)) };
}

function hasState(parameters: URLSearchParams, expected: string): boolean {
  const [given = '', ...more] = parameters.getAll('state');
  const digest = (text: string) => hash('sha256', text, 'buffer');
  return more.length === 0 && timingSafeEqual(digest(given), digest(expected));
}

async function bind(
  ports: readonly number[],
  handler: RequestListener,
): Promise<{ port: number; servers: readonly Server[] }> {
  for (const port of ports) {
    const servers: Server[] = [];
    try {
      for (const host of ['127.0.0.1', '::1']) {
        const server = await listening(handler, port, host);
        if (server) servers.push(server);
      }
      return { port, servers };
    } catch (cause) {
      await Promise.all(servers.map(closed));
      if (!isTaken(cause)) throw cause;
    }
  }
  const [first, ...others] = ports;
  const message =
    first !== undefined && others.length === 0
      ? connectionMessages.portInUse({ port: first })
      : connectionMessages.portsInUse({ ports: ports.join(', ') });
  throw new RingbackError('conflict', message);
}

/** Undefined where this computer has no such address. */
async function listening(handler: RequestListener, port: number, host: string): Promise<Server | undefined> {
  const server = createServer({ maxHeaderSize: 32_768, keepAlive: false }, handler);
  const { promise, resolve, reject } = Promise.withResolvers<Server | undefined>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    const absent = host === '::1' && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT');
    if (absent) resolve(undefined);
    else reject(error);
  });
  server.listen(port, host, () => resolve(server));
  return promise;
}

/** Windows reports EACCES for ports reserved by the system or a program. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
}

/** Lets responses in progress finish; browsers also hold idle connections open. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), 250);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function timedOut({ timeout, provider }: SignInListenerOptions, redirectUri: string): RingbackError {
  const minutes = Math.max(1, Math.round(timeout / 60_000));
  return new RingbackError('offline', connectionMessages.signInTimeout({ minutes, provider, redirectUri }));
}

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};
const received = page('Sign-in received', 'You can close this window and return to Ringback.');
const unexpected = page('Unexpected request', 'Start the sign-in in Ringback.');

function page(title: string, text: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:32em;padding:0 1em;color-scheme:light dark}</style>
<h1>${title}</h1><p>${text}</p></html>`;
}
