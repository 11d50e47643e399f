import type { Random } from '../random.ts';
import type { Behaviour } from './behaviour.ts';

/** An issued download link. */
export interface Link {
  /** The number of the file in its backup. */
  readonly number: number;
  readonly signature: string;
  readonly isExpired: boolean;
}

/** The URLs of downloads: unguessable, signed in the query, with an expiry. */
export class Links {
  readonly #issued = new Map<string, { number: number; signature: string; at: number }>();
  readonly #behaviour: Behaviour;
  readonly #now: () => number;
  readonly #random: Random;

  constructor(behaviour: Behaviour, now: () => number, random: Random) {
    this.#behaviour = behaviour;
    this.#now = now;
    this.#random = random;
  }

  /** The path and query of a new link. */
  issue(number: number): string {
    const key = this.#random.bytes(12).toString('hex');
    const signature = this.#random.bytes(24).toString('base64url');
    this.#issued.set(key, { number, signature, at: this.#now() });
    if (this.#behaviour.link.style === 'query') return `/?file=${key}&signature=${signature}`;
    return `/files/${key}/${encodeURIComponent(this.#behaviour.file.name)}?signature=${signature}`;
  }

  find(key: string): Link | undefined {
    const issued = this.#issued.get(key);
    if (!issued) return undefined;
    const { number, signature, at } = issued;
    return { number, signature, isExpired: this.#now() >= at + this.#behaviour.link.lifetime * 1000 };
  }

  /** Expires all links issued so far. */
  expireAll(): void {
    for (const link of this.#issued.values()) link.at = Number.NEGATIVE_INFINITY;
  }
}
