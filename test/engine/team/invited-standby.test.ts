import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import type { JoinedRecord } from '../../../main/engine/team/record.ts';
import { hasNatsServer } from '../../support/nats-server.ts';
import { openIntruder, openTestTeam, titlesOf, untilUp } from '../../support/team.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

/** A receiver with a hook and a member, and another computer with the same provider and nothing else. */
async function openOffice() {
  const bell = createBell();
  const ends: (() => Promise<void>)[] = [];
  const team = await openTestTeam({
    ...{ connector: bell.connector, ports: { machine: 'desk' } },
    atEnd: (close) => ends.push(close),
  });
  const laptop = await openTestHost({ connectors: [bell.connector], ports: { machine: 'laptop' } });
  const receiver = team.receiver.host;
  return {
    ...{ team, bell, laptop, receiver },
    async end() {
      for (const close of ends.splice(0)) await close();
    },
    /** The receiver looks for standbys after each change. */
    async untilListed(count: number) {
      const [connection] = await receiver.ask('connections.list', {});
      await until(async () => {
        await receiver.ask('connections.check', { id: connection?.id ?? '' });
        return ((await receiver.ask('team.status', {})).standbys ?? []).length === count;
      });
      return (await receiver.ask('team.status', {})).standbys ?? [];
    },
    async ring(title: string) {
      const [[id, hook] = []] = [...bell.hooks];
      const body = JSON.stringify({ title });
      const headers = bell.sign(bell.secretOf(id ?? ''), body);
      expect((await fetch(hook?.callbackUrl ?? '', { method: 'POST', body, headers })).status).toBe(204);
    },
    async expectHookAt(origin: string) {
      await until(() => [...bell.hooks.values()].every(({ callbackUrl }) => new URL(callbackUrl).origin === origin));
      expect(bell.hooks.size).toBe(1);
    },
  };
}

describe.skipIf(!hasNatsServer)('a standby that was invited', () => {
  test('waits without hooks, and receives with those of the receiver once its user lets it', async () => {
    const { team, laptop, receiver, end, untilListed, ring, expectHookAt } = await openOffice();
    const member = await team.join('Anna');
    const { manager, stream } = await openIntruder(team);
    const copy = () =>
      manager.streams.getMessage(`KV_${stream}_STANDBY`, { last_by_subj: `$KV.${stream}_STANDBY.copy` });
    const { invitation } = await receiver.ask('team.inviteStandby', {});
    expect(await laptop.ask('team.join', { invitation })).toMatchObject({ role: 'receiver', standby: {} });
    expect(await untilListed(1)).toMatchObject([{ computer: hostname() }]);
    expect(await laptop.ask('hooks.list', {})).toEqual([]);
    await expect(laptop.ask('team.invite', { member: 'Bert' })).rejects.toThrow('in place of this computer');
    await expect(laptop.ask('team.inviteStandby', {})).rejects.toThrow('in place of this computer');
    const origin = await laptop.connect();
    // It is listed before the receiver has written its first copy.
    await until(() => copy().catch(() => undefined));
    await end();
    await laptop.ask('team.takeOver', {});
    await untilUp(laptop);
    await expectHookAt(origin);
    expect(await laptop.ask('team.members', {})).toMatchObject([{ name: 'Anna' }]);
    await ring('on the laptop');
    await until(async () => (await titlesOf(member)).includes('on the laptop'));
  });

  test('does not receive before it has a copy of the receiver, and changes nothing for its members and hooks', async () => {
    const { team, laptop, receiver, end, bell } = await openOffice();
    await team.join('Anna');
    const { manager, stream } = await openIntruder(team);
    const consumers = async () => (await manager.streams.info(stream)).state.consumer_count;
    expect(await consumers()).toBe(1);
    const { invitation } = await receiver.ask('team.inviteStandby', {});
    await end();
    await laptop.ask('team.join', { invitation });
    await laptop.ask('team.takeOver', {});
    const problem = async () => (await laptop.ask('team.status', {})).problemMessage?.code;
    await until(async () => (await problem()) === 'team.standbyWithoutCopy');
    await expect(laptop.ask('team.invite', { member: 'Bert' })).rejects.toThrow('conflict');
    await expect(laptop.ask('team.inviteStandby', {})).rejects.toThrow('conflict');
    await expect(laptop.ask('team.remove', { member: 'Anna' })).rejects.toThrow('conflict');
    expect(await consumers()).toBe(1);
    expect(bell.hooks.size).toBe(1);
    // It stays a standby while it waits, and waits no more once its user lets it stand by.
    expect(await laptop.ask('team.status', {})).toMatchObject({ role: 'receiver', standby: {} });
    expect(await laptop.ask('team.takeOver', {})).toMatchObject({ standby: {} });
    expect(await laptop.ask('team.standby', { automatic: true, after: 60 })).toMatchObject({ standby: { after: 60 } });
    await until(async () => (await problem())?.startsWith('team.replaced') ?? false);
    expect(laptop.values.get('team')).not.toHaveProperty('takesOver');
    expect(bell.hooks.size).toBe(1);
  });

  test('is not made from another invitation than such a one, nor where it has connections that those of the receiver would replace', async () => {
    const { laptop, receiver } = await openOffice();
    const { invitation } = await receiver.ask('team.inviteStandby', {});
    const [cutOff, later, ofMember] = [
      invitation.slice(0, -40),
      invitation.replace('standby-1.', 'standby-2.'),
      invitation.replace('standby-1.', 'team-1.'),
    ];
    for (const other of [cutOff, later, ofMember])
      await expect(laptop.ask('team.join', { invitation: other }), other).rejects.toThrow('invalid-input');
    await laptop.ask('connections.add', {
      ...{ connector: 'bell', settings: { account: 'own' }, secrets: { password: 'correct' } },
    });
    await expect(laptop.ask('team.join', { invitation })).rejects.toThrow('in place of its own');
    expect(await laptop.ask('team.status', {})).toMatchObject({ role: 'none' });
  });

  test('that was forgotten counts no more, also when it connects again, until its user sets it up again', async () => {
    const { team, laptop, receiver, untilListed } = await openOffice();
    const { invitation } = await receiver.ask('team.inviteStandby', {});
    await laptop.ask('team.join', { invitation });
    await laptop.ask('team.standby', { automatic: true, after: 60 });
    const [standby] = await untilListed(1);
    expect(standby).toMatchObject({ after: 60 });
    await receiver.ask('team.forgetStandby', { standby: standby?.id ?? '' });
    expect((await receiver.ask('team.status', {})).standbys).toBeUndefined();
    const problem = async () => (await laptop.ask('team.status', {})).problemMessage?.code;
    await team.server.kill();
    await until(async () => (await problem()) === 'team.unreachable');
    await team.server.start();
    await until(async () => (await problem()) === 'team.standbyForgotten');
    await untilUp(receiver);
    await untilListed(0);
    await expect(receiver.ask('team.forgetStandby', { standby: standby?.id ?? '' })).rejects.toThrow('no longer');
    await laptop.ask('team.standby', { automatic: false });
    expect(await untilListed(1)).toMatchObject([{ id: standby?.id }]);
    await until(async () => (await problem()) === 'team.replaced');
    // It is listed no more once it has left the team.
    await laptop.ask('team.leave', {});
    await untilListed(0);
    expect(await laptop.ask('team.status', {})).toMatchObject({ role: 'none' });
  });

  test('that is forgotten while it is connected is told so, and is connected nevertheless', async () => {
    const { laptop, receiver, untilListed } = await openOffice();
    const { invitation } = await receiver.ask('team.inviteStandby', {});
    await laptop.ask('team.join', { invitation });
    const problem = async () => (await laptop.ask('team.status', {})).problemMessage?.code;
    await until(async () => (await problem()) === 'team.replaced');
    expect(await laptop.ask('team.status', {})).toMatchObject({ state: 'up', standby: {} });
    const [standby] = await untilListed(1);
    await receiver.ask('team.forgetStandby', { standby: standby?.id ?? '' });
    await until(async () => (await problem()) === 'team.standbyForgotten');
    expect(await laptop.ask('team.status', {})).toMatchObject({ state: 'up' });
  });
});

test.skipIf(!hasNatsServer)('a member learns from an event which computer receives', async () => {
  const team = await openTestTeam();
  const values = new Map<string, unknown>();
  const stored = { folder: await temporaryFolder(), values };
  const ends: (() => Promise<void>)[] = [];
  await team.join('Anna', undefined, { ...stored, atEnd: (close) => ends.push(close) });
  for (const end of ends) await end();
  values.set('team', { ...(values.get('team') as JoinedRecord), computer: 'the one before' });
  const member = await openTestHost({ connectors: [], ...stored });
  expect((await member.ask('team.status', {})).receiver).toBe('the one before');
  await team.receiver.ring({ title: 'later' });
  await until(async () => (await member.ask('team.status', {})).receiver === hostname());
});
