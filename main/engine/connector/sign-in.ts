import type { MessageReference } from '../../../preload/contract/index.ts';
import type { Context } from './context.ts';

/** Connections for which a user signs in with the browser (OAuth); the tokens are stored by `Context.storeSecret`. */
export interface SignInSupport {
  readonly when: { readonly field: string; readonly in: readonly string[] };
  /** The setting with the port on this computer for the redirect; without it, the first free port of `ports`. */
  readonly portField: string;
  readonly ports: readonly number[];
  readonly path: string;
  /** In whose name a connection acts; a user signs in for all but "app". */
  kindOf(settings: Readonly<Record<string, string>>): 'app' | 'user' | 'public';
  /** The redirect must go to `redirectUri` and contain `state`. */
  start(context: Context, state: string, redirectUri: string): Promise<SignInAttempt>;
  stateOf(context: Context): SignInState;
  /** Renews the stored tokens. If they are rejected for good, `stateOf` says so; other failures change nothing. */
  renew(context: Context): Promise<void>;
  /** Revokes the tokens at the provider and deletes them here, whatever the provider responds. */
  end(context: Context): Promise<void>;
}

interface SignInAttempt {
  /** The page to open in the browser. */
  readonly url: string;
  /** Exchanges the redirect's parameters, whose state is verified, for tokens; they are stored when it resolves. */
  finish(answer: URLSearchParams): Promise<void>;
}

type SignInState =
  | {
      readonly signedIn: true;
      /** When the user signed in, and when that ends unless renewed; milliseconds since 1970. */
      readonly since: number;
      readonly until: number;
      readonly problem?: string;
      readonly problemMessage?: MessageReference;
    }
  | { readonly signedIn: false; readonly problem?: string; readonly problemMessage?: MessageReference };
