import { z } from 'zod';
import type { Context, SignInSupport } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { referenceOf } from '../../engine/messages/index.ts';
import { exchange } from '../http.ts';
import { kindOf, redirect, userInfoUrlOf, whenPersonal } from './account.ts';
import { endsSignIn, limited, secondsToWait, serviceFailureOf, signInRejectionOf } from './error-response.ts';
import { apsMessages } from './messages.ts';
import {
  type AccessToken,
  authorizeUrl,
  createVerifier,
  exchangeCode,
  refresh,
  revoke,
  type TokenReply,
} from './oauth.ts';
import { remainingPause, startPause } from './pause.ts';
import { cachedToken, cacheToken, freshToken } from './token.ts';

/** The stored sign-in of a user: the refresh token with its times in milliseconds since 1970, or why it ended. */
const Session = z.union([
  z.object({ token: z.string().min(1), since: z.number(), until: z.number() }),
  z.object({ ended: z.string() }),
]);
type Session = z.infer<typeof Session>;

const secret = 'session';
/** Milliseconds for which a refresh token is valid (15 days); each refresh returns a new one. */
const refreshTokenLifetime = 15 * 24 * 3600_000;
/** Milliseconds until the next refresh after an outage, where the response has no Retry-After. */
const pause = 60_000;
const memory = { pause: 'aps renewal pause', unsaved: 'aps unsaved session', problem: 'aps renewal problem' } as const;

/** Signs in a user at Autodesk (3-legged), through an app with a secret or a public one; both with PKCE. */
export const apsSignIn: SignInSupport = {
  when: whenPersonal,
  ...redirect,
  kindOf,
  async start(context, state, redirectUri) {
    const verifier = createVerifier();
    const url = await authorizeUrl(context, { redirectUri, state, verifier });
    const finish = async (answer: URLSearchParams): Promise<void> => {
      const reply = await exchangeCode(context, answer, { redirectUri, verifier });
      if (!reply.granted) throw signInRejectionOf(reply.answer, hiddenIn(context, answer.get('code') ?? '', verifier));
      if (!reply.refresh) {
        throw new RingbackError('provider', apsMessages.noRefreshToken());
      }
      cacheToken(context, await keep(context, reply, reply.refresh));
    };
    return { url, finish };
  },
  stateOf(context) {
    const session = sessionOf(context);
    if (session && 'token' in session) {
      const problem = context.memory.get(memory.problem) as SignInProblem | undefined;
      const { since, until } = session;
      return { signedIn: true, since, until, ...problem };
    }
    if (!session) return { signedIn: false };
    return { signedIn: false, problem: session.ended, problemMessage: referenceOf(apsMessages.signInEnded()) };
  },
  async renew(context) {
    await freshToken(context, renewSession);
  },
  async end(context) {
    const session = sessionOf(context);
    const access = cachedToken(context);
    const forget = (token: string | undefined, hint: 'access_token' | 'refresh_token') =>
      token === undefined ? undefined : revoke(context, token, hint).catch(() => undefined);
    await forget(session && 'token' in session ? session.token : undefined, 'refresh_token');
    await forget(access?.value, 'access_token');
    context.memory.clear();
    await context.storeSecret(secret, undefined);
  },
};

/** Exchanges the refresh token. The new one is stored on disk before the access token is returned. */
export async function renewSession(context: Context): Promise<AccessToken> {
  const unsaved = context.memory.get(memory.unsaved) as { reply: Granted; token: string } | undefined;
  // Storing it failed the last time, and the previous refresh token is used up.
  if (unsaved) return keep(context, unsaved.reply, unsaved.token);
  const session = sessionOf(context);
  if (!session || 'ended' in session) throw signedOut(session?.ended);
  const wait = remainingPause(context, memory.pause);
  if (wait > 0) throw limited(wait);
  try {
    const reply = await refreshWithRetry(context, session.token);
    if (!reply.granted) throw await rejectedRefresh(context, reply.answer, session.token);
    context.memory.delete(memory.problem);
    return await keep(context, reply, reply.refresh ?? session.token);
  } catch (error) {
    if (error instanceof RingbackError) context.memory.set(memory.problem, problemOf(error));
    throw error;
  }
}

type SignInProblem = Pick<ReturnType<SignInSupport['stateOf']>, 'problem' | 'problemMessage'>;

function problemOf({ message, reason }: RingbackError): SignInProblem {
  return { problem: message, ...(reason ? { problemMessage: reason } : {}) };
}

type Granted = Extract<TokenReply, { granted: true }>;

/** Without a response it is unknown whether the refresh token was used up, so the request is repeated once. */
async function refreshWithRetry(context: Context, token: string): Promise<TokenReply> {
  try {
    return await refresh(context, token);
  } catch (error) {
    const isLost = error instanceof RingbackError && error.code === 'offline' && !context.signal.aborted;
    if (!isLost) throw error;
    return refresh(context, token);
  }
}

async function keep(context: Context, reply: Granted, token: string): Promise<AccessToken> {
  context.memory.set(memory.unsaved, { reply, token });
  const now = context.now();
  await context.storeSecret(
    secret,
    JSON.stringify({ token, since: now, until: now + refreshTokenLifetime } satisfies Session),
  );
  context.memory.delete(memory.unsaved);
  return reply.access;
}

async function rejectedRefresh(
  context: Context,
  answer: Extract<TokenReply, { granted: false }>['answer'],
  token: string,
): Promise<RingbackError> {
  const failure = serviceFailureOf(answer);
  if (failure) {
    const seconds = secondsToWait(answer);
    startPause(context, memory.pause, seconds === undefined ? pause : seconds * 1000);
    return failure;
  }
  if (!endsSignIn(answer)) return signInRejectionOf(answer, hiddenIn(context, token));
  const ended = apsMessages.signInEnded().text;
  await context.storeSecret(secret, JSON.stringify({ ended } satisfies Session));
  return signedOut(ended);
}

function signedOut(ended: string | undefined): RingbackError {
  const message = ended === undefined ? apsMessages.nobodySignedIn() : apsMessages.signInEndedAgain();
  return new RingbackError('conflict', message);
}

function sessionOf({ secrets }: Context): Session | undefined {
  const text = secrets[secret];
  return text === undefined ? undefined : Session.safeParse(JSON.parse(text)).data;
}

/** The texts that messages must not contain: `more`, and the connection's credentials and tokens. */
export function hiddenIn(context: Context, ...more: readonly string[]): readonly string[] {
  const { settings, secrets } = context;
  const credentials = Buffer.from(`${settings.clientId}:${secrets.clientSecret ?? ''}`).toString('base64');
  const session = sessionOf(context);
  const { [secret]: _, ...typed } = secrets;
  return [...more, ...Object.values(typed), credentials, session && 'token' in session ? session.token : ''];
}

const UserInfo = z.object({
  name: z.string().trim().min(1).optional().catch(undefined),
  preferred_username: z.string().trim().min(1).optional().catch(undefined),
  email: z.string().trim().min(1).optional().catch(undefined),
});

/** The name of the user who signed in; undefined where Autodesk does not return one. */
export async function personOf(context: Context, token: string): Promise<string | undefined> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const answer = await exchange(context, { method: 'GET', url: userInfoUrlOf(context), headers });
  const info = answer.status === 200 ? UserInfo.safeParse(answer.body).data : undefined;
  return info?.name ?? info?.preferred_username ?? info?.email;
}
