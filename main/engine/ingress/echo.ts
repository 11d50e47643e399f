import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A question that only this process can answer: what comes back through a public address shows that the address leads here. */
export interface Echo {
  /** The receiver's address key of the echo, 32 hex digits. */
  readonly key: string;
  nonce(): string;
  /** What the receiver answers to a body. */
  answer(body: Uint8Array): string;
  /** In constant time. */
  isAnswer(body: string, text: string): boolean;
}

export function createEcho(): Echo {
  const secret = randomBytes(32);
  const answer = (body: Uint8Array | string): string => createHmac('sha256', secret).update(body).digest('hex');
  return {
    key: randomBytes(16).toString('hex'),
    nonce: () => randomBytes(16).toString('hex'),
    answer,
    isAnswer(body, text) {
      const expected = Buffer.from(answer(body));
      const given = Buffer.from(text);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
