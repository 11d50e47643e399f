import { expect } from 'vitest';
import type { Spawned } from '../headless/spawned.ts';
import { signed } from '../support/spawned-hook.ts';

/** What a load has done: deliveries that were started, and answers that the host was too busy. */
export interface Sent {
  count: number;
  busy: number;
}

/**
 * Sends until the host is gone; each delivery that got its 204 is noted. Half of them are repeated at once. A busy host may
 * answer 503 in place of it, also to the repetition, after which a provider would repeat the delivery.
 */
export async function send(url: string, secret: string, sent: Sent, acknowledged: Set<string>): Promise<void> {
  for (;;) {
    const id = `delivery-${sent.count++}`;
    const body = JSON.stringify({ payload: { ItemUrn: `urn:${id}`, ItemDescription: id } });
    const headers = signed(secret, id, body);
    try {
      for (let times = 0; times <= sent.count % 2; times += 1) {
        const { status } = await fetch(url, { method: 'POST', body, headers });
        expect(status).toBeOneOf([204, 503]);
        if (status === 204) acknowledged.add(id);
        else sent.busy += 1;
      }
    } catch (error) {
      if (error instanceof TypeError) return;
      throw error;
    }
  }
}

export async function deliveryIds(host: Spawned): Promise<string[]> {
  const ids: string[] = [];
  for (let before: string | undefined; ; ) {
    const page = await host.ask('events.list', { limit: 500, before });
    ids.push(...page.events.map(({ deliveryId }) => deliveryId ?? ''));
    if (!page.next) return ids;
    before = page.next;
  }
}
