import { describe, expect, test } from 'vitest';
import { type BackupScene, openBackupScene, openDepot } from '../../support/backup-connector.ts';
import { hasNatsServer } from '../../support/nats-server.ts';
import { openIntruder, openTestTeam, untilUp } from '../../support/team.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';

const hour = 3_600_000;

/** Two members of a team that both back up the same account each day, with clocks that differ by hours. */
async function openTwoMembers() {
  const team = await openTestTeam();
  const depot = await openDepot();
  const open = async (member: string, clock: { now: number }) => {
    const [folder, values] = [await temporaryFolder(), new Map<string, unknown>()];
    const ends: (() => Promise<void>)[] = [];
    const options = { folder, values, ports: { now: () => clock.now } };
    const scene = await openBackupScene({ ...options, atEnd: (close) => ends.push(close) }, depot);
    await scene.host.ask('team.join', { invitation: await team.invite(member) });
    await untilUp(scene.host);
    const at = new Date(clock.now + hour);
    const time = [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
    await scene.host.ask('backups.plan', { connection: scene.connection, schedule: { every: 'day', at: time } });
    return {
      scene,
      /** The hour of the backup comes. */
      due() {
        clock.now += 2 * hour;
        scene.host.engine.wake();
      },
      end: async () => {
        for (const end of ends.splice(0)) await end();
      },
      restart: () => openBackupScene(options, depot),
      account: async () => (await scene.host.ask('backups.accounts', {})).at(0),
    };
  };
  const one = await open('Anna', { now: Date.now() });
  const other = await open('Bert', { now: Date.now() - 7 * hour });
  return { team, depot, one, other };
}

const statesOf = async ({ host }: BackupScene) => (await host.ask('backups.list', {})).map(({ state }) => state);

describe.skipIf(!hasNatsServer)('planned backups of several computers', () => {
  test('one computer makes the backup, and the other shows it', async () => {
    const { depot, one, other } = await openTwoMembers();
    one.due();
    await one.scene.reach('requested');
    other.due();
    await until(async () => /is making it/.test((await other.account())?.waiting ?? ''));
    await one.scene.call('handle-1');
    const { file } = await one.scene.reach('done');
    const shown = await until(async () => {
      other.scene.host.engine.wake();
      return (await other.account())?.lastElsewhere;
    });
    expect(shown).toMatchObject({ bytes: 100_000, verified: true, file });
    expect(await other.account()).toMatchObject({ overdue: false });
    expect(await statesOf(other.scene)).toEqual([]);
    expect(depot.callbackUrls).toHaveLength(1);
    await Promise.all([one.end(), other.end()]);
  });

  test('another computer makes it where the connection of the first one is removed', async () => {
    const { one, other } = await openTwoMembers();
    one.due();
    await one.scene.reach('requested');
    await one.scene.host.ask('connections.remove', { id: one.scene.connection });
    other.due();
    await until(async () => {
      other.scene.host.engine.wake();
      return (await statesOf(other.scene)).includes('requested');
    });
    await Promise.all([one.end(), other.end()]);
  });

  test('another computer takes over from one that is gone, which ends its own when it returns', async () => {
    const { team, depot, one, other } = await openTwoMembers();
    one.due();
    await one.scene.reach('requested');
    other.due();
    await until(async () => (await other.account())?.waiting !== undefined);
    await one.end();
    // As the server does a minute after the last renewal.
    const { manager, stream } = await openIntruder(team);
    await manager.streams.purge(`KV_${stream}_LEASES`);
    await until(async () => {
      other.scene.host.engine.wake();
      return (await statesOf(other.scene)).includes('requested');
    });
    const returned = await one.restart();
    await returned.reach('cancelled');
    await other.scene.call('handle-2');
    await other.scene.reach('done');
    const [ended] = await returned.host.ask('backups.list', {});
    expect(ended).toMatchObject({ state: 'cancelled', problemMessage: { code: 'backups.takenOver' } });
    expect(depot.callbackUrls).toHaveLength(2);
    await other.end();
  });
});
