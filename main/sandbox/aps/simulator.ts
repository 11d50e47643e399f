import type { Fault, LoggedRequest, StartListener } from '../http/index.ts';
import type { Random } from '../random.ts';
import type { Credentials } from './authentication/index.ts';
import type { Behaviour } from './behaviour.ts';
import type { Manufacturing } from './manufacturing/index.ts';
import type { Scenarios } from './scenarios.ts';
import type { SentCallback } from './webhooks/index.ts';

export interface ApsOptions extends Partial<Behaviour> {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** In place of a listener of its own on `port`. */
  readonly listen?: StartListener;
  /** The application that may sign in; generated when absent. */
  readonly application?: Credentials;
  /** Client id of the app without a secret; generated when absent. */
  readonly publicClientId?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Unpredictable when absent. */
  readonly random?: Random;
}

/** What tests and the `/sandbox` endpoints control while the simulator runs. */
export interface ApsControls extends Scenarios, Credentials {
  /** The app without a secret, which only persons can use (PKCE). */
  readonly publicClientId: string;
  /** The callback URLs registered for both apps, compared exactly; change it as in the portal. */
  readonly redirectUris: string[];
  readonly behaviour: Behaviour;
  /** Changes only what is given; throws a ZodError, and changes nothing, where a value is none it may have. */
  change(given: Partial<Behaviour>): void;
  readonly manufacturing: Manufacturing;
  /** Requests received; the last thousand, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** Callbacks sent; the last thousand, oldest first. */
  readonly callbacks: readonly SentCallback[];
  /** Every hook of every region and owner, as the service would show it, and its region. */
  hooks(): readonly Record<string, unknown>[];
  /** Makes the folder inaccessible to everyone. */
  deleteFolder(urn: string): void;
  /** Changes the response to matching requests; returns a function that undoes this. */
  addFault(fault: Fault): () => void;
  /** An access token without signing in; a user's where `user` is given. `lifetime` in seconds. */
  issueToken(grant?: {
    readonly user?: string;
    readonly scopes?: readonly string[];
    readonly lifetime?: number;
  }): string;
  /** Every access token becomes invalid. */
  revokeTokens(): void;
  /** Every code and refresh token becomes invalid: all persons are signed out. */
  signOut(): void;
  /** The service's background job: inactive hooks with `autoReactivateHook` become "reactivated". */
  reactivate(): void;
  /** Resolves when no delivery and no retry is in progress. */
  settled(): Promise<void>;
}

/** A strict simulator of Autodesk Platform Services: authentication, webhooks, Model Derivative, and the callbacks they send. */
export interface Aps extends ApsControls {
  /** The base URL, in place of https://developer.api.autodesk.com. */
  readonly url: string;
  /** Aborts deliveries and translations, and closes every connection. */
  stop(): Promise<void>;
}
