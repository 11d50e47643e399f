import type { Session } from './pauses.ts';
import { ask, type Query } from './query.ts';
import type { ServerResponse } from './response.ts';
import { type Grant, signIn } from './sign-in.ts';

export interface Call extends Pick<Query, 'method' | 'isReady'> {
  /** Path below the base URL, starting with a slash. */
  readonly path: string;
  readonly json?: Readonly<Record<string, unknown>>;
}

interface Called {
  readonly reply: ServerResponse;
  /** The grant with which the request was accepted. */
  readonly grant: Grant;
}

/** Sends a request, once more after signing in again if the token is rejected; returns any response. */
export async function call(session: Session, request: Call): Promise<Called> {
  const grant = await signIn(session);
  const reply = await send(session, request, grant);
  if (!isRefused(reply)) return { reply, grant };
  const renewed = await signIn(session, grant);
  return { reply: await send(session, request, renewed), grant: renewed };
}

function isRefused({ status }: ServerResponse): boolean {
  return status === 401 || status === 403;
}

function send(session: Session, { path, json, ...request }: Call, { base, token }: Grant): Promise<ServerResponse> {
  return ask(session, {
    ...request,
    url: base + path,
    headers: { token, accept: 'application/json', ...(json ? { 'content-type': 'application/json' } : {}) },
    ...(json ? { body: JSON.stringify(json) } : {}),
  });
}
