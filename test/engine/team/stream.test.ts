import { describe, expect, test } from 'vitest';
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

  test.each([
    ['all', undefined],
    ['some', { events: ['ring.0', 'ring.1'] }],
  ])(
    'a member of %s events that slept while the stream was emptied gets what it missed from the receiver',
    async (_kind, filter) => {
      const team = await openTestTeam({ hooks: 2 });
      const values = new Map<string, unknown>();
      const folder = await temporaryFolder();
      const ends: (() => Promise<void>)[] = [];
      const first = await team.join('Anna', filter, { folder, values, atEnd: (close) => ends.push(close) });
      await team.receiver.ring({ title: 'before' }, 1);
      await until(async () => (await titlesOf(first)).length === 1);
      for (const end of ends) await end();
      await team.receiver.ring({ title: 'missed' }, 0);
      await team.receiver.ring({ title: 'missed, too' }, 1);
      await until(async () => (await team.receiver.host.ask('team.status', {})).behind === 0);
      const { manager, stream } = await openIntruder(team);
      await manager.streams.purge(stream);
      const second = await openTestHost({ connectors: [], folder, values });
      await until(async () => (await titlesOf(second)).length === 3);
      await team.receiver.ring({ title: 'after' }, 0);
      await until(async () => (await titlesOf(second)).includes('after'));
      expect((await titlesOf(second)).sort()).toEqual(['after', 'before', 'missed', 'missed, too']);
    },
  );
});
