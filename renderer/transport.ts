import type { Bridge } from '../preload/contract.ts';
import { createHttpTransport } from './http-transport.ts';
import { createSignal, type Signal } from './signal.ts';
import { takeToken } from './token.ts';

/** How the window stands with its host: `refused` = the token is not (or no longer) valid, `keyless` = there is none. */
export type HostState = 'connecting' | 'live' | 'lost' | 'refused' | 'keyless';

export interface Transport extends Bridge {
  readonly link: Signal<HostState>;
  /** Tries a lost connection again now. */
  retry(): void;
}

declare global {
  interface Window {
    /** Present in the desktop application only. */
    readonly ringback?: Bridge;
  }
}

/** The desktop application's bridge where there is one, else HTTP to the host that served this page. */
export function openTransport(): Transport {
  const bridge = window.ringback;
  if (bridge) return bridgeTransport(bridge);
  const token = takeToken(window.location, window.history, window.sessionStorage);
  return createHttpTransport({ base: window.location.origin, ...(token ? { token } : {}) });
}

function bridgeTransport(bridge: Bridge): Transport {
  return {
    ask: (method, input) => bridge.ask(method, input),
    listen: (listener) => bridge.listen(listener),
    link: createSignal<HostState>('live'),
    retry: () => {},
  };
}
