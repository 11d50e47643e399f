import { expect, test } from 'vitest';
import type { Connector } from '../../../main/engine/connector/index.ts';
import { type BellHostOptions, openBellHost } from '../../support/bell-host.ts';
import { openHandler } from '../../support/handler.ts';
import { until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';

const { verify, read } = createBell().connector;

/** A provider that may leave the signature out, and whose events change jobs. */
const provider: Partial<Connector> = {
  mayBeUnsigned: true,
  verify(delivery, secrets) {
    const verdict = verify(delivery, secrets);
    const isUnsigned = !verdict.genuine && delivery.headers['x-bell-signature'] === undefined;
    return isUnsigned ? { ...verdict, unsigned: true } : verdict;
  },
  read: (delivery) => ({
    ...read(delivery),
    identity: 'the one',
    jobs: [{ kind: 'translation', subject: 'tower', name: 'tower', state: 'success', stage: 'translated' }],
  }),
  sign: () => ({}),
};

async function openScene(options: BellHostOptions = {}) {
  const { host, ring } = await openBellHost({ connector: provider, ...options });
  const [hook] = await host.ask('hooks.list', {});
  const post = async (payload: object, headers: Record<string, string> = {}): Promise<number> =>
    (await fetch(hook?.callbackUrl ?? '', { method: 'POST', body: JSON.stringify(payload), headers })).status;
  const accept = (acceptUnsigned: boolean) => host.ask('hooks.update', { id: hook?.id ?? '', acceptUnsigned });
  return { host, ring, post, accept, hook };
}

test('an unsigned callback is rejected unless the user accepts it for the hook, and a forged one always', async () => {
  const { post, accept, hook } = await openScene();
  expect(hook?.acceptUnsigned).toBe(false);
  expect(await post({ name: 'one' })).toBe(401);
  expect(await accept(true)).toMatchObject({ acceptUnsigned: true });
  expect(await post({ name: 'one' })).toBe(204);
  expect(await post({ name: 'two' }, { 'x-bell-signature': 'forged' })).toBe(401);
  await accept(false);
  expect(await post({ name: 'three' })).toBe(401);
});

test('an accepted one is marked and notified so, changes no job and is not forwarded', async () => {
  const { host, ring, post, accept, hook } = await openScene();
  const handler = await openHandler();
  await host.ask('hooks.update', { id: hook?.id ?? '', forward: { enabled: true, url: handler.url } });
  await accept(true);
  expect(await post({ name: 'tower' })).toBe(204);
  await until(() => host.notes.length === 1);
  expect(host.notes[0]?.title).toBe('Not verified: Rang: tower');
  const [event] = (await host.ask('events.list', {})).events;
  expect(event).toMatchObject({ verified: 'none', title: 'Not verified: Rang: tower' });
  expect(await host.ask('jobs.list', {})).toEqual([]);
  const resent = host.ask('events.forward', { id: event?.id ?? '', url: handler.url, secret: 'secret' });
  await expect(resent).rejects.toThrow('was not verified');

  // The genuine one, of the same bytes and the same identity, is not taken for a repetition.
  await ring({ name: 'tower' });
  await until(() => handler.requests.length === 1);
  await until(async () => (await host.ask('jobs.list', {})).length === 1);
  const { events } = await host.ask('events.list', {});
  expect(events.map(({ verified, deliveries }) => [verified, deliveries])).toEqual([
    ['signature', 1],
    ['none', 1],
  ]);
  expect(handler.requests.map(({ headers }) => headers['x-ringback-event'])).toEqual([events[0]?.id]);

  // Nor is what was signed counted again by what was not.
  expect(await post({ name: 'tower' })).toBe(204);
  await until(async () => (await host.ask('events.list', {})).events.some(({ deliveries }) => deliveries === 2));
  const after = (await host.ask('events.list', {})).events;
  expect(after.find(({ verified }) => verified === 'signature')?.deliveries).toBe(1);
});

test('one that cannot be read is not called signed', async () => {
  const { host, hook } = await openScene();
  await host.ask('hooks.update', { id: hook?.id ?? '', acceptUnsigned: true });
  expect((await fetch(hook?.callbackUrl ?? '', { method: 'POST', body: 'no JSON' })).status).toBe(204);
  await until(async () => (await host.ask('events.list', {})).events.length === 1);
  const [event] = (await host.ask('events.list', {})).events;
  expect(event).toMatchObject({ readable: false, verified: 'none' });
  expect(event?.title).toMatch(/^Not verified: Unreadable callback of /);
  expect(event?.summary).toMatch(/^It is not signed/);
});

test('those without a signature do not hold back the alert that no events arrive', async () => {
  const clock = { now: Date.UTC(2026, 0, 5, 8) };
  const { host, hook, ring, post, accept } = await openScene({
    connector: { ...provider, read },
    ports: { now: () => clock.now },
  });
  const id = hook?.id ?? '';
  await accept(true);
  await ring({ name: 'signed' });
  clock.now += 6 * 3_600_000;
  expect(await post({ name: 'unsigned' })).toBe(204);
  expect(await host.ask('silence.set', { hook: id, rule: 5 })).toMatchObject({ alarm: true });
  clock.now += 30 * 24 * 3_600_000;
  expect(await post({ name: 'unsigned, later' })).toBe(204);
  expect(await host.ask('silence.set', { hook: id, rule: 5 })).toMatchObject({
    alarm: true,
    since: '2026-01-05T08:00:00.000Z',
  });
  await ring({ name: 'signed again' });
  expect(await host.ask('silence.set', { hook: id, rule: 5 })).toMatchObject({ alarm: false });
});

test('where the provider signs all callbacks there is nothing to accept', async () => {
  const { host } = await openBellHost();
  const [hook] = await host.ask('hooks.list', {});
  expect(hook).not.toHaveProperty('acceptUnsigned');
  await expect(host.ask('hooks.update', { id: hook?.id ?? '', acceptUnsigned: true })).rejects.toThrow('signs all');
});
