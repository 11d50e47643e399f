import type { Context } from '../../engine/connector/index.ts';
import { type Answer, type Exchange, exchange } from '../http.ts';
import { appName, baseUrlOf, legOf } from './account.ts';
import { limited, rejectionOf, secondsToWait, signInRejectionOf, staleSignIn } from './error-response.ts';
import { type AccessToken, applicationToken } from './oauth.ts';
import { hiddenIn, personOf, renewSession } from './session.ts';
import { dropToken, freshToken, heldToken } from './token.ts';

export { appName, apsFields, baseUrlOf, legOf, limitationsOf } from './account.ts';
export { apsSignIn } from './session.ts';

interface Call extends Omit<Exchange, 'url' | 'headers' | 'body'> {
  /** Below the base URL, beginning with a slash. */
  readonly path: string;
  readonly region?: string;
  /** Besides those of every call. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: Readonly<Record<string, unknown>>;
  /** Statuses besides 2xx that the caller understands; all others are thrown. */
  readonly expected?: readonly number[];
  /** Whether another answer is one that the caller understands. */
  understands?(answer: Answer): boolean;
}

/** Calls an API as whoever the connection speaks for, with a fresh token where the service no longer takes the one at hand. */
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
  if ((status >= 200 && status < 300) || request.expected?.includes(status) || request.understands?.(answer)) {
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

/** Quotas are counted for each endpoint: the id of a single hook, source or folder makes no difference. */
function endpointOf({ method, path }: Call): string {
  const endpoint = path
    .replace(/\?.*$/s, '')
    .replace(/\/hooks\/[^/]+$/, '/hooks/:id')
    .replace(/\/designdata\/[^/]+\//, '/designdata/:urn/')
    .replace(/\/(hubs|projects|folders|items)\/[^/]+(?=\/)/g, '/$1/:id');
  return `pause ${method} ${endpoint}`;
}

/** Until Retry-After has passed nothing more is sent to that endpoint, whoever asks. */
function rememberPause(context: Context, request: Call, answer: Answer): void {
  context.memory.set(endpointOf(request), context.now() + 1000 * (secondsToWait(answer) ?? 0));
}

/** Milliseconds. */
function pauseOf(context: Context, request: Call): number {
  return Number(context.memory.get(endpointOf(request)) ?? 0) - context.now();
}

/** The connection's token, whoever it speaks for: renewed early, and by one request however many ask. */
export async function signIn(context: Context): Promise<string> {
  const held = heldToken(context);
  if (held) return held.value;
  const request = legOf(context) === 'app' ? requestToken : renewSession;
  return (await freshToken(context, request)).value;
}

async function requestToken(context: Context): Promise<AccessToken> {
  const reply = await applicationToken(context);
  if (reply.granted) return reply.access;
  throw signInRejectionOf(reply.answer, hiddenIn(context));
}

/** Whose account it is: the person who signed in, else the app. */
export async function accountName(context: Context): Promise<string> {
  const person = legOf(context) === 'user' ? await personOf(context, await signIn(context)) : undefined;
  return person ?? appName(context);
}
