import { expect, test } from 'vitest';
import { apsWebhooks } from '../../../main/connectors/aps-webhooks/index.ts';
import { until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

async function openScene() {
  const bell = createBell();
  const host = await openTestHost({ connectors: [{ ...bell.connector, read: apsWebhooks.read }] });
  await host.connect();
  const connection = await host.ask('connections.add', {
    ...{ connector: 'bell', settings: { account: 'me' }, secrets: { password: 'correct' } },
  });
  const hook = await host.ask('hooks.create', { connection: connection.id, event: 'ring', scope: { door: 'front' } });
  const secret = bell.secretOf(hook.providerId ?? '');
  const post = async (body: string): Promise<number> => {
    const { status } = await fetch(hook.callbackUrl, { method: 'POST', body, headers: bell.sign(secret, body) });
    return status;
  };
  return { host, post };
}

/** A callback as Autodesk sends it, with these members of its payload as they are written. */
const callback = (members: string): string =>
  `{"version":"1.0","resourceUrn":"urn:a","hook":{"event":"dm.version.added","system":"data","scope":{"folder":"f"}},"payload":{${members}}}`;
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const bodies = [
  ['10,000 levels of lists', nested(10_000)],
  ['100,000 levels of objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['10,000 levels in the payload', callback(`"name":"deep.rvt","ext":${nested(10_000)}`)],
  ['each member twice', callback('"name":"first.rvt","name":"second.rvt","name":{"a":1}')],
  ['half a character', callback('"name":"half \\ud800 and \\udc00.rvt"')],
  ['the last time there is', callback('"name":"a.rvt","modifiedTime":"+275760-09-13T00:00:00.000Z"')],
  ['a time behind the last', callback('"name":"b.rvt","modifiedTime":"+275760-09-13T00:00:00.001Z"')],
  ['a number without end', callback('"name":"c.rvt","modifiedTime":1e400,"version":-1e400')],
  ['names of the prototype', callback('"__proto__":{"name":"d.rvt"},"constructor":{"prototype":1},"name":"d.rvt"')],
  ['a name of 900 KB', callback(`"name":"${'long '.repeat(180_000)}"`)],
  ['20,000 words and NULs', callback(`"name":"${'w\\u0000 '.repeat(20_000)}"`)],
  ['another type for each member', '{"version":[],"resourceUrn":{},"hook":"x","payload":[[]]}'],
  ['nothing but a number', '-0'],
] as const;

test('whatever a signed body holds, it is stored, listed, shown and searched, and later ones are, too', async () => {
  const { host, post } = await openScene();
  for (const [name, body] of bodies) expect([name, await post(body)]).toEqual([name, 204]);
  expect(await post(callback('"name":"after.rvt"'))).toBe(204);
  const { events } = await host.ask('events.list', { limit: 100 });
  expect(events).toHaveLength(bodies.length + 1);
  for (const { id, title, summary = '' } of events) {
    expect(title.isWellFormed() && summary.isWellFormed()).toBe(true);
    expect(title.length).toBeLessThanOrEqual(300);
    expect(summary.length).toBeLessThanOrEqual(1000);
    await host.ask('events.get', { id });
  }
  await until(async () => (await host.ask('events.list', { text: 'after' })).events.length === 1);
  expect(({} as { name?: unknown }).name).toBeUndefined();
});

test('whatever is searched for, the search answers or says that the text is too long', async () => {
  const { host, post } = await openScene();
  await post(callback('"name":"tower.rvt"'));
  const texts = [
    '\ud800',
    'tower \udc00',
    '\0',
    '"',
    '-"tower',
    'NEAR(tower, 2) OR *',
    `${'%_\\'.repeat(60)}`,
    Array.from({ length: 5_000 }, (_, index) => `w${index}`).join(' '),
    'a'.repeat(100_000),
    '(('.repeat(5_000),
  ];
  for (const text of texts) {
    for (const query of [{ text }, { name: text }, { event: text }]) {
      const reply = await host.engine.ask('events.list', query);
      if (!reply.ok) expect(reply.problem.code).toBe('invalid-input');
    }
  }
  expect((await host.ask('events.list', { text: 'tower' })).events).toHaveLength(1);
});
