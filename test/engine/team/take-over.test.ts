import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../preload/contract/index.ts';
import { hasNatsServer } from '../../support/nats-server.ts';
import { openIntruder, openTestTeam, type TestTeam, titlesOf, untilUp } from '../../support/team.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost, type TestHost, type TestHostOptions } from '../../support/test-host.ts';

const problemOf = async (host: TestHost) => (await host.ask('team.status', {})).problemMessage?.code;

/** A receiver on one computer, and a copy of its data on another, which the user has not decided about. */
async function openReceiverAndCopy({ prepare = async (_: TestTeam): Promise<void> => {} } = {}) {
  const ends: (() => Promise<void>)[] = [];
  const [folder, values] = [await temporaryFolder(), new Map<string, unknown>()];
  const first = { folder, values, ports: { machine: 'desk' } };
  const team = await openTestTeam({ ...first, atEnd: (close) => ends.push(close) });
  await prepare(team);
  const copied = structuredClone(values);
  Object.assign(copied.get('settings') as Settings, { receiver: { port: 0 } });
  const end = async (): Promise<void> => {
    for (const close of ends.splice(0)) await close();
  };
  const open = (options: Partial<TestHostOptions>): Promise<TestHost> =>
    openTestHost({ connectors: [createBell().connector], ...options });
  return {
    ...{ team, end, openCopy: () => open({ values: copied, ports: { machine: 'laptop' } }) },
    restart: () => open(first),
  };
}

/** It changes no hooks, whoever wants it to. */
async function expectHeld(host: TestHost): Promise<void> {
  await until(async () => (await problemOf(host)) === 'team.replaced');
  const [connection] = await host.ask('connections.list', {});
  const request = { connection: connection?.id ?? '', event: 'ring.9', scope: { door: 'front' } };
  await expect(host.ask('hooks.create', request)).rejects.toThrow('receives for this team in place');
  expect(await host.ask('hooks.reconcile', { dryRun: true })).toMatchObject({
    steps: [],
    held: true,
    textMessage: { code: 'team.replaced' },
  });
  expect(await host.ask('hooks.reconcile', {})).toMatchObject({ steps: [], held: true });
}

describe.skipIf(!hasNatsServer)('a copy of a receiver that takes over', () => {
  test('while the first one runs stops it, and so does the first one when it takes over again, which goes on publishing', async () => {
    const members: TestHost[] = [];
    const titles = async () => (await Promise.all(members.map(titlesOf))).flat();
    const { team, openCopy } = await openReceiverAndCopy({
      async prepare({ join, receiver }) {
        members.push(await join('Anna'));
        await receiver.ring({ title: 'first' });
        await until(async () => (await titles()).length === 1);
      },
    });
    const first = team.receiver.host;
    await expect(first.ask('team.takeOver', {})).rejects.toThrow('already');
    const copy = await openCopy();
    await copy.ask('team.takeOver', {});
    await untilUp(copy);
    await expectHeld(first);
    await expect(first.ask('team.rotateKey', {})).rejects.toThrow('in place of this computer');
    await expect(first.ask('team.invite', { member: 'Bert' })).rejects.toThrow('in place of this computer');
    await first.ask('team.takeOver', {});
    await untilUp(first);
    await expectHeld(copy);
    await team.receiver.ring({ title: 'second' });
    await until(async () => (await titles()).length === 2);
    expect(await titles()).toEqual(['second', 'first']);
    await until(async () => (await first.ask('team.status', {})).behind === 0);
  });

  test('while the first one is away stays the receiver when that one returns, also while the server is away', async () => {
    const { team, end, openCopy, restart } = await openReceiverAndCopy();
    await end();
    const copy = await openCopy();
    await copy.ask('team.takeOver', {});
    await untilUp(copy);
    const returned = await restart();
    await expectHeld(returned);
    await team.server.kill();
    await until(async () => (await problemOf(returned)) === 'team.unreachable');
    await expect(returned.ask('hooks.reconcile', {})).resolves.toMatchObject({ steps: [] });
    await team.server.start();
    await untilUp(copy);
    await expectHeld(returned);
  });

  test('is waited for before hooks are checked, and that is said in place of a plan', async () => {
    const { team, end, restart } = await openReceiverAndCopy();
    await end();
    await team.server.kill();
    const returned = await restart();
    const plan = await returned.ask('hooks.reconcile', { dryRun: true });
    expect(plan).toMatchObject({ steps: [], held: true, textMessage: { code: 'hooks.undecided' } });
    await team.server.start();
    await untilUp(returned);
    await until(async () => (await returned.ask('hooks.reconcile', { dryRun: true })).held === undefined);
  });

  test('that goes to sleep says so, which is no alarm, and is awake once it is back', async () => {
    const { team } = await openReceiverAndCopy();
    const member = await team.join('Bert');
    const { manager, stream } = await openIntruder(team);
    await team.receiver.host.engine.sleep();
    expect(await problemOf(member)).toBeUndefined();
    await manager.streams.purge(`KV_${stream}_LEASES`);
    await until(async () => (await problemOf(member)) === 'team.receiverAsleep');
    // Somebody else's word counts nothing.
    const { id } = team.receiver.host.values.get('team') as { id: string };
    const [bucket, at] = [`RINGBACK_${id}_BACKUPS`, Date.now()];
    const entry = await manager.streams.getMessage(`KV_${bucket}`, { last_by_subj: `$KV.${bucket}.receiver-asleep` });
    const { signature } = JSON.parse(Buffer.from(entry?.data ?? []).toString());
    const { jetstream } = await import('@nats-io/jetstream');
    const { connection } = await openIntruder(team);
    await jetstream(connection).publish(`$KV.${bucket}.receiver-asleep`, JSON.stringify({ at: at + 1, signature }));
    await until(async () => (await problemOf(member)) !== 'team.receiverAsleep');
  });

  test('and then goes away is missed by the first one and by members, until one of them receives', async () => {
    const { team, openCopy } = await openReceiverAndCopy();
    const member = await team.join('Bert');
    const { manager, stream } = await openIntruder(team);
    const first = team.receiver.host;
    const copy = await openCopy();
    await copy.ask('team.takeOver', {});
    await untilUp(copy);
    await expectHeld(first);
    expect(await problemOf(member)).toBeUndefined();
    await copy.engine.close();
    // As the server does a minute after the last renewal.
    await manager.streams.purge(`KV_${stream}_LEASES`);
    await until(async () => (await problemOf(first)) === 'team.replacedAway');
    await until(async () => (await problemOf(member)) === 'team.receiverAway');
    await first.ask('team.takeOver', {});
    await untilUp(first);
    await until(async () => (await problemOf(member)) === undefined);
  });
});
