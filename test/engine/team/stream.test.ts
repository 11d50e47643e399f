import { describe, expect, test } from 'vitest';
import type { TeamFilter } from '../../../preload/contract/index.ts';
import { hasNatsServer } from '../../support/nats-server.ts';
import { openIntruder, openTestTeam, titlesOf } from '../../support/team.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { openTestHost } from '../../support/test-host.ts';

describe.skipIf(!hasNatsServer)('what others put into the stream', () => {
  test('forged and altered messages are rejected and recorded, and a replayed one is counted as a repetition', async () => {
    const team = await openTestTeam();
    const member = await team.join('Anna');
    await team.receiver.ring({ title: 'first' });
    await until(async () => (await titlesOf(member)).length === 1);
    await member.ask('settings.set', { language: 'de' });
    const { connection, manager, stream } = await openIntruder(team);
    const genuine = await manager.streams.getMessage(stream, { seq: 1 });
    if (!genuine) throw new Error('The stream has no message.');
    const headers = genuine.header;
    headers.delete('Nats-Msg-Id');
    connection.publish(genuine.subject, new TextEncoder().encode('{"title":"forged"}'));
    connection.publish(
      genuine.subject,
      Uint8Array.from(genuine.data, (byte, at) => (at === 20 ? byte ^ 1 : byte)),
      {
        headers,
      },
    );
    connection.publish(genuine.subject, genuine.data, { headers });
    await until(async () => (await member.ask('events.list', {})).events.at(0)?.deliveries === 2);
    await until(async () => (await member.ask('rejections.list', {})).length === 2);
    await until(() => member.notes.some(({ title }) => title === 'Eine Nachricht des Teams wurde gefälscht'));
    expect(await titlesOf(member)).toEqual(['first']);
  });

  test('members of all and of some events that slept while the stream was emptied get what they missed from the receiver', async () => {
    const team = await openTestTeam({ hooks: 2 });
    const ends: (() => Promise<void>)[] = [];
    const join = async (name: string, filter?: TeamFilter) => {
      const stored = { folder: await temporaryFolder(), values: new Map<string, unknown>() };
      const first = await team.join(name, filter, { ...stored, atEnd: (close) => ends.push(close) });
      return { first, again: () => openTestHost({ connectors: [], ...stored }) };
    };
    const members = [await join('Anna'), await join('Bert', { events: ['ring.0', 'ring.1'] })];
    await team.receiver.ring({ title: 'before' }, 1);
    for (const { first } of members) await until(async () => (await titlesOf(first)).length === 1);
    for (const end of ends) await end();
    await team.receiver.ring({ title: 'missed' }, 0);
    await team.receiver.ring({ title: 'missed, too' }, 1);
    await until(async () => (await team.receiver.host.ask('team.status', {})).behind === 0);
    const { manager, stream } = await openIntruder(team);
    await manager.streams.purge(stream);
    const returned = await Promise.all(members.map(({ again }) => again()));
    for (const host of returned) await until(async () => (await titlesOf(host)).length === 3);
    await team.receiver.ring({ title: 'after' }, 0);
    for (const host of returned) {
      await until(async () => (await titlesOf(host)).includes('after'));
      expect((await titlesOf(host)).sort()).toEqual(['after', 'before', 'missed', 'missed, too']);
    }
  });
});
