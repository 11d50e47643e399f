import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Stamp } from '../storage/index.ts';

/** A question that only this process can answer, which shows that a public address leads here. */
export interface Echo {
  /** The receiver's address key of the echo, 32 hex digits. */
  readonly key: string;
  nonce(): string;
  /** What the receiver answers to a body. */
  answer(body: Uint8Array): string;
  /** This process among others that answer with a copy of the same data. */
  readonly instance: string;
  /** In constant time. */
  isAnswer(body: string, text: string): boolean;
}

export function createEcho(): Echo {
  const secret = randomBytes(32);
  const answer = (body: Uint8Array | string): string => createHmac('sha256', secret).update(body).digest('hex');
  return {
    key: randomBytes(16).toString('hex'),
    instance: randomBytes(16).toString('hex'),
    nonce: () => randomBytes(16).toString('hex'),
    answer,
    isAnswer(body, text) {
      const expected = Buffer.from(answer(body));
      const given = Buffer.from(text);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

/** The address key at which every computer with these data says which one it is; no secret, as providers know it. */
export function instanceKey({ id }: Stamp): string {
  return createHash('sha256').update(`ringback instance ${id}`).digest('hex').slice(0, 32);
}

/** The same for the present stamp, computed again only where that has changed: every request asks for it. */
export function createInstanceKey(stamp: () => Stamp): () => string {
  let [id, key] = ['', ''];
  return () => {
    const present = stamp();
    if (present.id !== id) [id, key] = [present.id, instanceKey(present)];
    return key;
  };
}

/** What a computer says of itself to a body: which process it is, and that it has these data. */
export function instanceAnswer(sharedKey: string, instance: string, body: Uint8Array | string): string {
  return instance + createHmac('sha256', sharedKey).update(instance).update(body).digest('hex');
}

/** The process that gave this answer to the body; undefined where it does not have the data. In constant time. */
export function instanceIn(answer: string, sharedKey: string, body: string): string | undefined {
  if (!/^[0-9a-f]{96}$/.test(answer)) return undefined;
  const instance = answer.slice(0, 32);
  const expected = Buffer.from(instanceAnswer(sharedKey, instance, body));
  return timingSafeEqual(expected, Buffer.from(answer)) ? instance : undefined;
}
