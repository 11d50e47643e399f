import type { Change } from '../../../preload/contract/index.ts';

/** What one part of the engine reports and others react to. */
interface EngineEvents {
  /** Something that the window shows has changed. */
  readonly change: Change;
  /** A callback is on disk; with the number of its event where it is a new one. */
  readonly stored: { readonly event: number | undefined };
  /** A request to a callback URL was answered. */
  readonly handled: { readonly status: number; readonly milliseconds: number };
  /** An event is on disk that a search for missed events found, or a stored event came again. */
  readonly seen: { readonly event: number };
  /** The event store was damaged, and a new one is in its place. */
  readonly replaced: undefined;
  /** Stored rows wait for their effects. */
  readonly due: undefined;
  /** The state or the address of the tunnel, or the port of the receiver, has changed. */
  readonly endpoint: undefined;
  /** The hooks were reconciled, refreshed or changed. */
  readonly hooks: undefined;
  /** Somebody signed in. */
  readonly signedIn: { readonly connection: string };
  /** The stored credentials of a connection have changed. */
  readonly credentials: { readonly connection: string };
  /** Callbacks may have been missed. */
  readonly missed: undefined;
  /** The status that the window shows has changed for a reason that is none of these. */
  readonly status: undefined;
  /** The user's settings are stored. */
  readonly settings: undefined;
}

export interface Bus {
  on<K extends keyof EngineEvents>(name: K, react: (event: EngineEvents[K]) => void): () => void;
  emit<K extends keyof EngineEvents>(
    name: K,
    ...event: EngineEvents[K] extends undefined ? [] : [EngineEvents[K]]
  ): void;
  /** Ends all reactions. */
  clear(): void;
}

/** Reactions run at once, in the order in which they were added. */
export function createBus(): Bus {
  const reactions = new Map<keyof EngineEvents, Set<(event: never) => void>>();
  return {
    on(name, react) {
      const all = reactions.get(name) ?? new Set();
      reactions.set(name, all.add(react));
      return () => void all.delete(react);
    },
    emit(name, ...[event]) {
      for (const react of reactions.get(name) ?? []) react(event as never);
    },
    clear: () => reactions.clear(),
  };
}
