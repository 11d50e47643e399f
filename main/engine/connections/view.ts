import type { Connection, MessageReference } from '../../../preload/contract/index.ts';
import type { Connector, Context } from '../connector/index.ts';
import { toTime } from '../storage/index.ts';
import type { StoredConnection } from './stored-connection.ts';

/** An attempt to sign in that is in progress, or how the last one failed. */
export interface SignInAttemptState {
  /** While the answer is waited for. */
  readonly redirectUri?: string;
  readonly problem?: string;
  readonly problemMessage?: MessageReference | undefined;
}

/** The connection as everybody may see it: without any secret. */
export function describeConnection(
  { id, name, account, settings, connector: connectorId, cannot: learned = [], missing = [] }: StoredConnection,
  connector: Connector | undefined,
  context: Context | undefined,
  attempt: SignInAttemptState | undefined,
): Connection {
  const kind = connector?.signIn?.kindOf(settings);
  const signIn = connector && context && kind && kind !== 'app' ? signInOf(connector, context, attempt) : undefined;
  const cannot = [...(connector?.limitations?.(settings) ?? []), ...learned];
  return {
    id,
    connector: connectorId,
    name,
    settings,
    ...(account === undefined ? {} : { account }),
    ...(kind ? { kind } : {}),
    ...(signIn ? { signIn } : {}),
    ...(missing.length > 0 ? { incomplete: true } : {}),
    ...(cannot.length > 0 ? { cannot } : {}),
  };
}

function signInOf(connector: Connector, context: Context, attempt: SignInAttemptState = {}): Connection['signIn'] {
  const state = connector.signIn?.stateOf(context);
  const { redirectUri } = attempt;
  const { problem, problemMessage } = attempt.problem === undefined ? (state ?? {}) : attempt;
  return {
    state: redirectUri ? 'waiting' : state?.signedIn ? 'signed-in' : 'needed',
    ...(state?.signedIn ? { until: toTime(state.until) } : {}),
    ...(redirectUri ? { redirectUri } : {}),
    ...(problem ? { problem } : {}),
    ...(problem && problemMessage ? { problemMessage } : {}),
  };
}
