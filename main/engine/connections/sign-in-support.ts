import type { Context, SignInSupport } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { connectionMessages } from '../messages/index.ts';
import type { Connections } from './connections.ts';

/** What a connection's sign-in needs, opened. */
interface OpenedSignIn {
  readonly support: SignInSupport;
  readonly context: Context;
  /** Who shows the sign-in page, for messages. */
  readonly provider: string;
}

/** Throws where nobody needs to sign in for the connection. */
export function openSignIn(connections: Pick<Connections, 'open' | 'signsIn'>, id: string): OpenedSignIn {
  const { connector, context } = connections.open(id);
  if (!connector.signIn || !connections.signsIn(id)) {
    throw new RingbackError('conflict', connectionMessages.signInNotNeeded());
  }
  return { support: connector.signIn, context, provider: connector.title };
}
