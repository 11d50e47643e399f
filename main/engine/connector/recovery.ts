import type { Message } from '../messages/index.ts';
import type { Context } from './context.ts';
import type { HookRequest } from './hooks.ts';

/** Finds events of a time without callbacks in the provider's records; when absent, they cannot be recovered. */
export interface RecoverySupport {
  /** What the hook would have reported since then (milliseconds since 1970). Throws if a later attempt may succeed. */
  missed(context: Context, hook: WatchedHook, since: number): Promise<MissedEvents>;
}

export interface WatchedHook extends HookRequest {
  /** The body of its latest callback. */
  readonly latest?: Uint8Array;
  /** The parent of a resource, where browsing or an earlier callback gave it. */
  parentOf(resource: string): string | undefined;
}

export interface MissedEvents {
  /** In the format of the provider's callbacks, for `read`. */
  readonly bodies: readonly Uint8Array[];
  /** Why some events could not be found. */
  readonly incompleteReason?: Message;
}
