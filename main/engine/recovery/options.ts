import type { Hook } from '../../../preload/contract/index.ts';
import type { Connector, Context, EventNoun } from '../connector/index.ts';
import type { Jobs } from '../jobs/index.ts';
import type { Log } from '../log.ts';
import type { Events, Ledger, ResourceNames } from '../storage/index.ts';

export interface RecoveryOptions {
  readonly ledger: Ledger;
  readonly events: Events;
  readonly resourceNames: Pick<ResourceNames, 'pathOf'>;
  /** Nouns of the connectors for counting events. */
  readonly eventNouns: readonly EventNoun[];
  /** The own hooks that are meant to tell something. */
  hooks(): readonly Hook[];
  open(connection: string): { readonly connector: Connector; readonly context: Context };
  /** Whether callbacks arrive at present. */
  reachable(): boolean;
  jobs(): Pick<Jobs, 'refreshOpen' | 'unreported' | 'markReported'>;
  now(): number;
  readonly log: Log;
  /** True while the user wants to see no notifications, or something else reports what was found. */
  muted(): boolean;
  /** An event was found. */
  stored(event: number): void;
  /** Something was queued to be shown. */
  queued(): void;
  changed(): void;
}
