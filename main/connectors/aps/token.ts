import type { Context } from '../../engine/connector/index.ts';
import type { AccessToken } from './oauth.ts';

const memory = { token: 'aps token', asked: 'aps token asked' } as const;

/**
 * The cached access token of this connection while it is valid. Connections do not share tokens, so that those of apps
 * and users never mix.
 */
export function cachedToken(context: Context): AccessToken | undefined {
  const token = context.memory.get(memory.token) as AccessToken | undefined;
  return token && context.now() < token.usableUntil ? token : undefined;
}

export function cacheToken(context: Context, token: AccessToken): void {
  context.memory.set(memory.token, token);
}

/** Drops a rejected token, unless another caller has replaced it already. */
export function dropToken(context: Context, refused: string): void {
  if (cachedToken(context)?.value === refused) context.memory.delete(memory.token);
}

/** Requests a new token; concurrent callers share one request. */
export function freshToken(
  context: Context,
  request: (context: Context) => Promise<AccessToken>,
): Promise<AccessToken> {
  const running = context.memory.get(memory.asked) as Promise<AccessToken> | undefined;
  if (running) return running;
  const ask = async (): Promise<AccessToken> => {
    try {
      const token = await request(context);
      cacheToken(context, token);
      return token;
    } finally {
      if (context.memory.get(memory.asked) === asked) context.memory.delete(memory.asked);
    }
  };
  const asked = ask();
  context.memory.set(memory.asked, asked);
  return asked;
}
