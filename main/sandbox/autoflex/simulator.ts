import type { Fault, LoggedRequest, StartListener } from '../http/index.ts';
import type { Random } from '../random.ts';
import type { BackupFile } from './backup-files.ts';
import type { Behaviour, BehaviourChange } from './behaviour.ts';
import type { SentCallback } from './callbacks.ts';
import type { Order } from './orders.ts';
import type { Login } from './sign-in.ts';
import type { Transfer } from './transfer.ts';

export interface AutoflexOptions extends BehaviourChange {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** In place of a listener of its own on `port`. */
  readonly listen?: StartListener;
  /** Who may sign in; generated when absent. */
  readonly login?: Login;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Unpredictable when absent. */
  readonly random?: Random;
}

/** What tests and the `/sandbox` endpoints control while the simulator runs. */
export interface AutoflexControls extends Login {
  /** Read at every request; assign to change it. */
  readonly behaviour: Behaviour;
  /** Changes only what is given; throws for an invalid value. */
  change(given: BehaviourChange): void;
  /** Requests received at every origin; the last thousand, oldest first. */
  readonly requests: readonly LoggedRequest[];
  readonly orders: readonly Order[];
  /** Callbacks sent; the last thousand, oldest first. */
  readonly callbacks: readonly SentCallback[];
  /** Downloads, partial ones included. */
  readonly transfers: readonly Transfer[];
  /** The current file of a download; with a number, that file of a backup in several files. */
  file(number?: number): Promise<BackupFile>;
  /** Changes the response to matching requests; returns a function that undoes this. */
  addFault(fault: Fault): () => void;
  /** Every token becomes invalid. */
  expireTokens(): void;
  /** Every link issued so far expires. */
  expireLinks(): void;
  /** Sends the callback of every order again. */
  callAgain(): Promise<void>;
  /** Resolves when no callback is in progress. */
  settled(): Promise<void>;
}

/** A strict simulator of Autoflex10: sign-in, the backup of the owner with its callback, and the download. */
export interface AutoflexSandbox extends AutoflexControls {
  /** The base URL, in place of the documented one. */
  readonly url: string;
  /** The base URL of the second version: the same service at another path, as `api_url` may name it. */
  readonly secondUrl: string;
  /** The second version at another origin. */
  readonly foreignUrl: string;
  /** The base URL behind a self-signed certificate. */
  readonly untrustedUrl: string;
  /** Aborts callbacks and closes every connection. */
  stop(): Promise<void>;
}
