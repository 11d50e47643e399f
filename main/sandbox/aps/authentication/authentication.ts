import type { Request } from 'express';
import { ErrorResponse, gatewayBody } from '../../http/index.ts';
import type { Random } from '../../random.ts';

/** The owner of a token: the application (2-legged) or a user who signed in through it (3-legged). */
export interface Owner {
  readonly type: 'Application' | 'O2User';
  readonly id: string;
  /** The client id of the application. */
  readonly client: string;
}

/** The user who signs in, as in the profile. */
export const person = {
  sub: 'SANDBOXKIM42',
  name: 'Kim Example',
  given_name: 'Kim',
  family_name: 'Example',
  preferred_username: 'kim.example',
  email: 'kim@example.com',
  email_verified: true,
  locale: 'en-US',
} as const;

interface Grant {
  readonly owner: Owner;
  readonly scopes: readonly string[];
  readonly expires: number;
}

/** The scopes that Autodesk lists, without those with parameters. */
export const knownScopes = new Set(
  `user:read user:write user-profile:read viewables:read data:read data:write data:create data:search bucket:create
  bucket:read bucket:update bucket:delete code:all account:read account:write openid`.split(/\s+/),
);

/** The issued access tokens. */
export class Tokens {
  readonly #grants = new Map<string, Grant>();
  readonly #now: () => number;
  readonly #random: Random;

  constructor(now: () => number, random: Random) {
    this.#now = now;
    this.#random = random;
  }

  /** Issues a token; `lifetime` in seconds. */
  issue(owner: Owner, scopes: readonly string[], lifetime: number): string {
    const token = this.#random.bytes(48).toString('base64url');
    this.#grants.set(token, { owner, scopes, expires: this.#now() + lifetime * 1000 });
    return token;
  }

  revokeAll(): void {
    this.#grants.clear();
  }

  revoke(token: string): void {
    this.#grants.delete(token);
  }

  find(
    token: string,
  ): { readonly owner: Owner; readonly scopes: readonly string[]; readonly expires: number } | undefined {
    const grant = this.#grants.get(token);
    return grant && grant.expires > this.#now() ? grant : undefined;
  }

  /** The owner of the request's token. Throws the gateway's 401, or 403 if no set of scopes was granted completely. */
  authorise(request: Request, ...scopes: readonly (readonly string[])[]): Owner {
    const [, token] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token === undefined) {
      throw new ErrorResponse(401, gatewayBody('AUTH-012', 'The Authorization header is missing or malformed.'));
    }
    const grant = this.#grants.get(token);
    if (!grant || grant.expires <= this.#now()) {
      this.#grants.delete(token);
      throw new ErrorResponse(401, gatewayBody('AUTH-006', 'The token is not valid.'));
    }
    if (!scopes.some((set) => set.every((scope) => grant.scopes.includes(scope)))) {
      throw new ErrorResponse(403, gatewayBody('AUTH-010', 'Token does not have the privilege for this request.'));
    }
    return grant.owner;
  }
}

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Whether it is a scope that Autodesk lists. */
export function isKnownScope(scope: string): boolean {
  return knownScopes.has(scope) || scope.startsWith('data:read:urn:');
}
