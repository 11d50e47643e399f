import type { Message } from '../messages/index.ts';
import type { Context } from './context.ts';
import type { HookRequest } from './hooks.ts';

/** What the provider's own records tell of a time in which callbacks could not arrive. Without it such gaps stay gaps. */
export interface RecoverySupport {
  /** Asks for what the hook would have told since that time (milliseconds since 1970). Throws where it is worth asking again. */
  missed(context: Context, hook: WatchedHook, since: number): Promise<MissedEvents>;
}

export interface WatchedHook extends HookRequest {
  /** The body of its latest callback. */
  readonly latest?: Uint8Array;
  /** What a resource lies in, as far as browsing and earlier callbacks told. */
  parentOf(resource: string): string | undefined;
}

export interface MissedEvents {
  /** In the form of the provider's callbacks, so that `read` understands them. */
  readonly bodies: readonly Uint8Array[];
  /** Why not everything could be found. */
  readonly incompleteReason?: Message;
}
