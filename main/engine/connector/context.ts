import type { MessageReference } from '../../../preload/contract/index.ts';

export interface Limitation {
  readonly bundle: 'hooks' | 'backups' | 'jobs' | 'browse';
  readonly reason: string;
  readonly reasonMessage?: MessageReference | undefined;
  /** A hook of another connector that tells of nearly the same, and what to do with it in a sentence. */
  readonly instead?: {
    readonly connector: string;
    readonly system: string;
    readonly event: string;
    readonly text: string;
    readonly textMessage?: MessageReference | undefined;
  };
}

/** What a connector is handed for one connection. It never touches disk, and keeps nothing of its own. */
export interface Context {
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Keeps a secret that changes by itself, or forgets it: encrypted and on disk when this resolves, and then among `secrets`. */
  storeSecret(name: string, value: string | undefined): Promise<void>;
  /** The connection's own memory while the process lives (its token); emptied when its secrets change. */
  readonly memory: Map<string, unknown>;
  readonly fetch: typeof globalThis.fetch;
  /** Aborted when the engine closes. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Account {
  /** As the user would recognise it. */
  readonly name: string;
  /** What it turned out that it cannot do, and why. */
  readonly limitations?: readonly Limitation[];
}
