import { expect, test } from 'vitest';
import type { Cipher } from '../../../main/engine/ports.ts';
import { openBellHost } from '../../support/bell-host.ts';
import { freePort } from '../../support/free-port.ts';
import { memoryStore, mirrorCipher } from '../../support/memory-store.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

const minute = 60_000;

/** A host with a clock that runs only where it is told to. */
async function openAlertHost(options: Parameters<typeof openBellHost>[0] = {}) {
  const clock = { now: Date.parse('2026-05-01T12:00:00Z') };
  const bell = await openBellHost({ ...options, ports: { ...options.ports, now: () => clock.now } });
  const { host } = bell;
  /** Moves the clock on in steps that are no sleep, each with a check. */
  const pass = async (minutes: number) => {
    for (let passed = 0; passed < minutes; passed += 1) {
      clock.now += minute;
      await host.ask('settings.set', { startAtLogin: false });
      await new Promise(setImmediate);
    }
  };
  const titles = () => host.notes.map(({ title }) => title);
  return { ...bell, clock, pass, titles };
}

async function breakTunnel(host: Awaited<ReturnType<typeof openBellHost>>['host']): Promise<void> {
  const url = `http://127.0.0.1:${await freePort()}`;
  await host.ask('settings.set', { tunnel: { provider: 'fixed', url } });
  await until(async () => (await host.ask('status.get', {})).tunnel.state === 'down');
}

test('a tunnel that is down for longer than two minutes is notified once, and once when it is up again', async () => {
  const { host, pass, titles } = await openAlertHost();
  await breakTunnel(host);
  await pass(1);
  expect(titles()).toEqual([]);
  await pass(3);
  await until(() => titles().length === 1);
  expect(host.notes[0]?.title).toBe('Callbacks cannot reach this computer');
  await pass(10);
  await host.connect();
  await until(() => titles().length === 2);
  expect(host.notes[1]).toMatchObject({ title: 'Callbacks reach this computer again' });
  expect(host.notes[1]?.body).toMatch(/^Down for 1[34] min\. No missed events were found\.$/);
});

test('the time without a tunnel can be set', async () => {
  const { host, pass, titles } = await openAlertHost();
  await host.ask('settings.set', { notifications: { tunnelAlertMinutes: 30 } });
  await breakTunnel(host);
  await pass(20);
  expect(titles()).toEqual([]);
  await pass(12);
  await until(() => titles().length === 1);
});

test('while nothing waits for callbacks a broken tunnel is notified much later', async () => {
  const { host, pass, titles } = await openAlertHost({ hooks: 0 });
  await breakTunnel(host);
  await pass(20);
  expect(titles()).toEqual([]);
  await pass(12);
  await until(() => titles().length === 1);
});

test('a tunnel that is turned off ends the alert without a word', async () => {
  const { host, pass, titles, ring } = await openAlertHost();
  await breakTunnel(host);
  await pass(4);
  await until(() => titles().length === 1);
  await host.ask('settings.set', { tunnel: { provider: 'off' } });
  await pass(2);
  await ring({ title: 'the end' });
  await until(() => titles().includes('the end'));
  expect(titles()).toEqual(['Callbacks cannot reach this computer', 'the end']);
});

test('an outage that outlives Ringback is notified once, and its end after the restart', async () => {
  const folder = await temporaryFolder();
  const values = new Map<string, unknown>();
  const ends: (() => Promise<void>)[] = [];
  const first = await openAlertHost({ folder, values, atEnd: (close) => ends.push(close) });
  await breakTunnel(first.host);
  await first.pass(4);
  await until(() => first.titles().length === 1);
  for (const end of ends) await end();
  const ports = { store: memoryStore(values), now: () => first.clock.now + 10 * minute };
  const second = await openTestHost({ connectors: [createBell().connector], folder, values, ports });
  await second.connect();
  await until(() => second.notes.length === 1);
  expect(second.notes[0]?.title).toBe('Callbacks reach this computer again');
});

test('a hook whose deliveries are rejected again and again is notified once, and once when one is accepted', async () => {
  const { host, ring, titles } = await openAlertHost();
  const [hook] = await host.ask('hooks.list', {});
  for (let count = 0; count < 8; count += 1) {
    const { status } = await fetch(hook?.callbackUrl ?? '', { method: 'POST', body: '{}' });
    expect(status).toBe(401);
  }
  await until(() => titles().length > 0);
  expect(host.notes[0]).toMatchObject({ title: expect.stringContaining('Deliveries are rejected: '), page: 'hooks' });
  expect(host.notes[0]?.body).toContain('the signature header is missing');
  await ring({ title: 'accepted' });
  await until(() => titles().some((title) => title.startsWith('Deliveries are accepted again: ')));
  expect(titles().filter((title) => title.startsWith('Deliveries are rejected'))).toHaveLength(1);
});

test('a key store that cannot be used is notified once, and once when it can', async () => {
  let isLocked = false;
  const locked = async (): Promise<never> => Promise.reject(new Error('locked'));
  const cipher: Cipher = {
    name: 'the keyring',
    encrypt: (text) => (isLocked ? locked() : mirrorCipher.encrypt(text)),
    decrypt: (text) => (isLocked ? locked() : mirrorCipher.decrypt(text)),
  };
  const { host, pass, titles } = await openAlertHost({ ports: { cipher } });
  isLocked = true;
  await pass(4);
  await until(() => titles().length === 1);
  expect(host.notes[0]?.title).toBe('The key store cannot be used: the keyring');
  isLocked = false;
  await pass(1);
  await until(() => titles().length === 2);
  expect(host.notes[1]?.title).toBe('The key store can be used again: the keyring');
});
