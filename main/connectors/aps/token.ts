import type { Context } from '../../engine/connector/index.ts';
import type { AccessToken } from './oauth.ts';

const memory = { token: 'aps token', asked: 'aps token asked' } as const;

/** The token of this connection while it is good; each connection speaks for one leg, so that the two never mix. */
export function heldToken(context: Context): AccessToken | undefined {
  const token = context.memory.get(memory.token) as AccessToken | undefined;
  return token && context.now() < token.goodUntil ? token : undefined;
}

export function holdToken(context: Context, token: AccessToken): void {
  context.memory.set(memory.token, token);
}

/** Drops a token that was refused, unless another caller has replaced it already. */
export function dropToken(context: Context, refused: string): void {
  if (heldToken(context)?.value === refused) context.memory.delete(memory.token);
}

/** A new token. However many ask, one request is made. */
export function freshToken(
  context: Context,
  request: (context: Context) => Promise<AccessToken>,
): Promise<AccessToken> {
  const running = context.memory.get(memory.asked) as Promise<AccessToken> | undefined;
  if (running) return running;
  const ask = async (): Promise<AccessToken> => {
    try {
      const token = await request(context);
      holdToken(context, token);
      return token;
    } finally {
      if (context.memory.get(memory.asked) === asked) context.memory.delete(memory.asked);
    }
  };
  const asked = ask();
  context.memory.set(memory.asked, asked);
  return asked;
}
