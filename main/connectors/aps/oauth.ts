import * as oauth from 'oauth4webapi';
import type { Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { contentOf } from '../answer-content.ts';
import { type Answer, exchange } from '../http.ts';
import { baseUrlOf, kindOf } from './account.ts';
import { apsMessages } from './messages.ts';

/** The result of a token request: tokens, or the response that rejects it. */
export type TokenReply =
  | { readonly granted: true; readonly access: AccessToken; readonly refresh?: string }
  | { readonly granted: false; readonly answer: Answer };

export interface AccessToken {
  readonly value: string;
  /** Milliseconds since 1970; up to 90 s before the token expires, so that no request carries an expired one. */
  readonly usableUntil: number;
}

/** Milliseconds for the only attempt of a request that uses up a code or a refresh token. */
const timeout = 15_000;
const expiryMargin = 90_000;
const defaultLifetime = 3599;
/** Seconds; a token that is said to be valid for longer is requested again after a day. */
const longestLifetime = 24 * 60 * 60;

/** These satisfy newer and older documentation, which differ on the scopes that creating a hook needs. */
const appScopes = 'data:read data:write data:create';
const userScopes = `${appScopes} user-profile:read`;

/** The URL of the sign-in page for the browser. */
export async function authorizeUrl(
  context: Context,
  { redirectUri, state, verifier }: { redirectUri: string; state: string; verifier: string },
): Promise<string> {
  const url = new URL(`${baseUrlOf(context)}/authentication/v2/authorize`);
  const parameters = {
    response_type: 'code',
    client_id: context.settings.clientId ?? '',
    redirect_uri: redirectUri,
    scope: userScopes,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  // Autodesk's reference requires %20 between scopes, where URLSearchParams writes "+".
  url.search = Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return url.href;
}

export const createVerifier = (): string => oauth.generateRandomCodeVerifier();

/** Exchanges the redirect's code for tokens; throws if the redirect has an error. The caller has compared the state. */
export async function exchangeCode(
  context: Context,
  answer: URLSearchParams,
  { redirectUri, verifier }: { redirectUri: string; verifier: string },
): Promise<TokenReply> {
  const { server, client, authentication, options, host } = partiesOf(context);
  const parameters = codeIn(answer, () => oauth.validateAuthResponse(server, client, answer, oauth.skipStateCheck));
  const requestedAt = context.now();
  const response = await oauth.authorizationCodeGrantRequest(
    ...([server, client, authentication, parameters, redirectUri, verifier, options] as const),
  );
  return replyOf({ requestedAt, host }, response, (good) =>
    oauth.processAuthorizationCodeResponse(server, client, good),
  );
}

/** Requests an access token for the application (2-legged). */
export async function applicationToken(context: Context): Promise<TokenReply> {
  const { server, client, authentication, options, host } = partiesOf(context, {});
  const requestedAt = context.now();
  const scope = { scope: appScopes };
  const response = await oauth.clientCredentialsGrantRequest(server, client, authentication, scope, options);
  return replyOf({ requestedAt, host }, response, (good) =>
    oauth.processClientCredentialsResponse(server, client, good),
  );
}

/** Exchanges a refresh token, which can be used once. */
export async function refresh(context: Context, token: string): Promise<TokenReply> {
  const { server, client, authentication, options, host } = partiesOf(context);
  const requestedAt = context.now();
  const response = await oauth.refreshTokenGrantRequest(server, client, authentication, token, options);
  return replyOf({ requestedAt, host }, response, (good) => oauth.processRefreshTokenResponse(server, client, good));
}

export async function revoke(context: Context, token: string, hint: 'access_token' | 'refresh_token'): Promise<void> {
  const { server, client, authentication, options } = partiesOf(context);
  const additionalParameters = { token_type_hint: hint };
  await oauth.revocationRequest(server, client, authentication, token, { ...options, additionalParameters });
}

function partiesOf(context: Context, attempts: { readonly once?: number } = { once: timeout }) {
  const base = baseUrlOf(context);
  const { clientId = '' } = context.settings;
  const server: oauth.AuthorizationServer = {
    issuer: base,
    token_endpoint: `${base}/authentication/v2/token`,
    revocation_endpoint: `${base}/authentication/v2/revoke`,
  };
  const authentication = kindOf(context.settings) === 'public' ? oauth.None() : basic(context);
  const options = {
    [oauth.customFetch]: (url: string, request: oauth.CustomFetchOptions<'POST', URLSearchParams>) =>
      send(context, url, request, attempts),
    // The connection form accepts plain http only for simulators on this computer.
    [oauth.allowInsecureRequests]: base.startsWith('http:'),
  };
  return { server, client: { client_id: clientId }, authentication, options, host: new URL(base).host };
}

/** Autodesk expects the credentials without form encoding, which the library would apply. */
function basic({ settings: { clientId = '' }, secrets: { clientSecret = '' } }: Context): oauth.ClientAuth {
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  return (_server, _client, _body, headers) => headers.set('authorization', `Basic ${credentials}`);
}

async function send(
  context: Context,
  url: string,
  { headers, body }: oauth.CustomFetchOptions<'POST', URLSearchParams>,
  attempts: { readonly once?: number },
): Promise<Response> {
  const answer = await exchange(context, { method: 'POST', url, headers, body: body.toString(), ...attempts });
  const isBodiless = [204, 205, 304].includes(answer.status);
  const { status, headers: received } = answer;
  return new Response(isBodiless ? null : withoutNulls(answer), { status, headers: received });
}

/** Removes members that are null, which OAuth libraries reject although they mean the same as absent ones. */
function withoutNulls({ text, body }: Answer): string {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return text;
  return JSON.stringify(Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)));
}

const isHeaderValue = /^[\x21-\x7e]+$/;

async function replyOf(
  { requestedAt, host }: { readonly requestedAt: number; readonly host: string },
  response: Response,
  process: (good: Response) => Promise<oauth.TokenEndpointResponse>,
): Promise<TokenReply> {
  const { status, headers } = response;
  const bytes = await response.clone().bytes();
  const text = Buffer.from(bytes).toString();
  const answer = { status, headers, bytes, text, body: json(text) };
  if (status !== 200) return { granted: false, answer };
  try {
    const { access_token: value, expires_in: given = defaultLifetime, refresh_token } = await process(response);
    // Such a token would make every request fail until it expires.
    if (!isHeaderValue.test(value)) throw new TypeError('The token holds characters that no header may hold.');
    const seconds = given > 0 ? Math.min(given, longestLifetime) : defaultLifetime;
    const usableUntil = requestedAt + seconds * 1000 - Math.min(expiryMargin, seconds * 500);
    return { granted: true, access: { value, usableUntil }, ...(refresh_token ? { refresh: refresh_token } : {}) };
  } catch (cause) {
    const message = apsMessages.noToken({ host, ...contentOf(answer) });
    throw new RingbackError('provider', message, { cause });
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeIn(answer: URLSearchParams, validate: () => URLSearchParams): URLSearchParams {
  try {
    return validate();
  } catch (cause) {
    throw rejectionInBrowser(answer, cause);
  }
}

function rejectionInBrowser(answer: URLSearchParams, cause: unknown): RingbackError {
  if (answer.get('error') === 'access_denied') {
    return new RingbackError('provider', apsMessages.browserDenied());
  }
  const error = answer.get('error')?.match(/^[\w.-]{1,60}$/)?.[0] ?? '';
  const description = answer.get('error_description')?.replace(/\s+/g, ' ').trim().slice(0, 300).replace(/\.$/, '');
  return new RingbackError('provider', apsMessages.browserFailed({ error, detail: description ?? '' }), { cause });
}
