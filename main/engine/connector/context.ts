import type { MessageReference } from '../../../preload/contract/index.ts';

export interface Limitation {
  readonly bundle: 'hooks' | 'backups' | 'jobs' | 'browse';
  readonly reason: string;
  readonly reasonMessage?: MessageReference | undefined;
  /** A hook of another connector that reports nearly the same events, and a sentence on how to use it. */
  readonly instead?: {
    readonly connector: string;
    readonly system: string;
    readonly event: string;
    readonly text: string;
    readonly textMessage?: MessageReference | undefined;
  };
}

/** One connection, as its connector gets it. A connector writes nothing to disk and has no state outside this object. */
export interface Context {
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Stores or deletes a changed secret, such as a refresh token: encrypted on disk and in `secrets` once resolved. */
  storeSecret(name: string, value: string | undefined): Promise<void>;
  /** State of the connection, such as its access token, until the process ends or its secrets change. */
  readonly memory: Map<string, unknown>;
  readonly fetch: typeof globalThis.fetch;
  /** Aborted when the engine closes. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Account {
  /** The name by which the user recognizes the account. */
  readonly name: string;
  /** What the account was found to be unable to do, and why. */
  readonly limitations?: readonly Limitation[];
}
