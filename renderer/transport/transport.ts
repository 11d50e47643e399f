import type { Bridge } from '../../preload/contract/index.ts';
import type { Signal } from '../signal.ts';

/** How the window stands with its host: `unauthenticated` = it has no token, `rejected` = its token is not or no longer valid. */
export type HostState = 'connecting' | 'connected' | 'disconnected' | 'rejected' | 'unauthenticated';

/** Requests to the host and its changes. */
export interface Transport extends Bridge {
  readonly state: Signal<HostState>;
  /** Retries a lost connection now. */
  retry(): void;
}
