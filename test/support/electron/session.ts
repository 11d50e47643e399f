import { DeclaredEmitter, guard } from './guard.ts';
import { requireReady } from './system.ts';

type PageHandler = (request: Request) => Promise<Response>;
type RequestFilter = (details: { url: string }, decide: (decision: { cancel: boolean }) => void) => void;

const handlers = new Map<string, PageHandler>();
const filter: { current: RequestFilter | undefined } = { current: undefined };

class SimulatedSession extends DeclaredEmitter {
  readonly webRequest = guard('WebRequest', {
    onBeforeRequest(next: RequestFilter) {
      filter.current = next;
    },
  });
  constructor() {
    super('Session');
  }
  setPermissionRequestHandler(): void {}
  setPermissionCheckHandler(): void {}
  setDevicePermissionHandler(): void {}
  resolveProxy = async (): Promise<string> => 'DIRECT';
}

const defaultSession = guard('Session', new SimulatedSession());

export const session = guard('static Session', {
  get defaultSession() {
    requireReady('a session');
    return defaultSession;
  },
});

export const protocol = guard('Protocol', {
  registerSchemesAsPrivileged(): void {},
  handle(scheme: string, handler: PageHandler): void {
    handlers.set(scheme, handler);
  },
});

/** What the page's address leads to, after the filter that the application installed. */
export async function servedPage(url: string): Promise<{ readonly status: number }> {
  const allowed = await new Promise((resolve) => {
    if (filter.current === undefined) resolve(false);
    else filter.current({ url }, ({ cancel }) => resolve(!cancel));
  });
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  return allowed && handler !== undefined ? await handler(new Request(url)) : { status: 0 };
}
