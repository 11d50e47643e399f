import type { Bridge } from '../../preload/contract/index.ts';
import type { Signal } from '../signal.ts';

/** The state of the connection to the host: `unauthenticated` without a token, `rejected` where the token is not valid, or no longer. */
export type HostState = 'connecting' | 'connected' | 'disconnected' | 'rejected' | 'unauthenticated';

/** Requests to the host and its changes. */
export interface Transport extends Bridge {
  readonly state: Signal<HostState>;
  /** Reconnects immediately. */
  retry(): void;
}
