import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { connectors } from '../../main/connectors/index.ts';
import { isPattern } from '../../main/engine/event-pattern.ts';
import { delivery } from './deliveries.ts';

const secret = 'a-secret-of-thirty-two-characters';

const events = connectors.flatMap((connector) => {
  const { sign, sample, hooks } = connector;
  if (!sign || !sample || !hooks) return [];
  return hooks.catalogue.systems.flatMap(({ system, scopes, events: all }) =>
    all
      .filter(({ event }) => !isPattern(event))
      .map(({ event }) => ({ connector, sign, sample, system, event, scope: scopes[0]?.key ?? 'folder' })),
  );
});

test('samples can be made of every connector with a catalogue', () => {
  const named = new Set(events.map(({ connector }) => connector.id));
  expect([...named]).toEqual(connectors.filter(({ hooks }) => hooks !== undefined).map(({ id }) => id));
});

test.each(events)('a sample of $system $event verifies as Autodesk signs, and is read as that event', (one) => {
  const { connector, sign, sample, system, event, scope } = one;
  const { headers, body } = sample(
    { system, event, scope: { [scope]: 'sample-scope' } },
    'sample-id',
    1_700_000_000_000,
  );
  const bytes = Buffer.from(JSON.stringify(body));
  const signature = `sha1hash=${createHmac('sha1', secret).update(bytes).digest('hex')}`;
  expect(sign(bytes, secret)).toEqual({ 'x-adsk-signature': signature });
  const received = delivery(body, {
    headers: { ...headers, 'x-adsk-signature': signature },
    registered: { system, event, scope: { [scope]: 'sample-scope' } },
  });
  expect(connector.verify(received, [{ of: 'hook', value: secret }])).toMatchObject({ genuine: true });
  expect(connector.read(received)).toMatchObject({ system, event });
});
