import type { Fault, LoggedRequest, StartListener } from '../http/index.ts';
import type { Random } from '../random.ts';
import type { BackupFile } from './backup-files.ts';
import type { Behaviour, BehaviourChange } from './behaviour.ts';
import type { SentCallback } from './callbacks.ts';
import type { Order } from './orders.ts';
import type { Login } from './sign-in.ts';
import type { Transfer } from './transfer.ts';

export interface AutoflexOptions extends BehaviourChange {
  /** Any free port where 0 or absent. */
  readonly port?: number;
  /** Starts the listener in place of one on `port`. */
  readonly listen?: StartListener;
  /** The credentials that are accepted; generated where absent. */
  readonly login?: Login;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** A source of unpredictable values where absent. */
  readonly random?: Random;
}

/** The controls of the running simulator for tests and the `/sandbox` endpoints. */
export interface AutoflexControls extends Login {
  /** Read for each request; can be assigned. */
  readonly behaviour: Behaviour;
  /** Changes only the given members; throws a ZodError where a value is invalid. */
  change(given: BehaviourChange): void;
  /** The last 1000 requests to any origin, oldest first. */
  readonly requests: readonly LoggedRequest[];
  readonly orders: readonly Order[];
  /** The last 1000 callbacks, oldest first. */
  readonly callbacks: readonly SentCallback[];
  /** Downloads, including partial ones. */
  readonly transfers: readonly Transfer[];
  /** The file of the current settings; `number` selects one of a backup with several files. */
  file(number?: number): Promise<BackupFile>;
  /** Changes the response to matching requests; returns a function that undoes this. */
  addFault(fault: Fault): () => void;
  /** Invalidates all tokens. */
  expireTokens(): void;
  /** Expires all links issued so far. */
  expireLinks(): void;
  /** Sends the callbacks of all requests again. */
  callAgain(): Promise<void>;
  /** Resolves when no callback is in progress. */
  settled(): Promise<void>;
}

/** A strict simulator of Autoflex10: sign-in, the backup of the owner with its callback, and the download. */
export interface AutoflexSandbox extends AutoflexControls {
  /** The base URL, in place of the documented one. */
  readonly url: string;
  /** The base URL of the second version: the same service at another path, which `api_url` may contain. */
  readonly secondUrl: string;
  /** The second version at another origin. */
  readonly foreignUrl: string;
  /** The base URL behind a self-signed certificate. */
  readonly untrustedUrl: string;
  /** Aborts callbacks and closes all connections. */
  stop(): Promise<void>;
}
