import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Connector } from '../connector/index.ts';
import { type Message, networkMessages } from '../messages/index.ts';
import { describeUnreachable } from '../requests/index.ts';

/** Deliveries to one hook through the public URL, signed as by the provider and verified, but not stored. */
export interface TestDeliveries {
  /** Whether a verified delivery is one of those in progress. */
  isTestDelivery(body: Uint8Array): boolean;
  send(delivery: TestDelivery): Promise<TestDeliveryResult>;
}

interface TestDelivery {
  readonly url: string;
  readonly secret: string;
  readonly sign: NonNullable<Connector['sign']>;
  readonly fetch: typeof globalThis.fetch;
}

export type TestDeliveryResult =
  | { readonly arrived: true; readonly milliseconds: number }
  | { readonly arrived: false; readonly refused: boolean; readonly reason: Message };

const deadline = 10_000;

export function createTestDeliveries(): TestDeliveries {
  const inProgress = new Set<Buffer>();
  return {
    isTestDelivery(body) {
      for (const one of inProgress) {
        if (one.length === body.length && timingSafeEqual(one, body)) return true;
      }
      return false;
    },
    async send({ url, secret, sign, fetch }) {
      const body = Buffer.from(JSON.stringify({ ringback: 'test', nonce: randomBytes(16).toString('hex') }));
      inProgress.add(body);
      const startedAt = performance.now();
      try {
        const response = await fetch(url, {
          method: 'POST',
          body,
          headers: {
            ...sign(body, secret),
            'content-type': 'application/json',
            'user-agent': 'ringback-test',
            'bypass-tunnel-reminder': 'ringback',
          },
          redirect: 'manual',
          signal: AbortSignal.timeout(deadline),
        });
        await response.body?.cancel();
        if (response.status === 204) return { arrived: true, milliseconds: Math.round(performance.now() - startedAt) };
        return {
          arrived: false,
          refused: response.status === 401,
          reason: networkMessages.status({ status: response.status }),
        };
      } catch (error) {
        return { arrived: false, refused: false, reason: describeUnreachable(error) };
      } finally {
        inProgress.delete(body);
      }
    },
  };
}
