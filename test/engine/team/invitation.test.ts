import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { hasNatsServer } from '../../support/nats-server.ts';
import { openIntruder, openTestTeam, titlesOf, untilUp } from '../../support/team.ts';
import { until } from '../../support/temporary.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';

const statusOf = (host: TestHost) => host.ask('team.status', {});
const problemOf = async (host: TestHost) => (await statusOf(host)).problemMessage?.code;

describe.skipIf(!hasNatsServer)('an invitation', () => {
  test('that is used on a second computer takes nothing from the first, until that one is gone', async () => {
    const ends: (() => Promise<void>)[] = [];
    const team = await openTestTeam();
    const invitation = await team.invite('Anna');
    const first = await openTestHost({ connectors: [], atEnd: (close) => ends.push(close) });
    await first.ask('team.join', { invitation });
    await untilUp(first);
    const second = await openTestHost({ connectors: [] });
    await second.ask('team.join', { invitation });
    await until(async () => (await problemOf(second)) === 'team.invitationInUse');
    expect(await statusOf(second)).toMatchObject({ problemMessage: { params: { computer: hostname() } } });
    const titles = ['one', 'two', 'three', 'four'];
    for (const title of titles) await team.receiver.ring({ title });
    await until(async () => (await titlesOf(first)).length === titles.length);
    expect(await titlesOf(second)).toEqual([]);
    for (const end of ends) await end();
    // As the server does a minute after the last renewal.
    const { manager, stream } = await openIntruder(team);
    await manager.streams.purge(`KV_${stream}_LEASES`, { filter: `$KV.${stream}_LEASES.member.>` });
    await untilUp(second);
    await team.receiver.ring({ title: 'five' });
    await until(async () => (await titlesOf(second)).length > 0);
    expect(await titlesOf(second)).toEqual(['five']);
  });

  test('may be used while the server does not let members say so', async () => {
    const team = await openTestTeam();
    const { invitation } = await team.receiver.host.ask('team.invite', { member: 'Anna' });
    const { text } = await team.receiver.host.ask('team.serverConfig', team.server.options);
    await team.server.configure(text.replace(/[^\n]*_LEASES\.member\.[^\n]*\n/g, ''));
    const member = await openTestHost({ connectors: [] });
    await member.ask('team.join', { invitation });
    await team.receiver.ring({ title: 'arrives' });
    await until(async () => (await titlesOf(member)).length === 1);
    await untilUp(member);
  });

  test('of a member that was removed lets nobody in again', async () => {
    const team = await openTestTeam();
    const invitation = await team.invite('Anna');
    const first = await openTestHost({ connectors: [] });
    await first.ask('team.join', { invitation });
    await untilUp(first);
    const [{ id = '' } = {}] = await team.receiver.host.ask('team.members', {});
    await team.receiver.host.ask('team.remove', { member: id });
    // Before the server has loaded its new configuration, and after it.
    const early = await openTestHost({ connectors: [] });
    await early.ask('team.join', { invitation });
    await until(async () => (await problemOf(early)) !== undefined);
    await team.reload();
    const late = await openTestHost({ connectors: [] });
    await late.ask('team.join', { invitation });
    for (const host of [first, early, late]) await until(async () => (await problemOf(host)) === 'team.keyRejected');
    await team.receiver.ring({ title: 'for others' });
    await until(async () => (await statusOf(team.receiver.host)).behind === 0);
    for (const host of [first, early, late]) expect(await titlesOf(host)).toEqual([]);
  });
});
