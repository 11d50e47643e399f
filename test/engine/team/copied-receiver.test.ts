import { describe, expect, test } from 'vitest';
import type { Cipher } from '../../../main/engine/ports.ts';
import type { Settings } from '../../../preload/contract/index.ts';
import { openBellHost } from '../../support/bell-host.ts';
import { mirrorCipher } from '../../support/memory-store.ts';
import { hasNatsServer } from '../../support/nats-server.ts';
import { openTestTeam, titlesOf, untilUp } from '../../support/team.ts';
import { until } from '../../support/temporary.ts';
import { openTestHost } from '../../support/test-host.ts';

describe.skipIf(!hasNatsServer)('the data of a receiver on another computer', () => {
  test('publish once they are to go on there, also in place of one that is gone, and members take their events for new ones', async () => {
    const ends: (() => Promise<void>)[] = [];
    const team = await openTestTeam({ ports: { machine: 'desk' }, atEnd: (close) => ends.push(close) });
    const member = await team.join('Anna');
    await team.receiver.ring({ title: 'first' });
    await until(async () => (await titlesOf(member)).length === 1);

    const values = structuredClone(team.receiver.host.values);
    Object.assign(values.get('settings') as Settings, { receiver: { port: 0 } });
    const copyEnds: (() => Promise<void>)[] = [];
    const options = { values, ports: { machine: 'laptop' } };
    const copy = await openTestHost({ connectors: [], ...options, atEnd: (close) => copyEnds.push(close) });
    expect(await copy.ask('team.status', {})).toMatchObject({
      state: 'down',
      problemMessage: { code: 'installation.copied' },
    });
    await copy.ask('installation.choose', { choice: 'take-over' });
    for (const end of [...copyEnds, ...ends]) await end();
    const laptop = await openBellHost({ ...options, account: 'laptop' });
    await untilUp(laptop.host);
    await laptop.ring({ title: 'on the laptop' });
    await until(async () => (await titlesOf(member)).length === 2);
    expect(await titlesOf(member)).toEqual(['on the laptop', 'first']);
  });

  test('that were restored from a backup copy begin a new numbering, with a new key', async () => {
    const ends: (() => Promise<void>)[] = [];
    const team = await openTestTeam({ atEnd: (close) => ends.push(close) });
    const member = await team.join('Anna');
    for (const title of ['first', 'second']) await team.receiver.ring({ title });
    await until(async () => (await titlesOf(member)).length === 2);
    await until(async () => (await team.receiver.host.ask('team.status', {})).behind === 0);
    for (const end of ends) await end();
    const restored = await openBellHost({ values: team.receiver.host.values, account: 'restored' });
    await untilUp(restored.host);
    await restored.ring({ title: 'after the restoration' });
    await until(async () => (await titlesOf(member)).length === 3);
    expect(restored.host.values.get('team')).toMatchObject({ secrets: { rotatedKeys: expect.any(String) } });
  });
});

test('data of a receiver whose new key cannot be stored stay undecided, and go on once it can', async () => {
  const values = new Map<string, unknown>();
  const first = await openTestHost({ connectors: [], values, ports: { machine: 'desk' } });
  await first.ask('team.create', { name: 'Office', servers: ['tls://127.0.0.1:9'] });
  await first.engine.close();
  let isLocked = true;
  const encrypt: Cipher['encrypt'] = async (text) => {
    if (isLocked) throw new Error('the key store is locked');
    return mirrorCipher.encrypt(text);
  };
  const ports = { machine: 'laptop', cipher: { ...mirrorCipher, encrypt } };
  const copy = await openTestHost({ connectors: [], values: structuredClone(values), ports });
  const isCopied = async () => (await copy.ask('status.get', {})).copied ?? false;
  await expect(copy.ask('installation.choose', { choice: 'take-over' })).rejects.toThrow();
  expect(await isCopied()).toBe(true);
  expect(await copy.ask('team.status', {})).toMatchObject({ role: 'receiver', state: 'down' });
  isLocked = false;
  await copy.ask('installation.choose', { choice: 'take-over' });
  expect(await isCopied()).toBe(false);
  await until(async () => (await copy.ask('team.status', {})).problemMessage?.code === 'team.unreachable');
});
