import { expect, test } from 'vitest';
import { openBellHost } from '../../support/bell-host.ts';
import { openHandler } from '../../support/handler.ts';
import { until } from '../../support/temporary.ts';

const noon = new Date(2026, 4, 1, 12).getTime();

/** A host on a system whose do-not-disturb is on. */
async function openHost() {
  const system = { quiet: true, reads: 0 };
  const doNotDisturb = () => {
    system.reads += 1;
    return system.quiet;
  };
  const bell = await openBellHost({ ports: { now: () => noon, doNotDisturb } });
  const { host } = bell;
  const held = async (count: number) =>
    until(async () => (await host.ask('notifications.list', { unseen: true })).length === count);
  const isActive = async () => (await host.ask('status.get', {})).doNotDisturb;
  /** Has the notifications looked at again. */
  const lookAgain = () => host.ask('settings.set', { startAtLogin: false });
  return { ...bell, system, held, isActive, lookAgain };
}

test('what comes while the system’s do-not-disturb is on is shown as one when it is over', async () => {
  const { host, ring, system, held, isActive, lookAgain } = await openHost();
  for (const title of ['a', 'b']) await ring({ title });
  await held(2);
  expect(host.notes).toEqual([]);
  expect(await isActive()).toBe(true);
  system.quiet = false;
  await lookAgain();
  await until(() => host.notes.length === 1);
  expect(host.notes[0]?.title).toBe('2 notifications while they were paused');
  await until(async () => (await isActive()) === false);
});

test('what it holds back on this computer is sent away at once, and its digest is only shown', async () => {
  const { host, ring, system, held, lookAgain } = await openHost();
  const handler = await openHandler();
  const titles = () => handler.requests.map(({ body }) => (JSON.parse(body) as { title: string }).title);
  await host.ask('sinks.add', { target: { kind: 'webhook', url: handler.url } });
  await ring({ title: 'Backup failed', outcome: 'failed' });
  await ring({ title: 'b' });
  await until(() => handler.requests.length === 2);
  await held(2);
  expect(host.notes).toEqual([]);
  system.quiet = false;
  await lookAgain();
  await until(() => host.notes.length === 1);
  expect(host.notes[0]?.title).toBe('2 notifications while they were paused');
  // Notifications are sent in their order, so that the digest would come before this one.
  await ring({ title: 'c' });
  await until(() => titles().includes('c'));
  expect(titles()).toEqual(['Backup failed', 'b', 'c']);
});

test('a single one that was sent while it was on is shown as itself afterwards, and not sent again', async () => {
  const { host, ring, system, lookAgain } = await openHost();
  const handler = await openHandler();
  await host.ask('sinks.add', { target: { kind: 'webhook', url: handler.url } });
  await ring({ title: 'alone' });
  await until(() => handler.requests.length === 1);
  system.quiet = false;
  await lookAgain();
  await until(() => host.notes.length === 1);
  await ring({ title: 'next' });
  await until(() => handler.requests.length > 1);
  expect(host.notes[0]?.title).toBe('alone');
  expect(JSON.parse(handler.requests[1]?.body ?? '')).toMatchObject({ title: 'next' });
});

test('the end of the user’s own pause sends what it held, while the screen still waits for the system', async () => {
  const { host, ring, held } = await openHost();
  const handler = await openHandler();
  await host.ask('sinks.add', { target: { kind: 'webhook', url: handler.url } });
  const pausedUntil = new Date(noon + 3_600_000).toISOString();
  await host.ask('settings.set', { notifications: { pausedUntil } });
  for (const title of ['a', 'b']) await ring({ title });
  await held(2);
  await host.ask('settings.set', { notifications: { pausedUntil: null } });
  const { body } = await until(() => handler.requests[0]);
  expect(JSON.parse(body)).toMatchObject({ title: '2 notifications while they were paused' });
  expect(host.notes).toEqual([]);
});

test('failures are shown during it where the user wants them shown during pauses', async () => {
  const { host, ring, held } = await openHost();
  await host.ask('settings.set', { notifications: { failuresWhilePaused: true } });
  await ring({ title: 'held' });
  await ring({ title: 'failed', outcome: 'failed' });
  await held(2);
  await until(() => host.notes.length === 1);
  expect(host.notes[0]?.title).toBe('failed');
});

test('a user who does not want it followed is notified at once, also of what it had held back', async () => {
  const { host, ring, held, isActive } = await openHost();
  await ring({ title: 'before' });
  await held(1);
  await host.ask('settings.set', { notifications: { followDoNotDisturb: false } });
  await until(() => host.notes.length === 1);
  await ring({ title: 'after' });
  await until(() => host.notes.length === 2);
  expect(host.notes.map(({ title }) => title)).toEqual(['before', 'after']);
  expect(await isActive()).toBe(false);
});

test('during a pause of the user’s own the system is not asked, and one that fails holds nothing back', async () => {
  const { host, ring, system, held } = await openHost();
  const pausedUntil = new Date(noon + 3_600_000).toISOString();
  await host.ask('settings.set', { notifications: { pausedUntil } });
  await ring({ title: 'held' });
  await held(1);
  expect(system.reads).toBe(0);
  Object.defineProperty(system, 'quiet', {
    get() {
      throw new Error('The bus is gone.');
    },
  });
  await host.ask('settings.set', { notifications: { pausedUntil: null } });
  await until(() => host.notes.length === 1);
  expect(system.reads).toBeGreaterThan(0);
});

test('a host that cannot read it says nothing of it', async () => {
  const { host } = await openBellHost({ ports: { now: () => noon } });
  expect(await host.ask('status.get', {})).not.toHaveProperty('doNotDisturb');
});
