import { z } from 'zod';
import type { Context, Field } from '../engine/connector.ts';
import { RingbackError } from '../engine/errors.ts';
import { limited, refusalOf, secondsToWait, signInRefusalOf } from './aps-refusal.ts';
import { type Answer, type Exchange, exchange } from './http.ts';

const defaultBaseUrl = 'https://developer.api.autodesk.com';

/** What every connection to Autodesk Platform Services asks for. */
export const apsFields: readonly Field[] = [
  {
    name: 'clientId',
    label: 'Client ID',
    kind: 'text',
    required: true,
    help: 'From your app in the developer portal, aps.autodesk.com/myapps.',
  },
  {
    name: 'clientSecret',
    label: 'Client secret',
    kind: 'secret',
    required: true,
    help: 'Stands beside the client ID. It is sealed before it is stored and never shown again.',
  },
  {
    name: 'baseUrl',
    label: 'Base URL',
    kind: 'url',
    required: false,
    default: defaultBaseUrl,
    help: 'Leave it as it is, unless you use a stand-in for Autodesk.',
  },
];

export interface Call extends Omit<Exchange, 'url' | 'headers' | 'body'> {
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

/** Calls an API as the application, with a fresh token where the service no longer takes the one at hand. */
export async function call(context: Context, request: Call): Promise<Answer> {
  const pause = pauseOf(context, request);
  if (pause > 0) throw limited(pause);
  let token = await signIn(context);
  let answer = await send(context, request, token);
  if (answer.status === 401) {
    await forget(context, token);
    token = await signIn(context);
    answer = await send(context, request, token);
  }
  const { status } = answer;
  if (status === 429) rememberPause(context, request, answer);
  if ((status >= 200 && status < 300) || request.expected?.includes(status) || request.understands?.(answer)) {
    return answer;
  }
  throw refusalOf(answer, [...Object.values(context.secrets), token, String(request.json?.token ?? '')]);
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
    .replace(/\?.*$/, '')
    .replace(/\/hooks\/[^/]+$/, '/hooks/:id')
    .replace(/\/designdata\/[^/]+\//, '/designdata/:urn/')
    .replace(/\/(hubs|projects|folders|items)\/[^/]+\//g, '/$1/:id/');
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

interface Token {
  readonly value: string;
  readonly goodUntil: number;
}

const memoryKey = 'aps token';
const early = 90_000;
/** Newer and older pages of the Webhooks API differ in what creation needs; these satisfy both. */
const scopes = 'data:read data:write data:create';

/** The application's token, renewed 90 s early. However many ask, one request is made. */
export async function signIn(context: Context): Promise<string> {
  const held = heldToken(context);
  if (held) {
    const token = await held;
    if (context.now() < token.goodUntil) return token.value;
    if (heldToken(context) !== held) return signIn(context);
  }
  const asked = requestToken(context);
  context.memory.set(memoryKey, asked);
  try {
    return (await asked).value;
  } catch (error) {
    if (heldToken(context) === asked) context.memory.delete(memoryKey);
    throw error;
  }
}

function heldToken({ memory }: Context): Promise<Token> | undefined {
  return memory.get(memoryKey) as Promise<Token> | undefined;
}

/** Drops a token that was refused, unless another caller has replaced it already. */
async function forget(context: Context, refused: string): Promise<void> {
  const held = heldToken(context);
  const token = await held?.catch(() => undefined);
  if (token?.value === refused && heldToken(context) === held) context.memory.delete(memoryKey);
}

async function requestToken(context: Context): Promise<Token> {
  const { clientId = '' } = context.settings;
  const { clientSecret = '' } = context.secrets;
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const asked = context.now();
  const answer = await exchange(context, {
    method: 'POST',
    url: `${baseUrlOf(context)}/authentication/v2/token`,
    headers: {
      authorization: `Basic ${credentials}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: scopes }).toString(),
  });
  if (answer.status !== 200) throw signInRefusalOf(answer, [...Object.values(context.secrets), credentials]);
  const token = TokenAnswer.safeParse(answer.body);
  if (!token.success) {
    throw new RingbackError('provider', 'The sign-in answer holds no token. Check the base URL of the connection.');
  }
  const { access_token: value, expires_in: seconds } = token.data;
  return { value, goodUntil: asked + seconds * 1000 - Math.min(early, seconds * 500) };
}

const TokenAnswer = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  expires_in: z.coerce.number().positive().catch(3599),
});

/** Without a slash at its end. */
export /** Without a trailing slash. */
export function baseUrlOf({ settings }: Context): string {
  return (settings.baseUrl || defaultBaseUrl).replace(/\/+$/, '');
}

/** The app, told apart by the first characters of its client id. */
export function appName({ settings: { clientId = '' } }: Context): string {
  return clientId.length > 12 ? `App ${clientId.slice(0, 8)}…` : `App ${clientId}`;
}
