import type { Bridge } from '../../preload/contract/index.ts';
import type { Signal } from '../signal.ts';

/** The connection to the host: `unauthenticated` without a token, `rejected` if it is not or no longer valid. */
export type HostState = 'connecting' | 'connected' | 'disconnected' | 'rejected' | 'unauthenticated';

/** Requests to the host and its changes. */
export interface Transport extends Bridge {
  readonly state: Signal<HostState>;
  /** Reconnects immediately. */
  retry(): void;
}
