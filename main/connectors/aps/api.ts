import type { Context } from '../../engine/connector/index.ts';
import { type Answer, type Exchange, exchange } from '../http.ts';
import { appName, baseUrlOf, legOf } from './account.ts';
import { limited, rejectionOf, secondsToWait, signInRejectionOf, staleSignIn } from './error-response.ts';
import { type AccessToken, applicationToken } from './oauth.ts';
import { remainingPause, startPause } from './pause.ts';
import { hiddenIn, personOf, renewSession } from './session.ts';
import { cachedToken, dropToken, freshToken } from './token.ts';

export { appName, apsFields, baseUrlOf, legOf, limitationsOf } from './account.ts';
export { apsSignIn } from './session.ts';

interface Call extends Omit<Exchange, 'url' | 'headers' | 'body'> {
  /** Path below the base URL, starting with a slash. */
  readonly path: string;
  readonly region?: string;
  /** Headers in addition to those of every request. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: Readonly<Record<string, unknown>>;
  /** Statuses besides 2xx that the caller handles; all others throw. */
  readonly expected?: readonly number[];
  /** Whether the caller handles a response that would throw otherwise. */
  accepts?(answer: Answer): boolean;
}

/**
 * Sends a request with the connection's token; after 401 once more, with a new token. Throws for statuses that the
 * caller does not handle.
 */
export async function call(context: Context, request: Call): Promise<Answer> {
  const pause = pauseOf(context, request);
  if (pause > 0) throw limited(pause);
  let token = await signIn(context);
  let answer = await send(context, request, token);
  if (answer.status === 401) {
    dropToken(context, token);
    token = await signIn(context);
    answer = await send(context, request, token);
  }
  const { status } = answer;
  if (status === 429) rememberPause(context, request, answer);
  if ((status >= 200 && status < 300) || request.expected?.includes(status) || request.accepts?.(answer)) {
    return answer;
  }
  if (status === 401 && legOf(context) === 'user') throw staleSignIn();
  throw rejectionOf(answer, hiddenIn(context, token, String(request.json?.token ?? '')));
}

function send(context: Context, request: Call, token: string): Promise<Answer> {
  const { method, path, region, headers, json, once, most } = request;
  return exchange(context, {
    method,
    ...(once === undefined ? {} : { once }),
    ...(most === undefined ? {} : { most }),
    url: baseUrlOf(context) + path,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(region ? { 'x-ads-region': region } : {}),
      ...(json ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(json ? { body: JSON.stringify(json) } : {}),
  });
}

/** Quotas are counted for each endpoint: the ids of hooks, sources and folders in the path are ignored. */
function endpointOf({ method, path }: Call): string {
  const endpoint = path
    .replace(/\?.*$/s, '')
    .replace(/\/hooks\/[^/]+$/, '/hooks/:id')
    .replace(/\/designdata\/[^/]+\//, '/designdata/:urn/')
    .replace(/\/(hubs|projects|folders|items)\/[^/]+(?=\/)/g, '/$1/:id');
  return `pause ${method} ${endpoint}`;
}

/** Rejects all requests to that endpoint until the time in Retry-After has passed. */
function rememberPause(context: Context, request: Call, answer: Answer): void {
  startPause(context, endpointOf(request), 1000 * (secondsToWait(answer) ?? 0));
}

/** Milliseconds until the endpoint may be called again; not positive where it may be called now. */
function pauseOf(context: Context, request: Call): number {
  return remainingPause(context, endpointOf(request));
}

/** The connection's token, of the app or the user; renewed before it expires, by one request for all callers. */
export async function signIn(context: Context): Promise<string> {
  const held = cachedToken(context);
  if (held) return held.value;
  const request = legOf(context) === 'app' ? requestToken : renewSession;
  return (await freshToken(context, request)).value;
}

async function requestToken(context: Context): Promise<AccessToken> {
  const reply = await applicationToken(context);
  if (reply.granted) return reply.access;
  throw signInRejectionOf(reply.answer, hiddenIn(context));
}

/** The name of the account: the user who signed in, otherwise the app. */
export async function accountName(context: Context): Promise<string> {
  const person = legOf(context) === 'user' ? await personOf(context, await signIn(context)) : undefined;
  return person ?? appName(context);
}
