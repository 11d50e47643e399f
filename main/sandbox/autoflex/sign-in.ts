import { type Request, Router } from 'express';
import { ErrorResponse } from '../http/index.ts';
import type { Random } from '../random.ts';
import type { Behaviour } from './behaviour.ts';

/** The credentials that are accepted. */
export interface Login {
  readonly username: string;
  readonly apiKey: string;
  readonly password: string;
}

/** The issued tokens with their expiry. */
export class Tokens {
  readonly #until = new Map<string, number>();
  readonly #now: () => number;
  readonly #random: Random;

  constructor(now: () => number, random: Random) {
    this.#now = now;
    this.#random = random;
  }

  /** Issues a token; `lifetime` in seconds. */
  issue(lifetime: number): string {
    const token = this.#random.bytes(24).toString('base64url');
    this.#until.set(token, this.#now() + lifetime * 1000);
    return token;
  }

  /** Whether the request has a valid token, for which only the header `token` is read. */
  isGood(request: Request): boolean {
    const until = this.#until.get(tokenOf(request));
    return until !== undefined && this.#now() < until;
  }

  expireAll(): void {
    this.#until.clear();
  }
}

/** The token of a request; empty without one. */
export function tokenOf({ headers }: Request): string {
  return typeof headers.token === 'string' ? headers.token : '';
}

/** `GET /authenticate`; `elsewhere` is the base URL at the other origin. */
export function createSignIn(login: Login, tokens: Tokens, { signIn }: Behaviour, elsewhere: () => string): Router {
  const router = Router();
  router.get('/authenticate', (request, response) => {
    const query = new URLSearchParams(request.url.split('?')[1]);
    if (signIn.redirect !== 'none' && !query.has('redirected')) {
      query.set('redirected', '1');
      const base = signIn.redirect === 'foreign' ? elsewhere() : request.baseUrl;
      return response.redirect(307, `${base}/authenticate?${query}`);
    }
    const { username, apiKey, password } = login;
    const isRight =
      query.get('api_key') === apiKey && query.get('username') === username && query.get('password') === password;
    if (!isRight) throw new ErrorResponse(401, { message: 'The api_key, username or password is not right.' });
    if (signIn.notReady > 0) {
      signIn.notReady -= 1;
      return response.status(202).json(signIn.retry === null ? {} : { retry: signIn.retry });
    }
    response.json({
      token: tokens.issue(signIn.tokenLifetime),
      ...(signIn.apiUrl === null ? {} : { api_url: signIn.apiUrl, user_id: '1234' }),
    });
  });
  return router;
}
