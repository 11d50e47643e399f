import { describe, expect, test } from 'vitest';
import { openBellHost } from '../../../support/bell-host.ts';
import { createNatsServer, createSeverablePath, hasNatsServer } from '../../../support/nats-server.ts';
import { authority, titlesOf, untilUp } from '../../../support/team.ts';
import { until } from '../../../support/temporary.ts';
import { openTestHost } from '../../../support/test-host.ts';

describe.skipIf(!hasNatsServer)('a connection that breaks again and again', () => {
  test('loses no event and repeats none, for the receiver as for the member', async () => {
    const server = await createNatsServer();
    const path = await createSeverablePath(server.port);
    const { host, ring } = await openBellHost();
    await host.ask('team.create', {
      ...{ name: 'Office', servers: [`tls://localhost:${path.port}`], tls: { authority } },
    });
    const { invitation } = await host.ask('team.invite', { member: 'Anna' });
    await server.configure((await host.ask('team.serverConfig', server.options)).text);
    await untilUp(host);
    const member = await openTestHost({ connectors: [] });
    await member.ask('team.join', { invitation });
    await untilUp(member);
    const titles = Array.from({ length: 8 }, (_, round) => [`${round} before`, `${round} meanwhile`]).flat();
    for (const [index, title] of titles.entries()) {
      await ring({ title });
      // In turns in the middle of something, and after it was noticed.
      if (index % 2 === 0) path.sever();
      if (index % 4 === 1) await until(async () => (await member.ask('team.status', {})).state === 'down');
      if (index % 2 === 1) path.restore();
    }
    await until(async () => (await host.ask('team.status', {})).behind === 0);
    await until(async () => (await titlesOf(member)).length >= titles.length);
    expect((await titlesOf(member)).sort()).toEqual([...titles].sort());
    for (const one of [host, member]) await untilUp(one);
  });
});
