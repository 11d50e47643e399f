import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { apsWebhooks } from '../../../main/connectors/aps-webhooks/index.ts';
import { isPattern } from '../../../main/engine/event-pattern.ts';

const secret = 'a secret of the hook';
const { catalogue } = apsWebhooks.hooks ?? {};
const events = (catalogue?.systems ?? []).flatMap(({ system, events: all }) =>
  all
    .filter(({ event }) => !isPattern(event))
    .map(({ event, scopes }) => ({ system, event, scope: scopes[0] ?? 'folder' })),
);

test('the catalogue has events to make samples of', () => {
  expect(events.length).toBeGreaterThan(20);
});

test.each(events)(
  'a sample of $system $event is signed as the provider signs, and read as that event',
  ({ scope, ...of }) => {
    const request = { ...of, scope: { [scope]: 'sample' } };
    const { headers, body } = apsWebhooks.sample?.(request, 'b7a1', Date.now()) ?? { headers: {}, body: {} };
    const bytes = Buffer.from(JSON.stringify(body));
    const signature = `sha1hash=${createHmac('sha1', secret).update(bytes).digest('hex')}`;
    expect(apsWebhooks.sign?.(bytes, secret)).toEqual({ 'x-adsk-signature': signature });
    const delivery = {
      ...{ method: 'POST', suffix: '', body: bytes, hook: request, nameOf: () => undefined },
      headers: { ...headers, 'x-adsk-signature': signature },
    };
    expect(apsWebhooks.verify(delivery, [{ of: 'hook', value: secret }])).toMatchObject({
      genuine: true,
      deliveryId: 'b7a1',
    });
    const reading = apsWebhooks.read(delivery);
    expect(reading.event).toBe(of.event);
    expect(reading.title).not.toMatch(/Unknown event/);
  },
);
