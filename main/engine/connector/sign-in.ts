import type { MessageReference } from '../../../preload/contract/index.ts';
import type { Context } from './context.ts';

/** Accounts for which a person signs in, in the browser; what comes of it is kept through `Context.keep`. */
export interface SignInSupport {
  readonly when: { readonly field: string; readonly in: readonly string[] };
  /** Where the browser brings the answer, on this computer: the setting with the one port, else the ports to try in turn. */
  readonly portField: string;
  readonly ports: readonly number[];
  readonly path: string;
  /** By whom a connection acts; a person signs in for all but "app". */
  kindOf(settings: Readonly<Record<string, string>>): 'app' | 'user' | 'public';
  /** `state` must come back in the answer, and the answer to that address. */
  start(context: Context, state: string, redirectUri: string): Promise<SignInAttempt>;
  stateOf(context: Context): SignInState;
  /** Renews what was kept. A rejection for good is told by `stateOf` from then on; everything else leaves it as it was. */
  renew(context: Context): Promise<void>;
  /** Tells the provider to forget the sign-in and forgets it here, whatever the provider answers. */
  end(context: Context): Promise<void>;
}

interface SignInAttempt {
  /** The page to open in the browser. */
  readonly url: string;
  /** Exchanges the answer's parameters, whose state was compared already; the sign-in is kept when it resolves. */
  finish(answer: URLSearchParams): Promise<void>;
}

type SignInState =
  | {
      readonly signedIn: true;
      /** Milliseconds since 1970: from when it counts, and when it ends unless renewed. */
      readonly since: number;
      readonly until: number;
      readonly problem?: string;
      readonly problemMessage?: MessageReference;
    }
  | { readonly signedIn: false; readonly problem?: string; readonly problemMessage?: MessageReference };
