import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openBellHost } from '../../support/bell-host.ts';
import { hasNatsServer } from '../../support/nats-server.ts';
import { openTestTeam, titlesOf, untilUp } from '../../support/team.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';

/** Overwrites all of the event store, while it is in use. */
async function damage(folder: string): Promise<void> {
  for (const name of ['events.sqlite', 'events.sqlite-wal']) {
    const path = join(folder, name);
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(size, 0x5a), 0, size, 0);
    await file.close();
  }
}

/** The member has an event of this title, which is sent until it has: while the store is being replaced none is taken. */
async function untilReceived(member: TestHost, title: string, ring: (payload: object) => Promise<void>): Promise<void> {
  await until(async () => {
    await ring({ title }).catch(() => {});
    return (await titlesOf(member)).includes(title);
  });
}

describe.skipIf(!hasNatsServer)('a receiver whose event store was damaged', () => {
  test('while it ran publishes what it receives from then on', async () => {
    const folder = await temporaryFolder();
    const team = await openTestTeam({ folder });
    const member = await team.join('Anna');
    await team.receiver.ring({ title: 'before' });
    await until(async () => (await titlesOf(member)).length === 1);
    await damage(folder);
    await until(async () => {
      await team.receiver.ring({ title: 'meanwhile' }).catch(() => {});
      return readdirSync(folder).some((name) => name.startsWith('events.damaged-'));
    });
    await untilReceived(member, 'after', team.receiver.ring);
    expect((await team.receiver.host.ask('team.status', {})).state).toBe('up');
  });

  test.each(['connected', 'not connected'])(
    'invites a member, while it is %s to the server, that gets nothing from before',
    async (state) => {
      const ends: (() => Promise<void>)[] = [];
      const [folder, values] = [await temporaryFolder(), new Map<string, unknown>()];
      const team = await openTestTeam({ folder, values, atEnd: (close) => ends.push(close) });
      const { server } = team;
      const anna = await team.join('Anna');
      await team.receiver.ring({ title: 'before' });
      await until(async () => (await titlesOf(anna)).length === 1);
      for (const end of ends) await end();
      for (const ending of ['-wal', '-shm']) rmSync(join(folder, `events.sqlite${ending}`), { force: true });
      writeFileSync(join(folder, 'events.sqlite'), 'not a database '.repeat(1000));
      if (state === 'not connected') await server.kill();
      const { host, ring } = await openBellHost({ folder, values, account: 'again' });
      if (state === 'connected') await untilUp(host);
      const { invitation } = await host.ask('team.invite', { member: 'Carl' });
      await server.configure((await host.ask('team.serverConfig', server.options)).text);
      const carl = await openTestHost({ connectors: [] });
      await carl.ask('team.join', { invitation });
      await untilUp(carl);
      await ring({ title: 'later' });
      await until(async () => (await titlesOf(carl)).length > 0);
      expect(await titlesOf(carl)).toEqual(['later']);
    },
  );
});
