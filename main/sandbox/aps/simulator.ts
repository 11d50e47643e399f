import type { Fault, LoggedRequest, StartListener } from '../http/index.ts';
import type { Random } from '../random.ts';
import type { Credentials } from './authentication/index.ts';
import type { Behaviour } from './behaviour.ts';
import type { Manufacturing } from './manufacturing/index.ts';
import type { Scenarios } from './scenarios.ts';
import type { SentCallback } from './webhooks/index.ts';

export interface ApsOptions extends Partial<Behaviour> {
  /** Any free port where 0 or absent. */
  readonly port?: number;
  /** Starts the listener in place of one on `port`. */
  readonly listen?: StartListener;
  /** The credentials of the application; generated where absent. */
  readonly application?: Credentials;
  /** The client id of the app without a secret; generated where absent. */
  readonly publicClientId?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** A source of unpredictable values where absent. */
  readonly random?: Random;
}

/** The controls of the running simulator for tests and the `/sandbox` endpoints. */
export interface ApsControls extends Scenarios, Credentials {
  /** The client id of the app without a secret, through which only users can sign in (PKCE). */
  readonly publicClientId: string;
  /** The callback URLs registered for both apps, compared exactly; can be changed. */
  readonly redirectUris: string[];
  readonly behaviour: Behaviour;
  /** Changes only the given members; throws a ZodError without a change where a value is invalid. */
  change(given: Partial<Behaviour>): void;
  readonly manufacturing: Manufacturing;
  /** The last 1000 received requests, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** The last 1000 callbacks, oldest first. */
  readonly callbacks: readonly SentCallback[];
  /** The hooks of all regions and owners, in the form of the service with the region added. */
  hooks(): readonly Record<string, unknown>[];
  /** Makes the folder inaccessible to everyone. */
  deleteFolder(urn: string): void;
  /** Changes the response to matching requests; returns a function that undoes this. */
  addFault(fault: Fault): () => void;
  /** Issues an access token without a sign-in, of a user where `user` is given. `lifetime` in seconds. */
  issueToken(grant?: {
    readonly user?: string;
    readonly scopes?: readonly string[];
    readonly lifetime?: number;
  }): string;
  /** Invalidates all access tokens. */
  revokeTokens(): void;
  /** Invalidates all codes and refresh tokens, which signs out all users. */
  signOut(): void;
  /** The service's background job: inactive hooks with `autoReactivateHook` become "reactivated". */
  reactivate(): void;
  /** Resolves when no delivery and no retry is in progress. */
  settled(): Promise<void>;
}

/** A strict simulator of Autodesk Platform Services: authentication, webhooks with their callbacks, Model Derivative. */
export interface Aps extends ApsControls {
  /** The base URL, in place of https://developer.api.autodesk.com. */
  readonly url: string;
  /** Aborts deliveries and translations, and closes all connections. */
  stop(): Promise<void>;
}
