import type { Bridge } from '../../preload/contract/index.ts';
import { createSignal } from '../signal.ts';
import { createHttpTransport } from './http-transport.ts';
import { takeToken } from './token.ts';
import type { HostState, Transport } from './transport.ts';

declare global {
  interface Window {
    /** Present in the desktop application only. */
    readonly ringback?: Bridge;
  }
}

/** The bridge of the desktop application, otherwise HTTP to the host that served this page. */
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
    state: createSignal<HostState>('connected'),
    retry: () => {},
  };
}
