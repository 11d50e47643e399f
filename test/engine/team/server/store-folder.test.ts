import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasNatsServer } from '../../../support/nats-server.ts';
import { openTestTeam, type TestTeam, titlesOf, untilUp } from '../../../support/team.ts';
import { temporaryFolder, until } from '../../../support/temporary.ts';
import type { TestHost } from '../../../support/test-host.ts';

/** The receiver has published all that it has, and the member has these events. */
async function untilReceived({ receiver }: TestTeam, member: TestHost, titles: readonly string[]): Promise<void> {
  await until(async () => (await receiver.host.ask('team.status', {})).behind === 0);
  await until(async () => (await titlesOf(member)).length >= titles.length);
  expect((await titlesOf(member)).sort()).toEqual([...titles].sort());
  for (const host of [receiver.host, member]) await untilUp(host);
}

describe.skipIf(!hasNatsServer)('a server whose store', () => {
  test('was emptied is set up again, and members get each event once', async () => {
    const team = await openTestTeam();
    const member = await team.join('Anna');
    await team.receiver.ring({ title: 'before' });
    await untilReceived(team, member, ['before']);
    await team.server.kill();
    await team.receiver.ring({ title: 'meanwhile' });
    await rm(team.server.options.storeDir, { recursive: true });
    await team.server.start();
    await untilReceived(team, member, ['before', 'meanwhile']);
    await team.receiver.ring({ title: 'after' });
    await untilReceived(team, member, ['before', 'meanwhile', 'after']);
  });

  test('is an older one gets what it lacks, and members get each event once', async () => {
    const team = await openTestTeam();
    const { storeDir } = team.server.options;
    const copy = join(await temporaryFolder(), 'store');
    const member = await team.join('Anna');
    await team.receiver.ring({ title: 'in both' });
    await untilReceived(team, member, ['in both']);
    await team.server.kill();
    await cp(storeDir, copy, { recursive: true });
    await team.server.start();
    await team.receiver.ring({ title: 'in the newer one' });
    await untilReceived(team, member, ['in both', 'in the newer one']);
    await team.server.kill();
    await rm(storeDir, { recursive: true });
    await cp(copy, storeDir, { recursive: true });
    const late = await team.join('Bert');
    await team.receiver.ring({ title: 'after' });
    await untilReceived(team, member, ['in both', 'in the newer one', 'after']);
    await until(async () => (await titlesOf(late)).includes('after'));
  });
});
