import type { Session } from './pauses.ts';
import { type Asking, ask } from './query.ts';
import type { ServerResponse } from './response.ts';
import { type Grant, signIn } from './sign-in.ts';

export interface Call extends Pick<Asking, 'method' | 'isReady'> {
  /** Below the base URL, beginning with a slash. */
  readonly path: string;
  readonly json?: Readonly<Record<string, unknown>>;
}

interface Called {
  readonly reply: ServerResponse;
  /** With which the answer was given. */
  readonly grant: Grant;
}

/** Calls the API; where the token is refused, signs in once and calls once more. Every answer is given, whatever it says. */
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
