import type { Random } from '../../random.ts';
import type { Behaviour } from '../behaviour.ts';

/** The consent of a user to an application. */
export interface Consent {
  readonly client: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  /** SHA-256 of the PKCE verifier, in base64url. */
  readonly challenge?: string | undefined;
  /** Copied into the ID token. */
  readonly nonce?: string | undefined;
}

interface Grant {
  readonly consent: Consent;
  readonly expires: number;
  /** When it was used, in milliseconds since 1970. */
  spent?: number;
}

/** The issued codes and refresh tokens, each of which can be used once. */
export class Grants {
  readonly #grants = new Map<string, Grant>();
  readonly #behaviour: Behaviour;
  readonly #now: () => number;
  readonly #random: Random;

  constructor(behaviour: Behaviour, now: () => number, random: Random) {
    this.#behaviour = behaviour;
    this.#now = now;
    this.#random = random;
  }

  issueCode(consent: Consent): string {
    return this.#issue('code', consent, this.#behaviour.codeLifetime);
  }

  issueRefreshToken(consent: Consent): string {
    return this.#issue('refresh', consent, this.#behaviour.refreshLifetime);
  }

  spendCode(code: string): Consent | undefined {
    return this.#spend(`code ${code}`, 0);
  }

  spendRefreshToken(token: string): Consent | undefined {
    return this.#spend(`refresh ${token}`, this.#behaviour.refreshGrace);
  }

  /** The consent and expiry of a valid refresh token. */
  find(token: string): { readonly consent: Consent; readonly expires: number } | undefined {
    const grant = this.#grants.get(`refresh ${token}`);
    return grant && grant.spent === undefined && grant.expires > this.#now() ? grant : undefined;
  }

  revoke(token: string): void {
    this.#grants.delete(`refresh ${token}`);
  }

  revokeAll(): void {
    this.#grants.clear();
  }

  #issue(kind: 'code' | 'refresh', consent: Consent, lifetime: number): string {
    const value = this.#random.bytes(32).toString('base64url');
    this.#grants.set(`${kind} ${value}`, { consent, expires: this.#now() + lifetime * 1000 });
    return value;
  }

  /** Uses up a code or refresh token; `grace` is the number of seconds for which a used one is still accepted. */
  #spend(key: string, grace: number): Consent | undefined {
    const grant = this.#grants.get(key);
    const now = this.#now();
    if (!grant || grant.expires <= now || (grant.spent ?? now) + grace * 1000 < now) return undefined;
    if (grant.spent !== undefined && grace === 0) return undefined;
    grant.spent ??= now;
    return grant.consent;
  }
}
