import { describe, expect, test } from 'vitest';
import { hasNatsServer } from '../../support/nats-server.ts';
import { openTestTeam, titlesOf } from '../../support/team.ts';
import { until } from '../../support/temporary.ts';

describe.skipIf(!hasNatsServer)('a team at a real nats-server', () => {
  test('an event of the receiver reaches a member, with its bytes, its headers and the name of the receiver', async () => {
    const { receiver, join } = await openTestTeam();
    const member = await join('Anna');
    await receiver.ring({ title: 'Pump is ready', name: 'Jansen' });
    const [event] = await until(async () => {
      const { events } = await member.ask('events.list', {});
      return events.length > 0 ? events : undefined;
    });
    expect(event).toMatchObject({ title: 'Pump is ready', verified: 'relay', outcome: 'success', deliveries: 1 });
    expect(event?.relay?.connection).not.toBe('');
    const detail = await member.ask('events.get', { id: event?.id ?? '' });
    expect(JSON.parse(detail.body)).toEqual({ title: 'Pump is ready', name: 'Jansen' });
    expect(detail.headers).toHaveProperty('x-bell-signature');
    await until(() => member.notes.some(({ title }) => title === 'Pump is ready'));
    expect(await titlesOf(member)).toEqual(['Pump is ready']);
    // It is found by the names that the provider gave with it.
    await until(async () => (await member.ask('events.list', { text: 'jansen' })).events.length === 1);
  });

  test('a job that the receiver hears of is a row of each member, and rings there once when it ends', async () => {
    const update = { kind: 'processing', subject: 'urn:pump', name: 'Pump' };
    const { receiver, join } = await openTestTeam({
      connector: {
        read({ body }) {
          const { title, state } = JSON.parse(Buffer.from(body).toString());
          return { title, outcome: 'success', jobs: [{ ...update, state, stage: '' }] } as never;
        },
      },
    });
    const member = await join('Anna');
    await receiver.ring({ title: 'Pump is ready', state: 'success' });
    const [job] = await until(async () => {
      const jobs = await member.ask('jobs.list', {});
      return jobs.length > 0 ? jobs : undefined;
    });
    expect(job).toMatchObject({ state: 'success', by: 'cloud', name: 'Pump' });
    await until(() => member.notes.length > 0);
    expect(member.notes).toMatchObject([{ title: 'Pump is ready' }]);
  });

  test('events that come while the server is down are published once it is back, each once', async () => {
    const { server, receiver, join } = await openTestTeam();
    const member = await join('Anna');
    await server.kill();
    for (const title of ['first', 'second', 'third']) await receiver.ring({ title });
    await server.start();
    await until(async () => (await titlesOf(member)).length === 3);
    expect(await titlesOf(member)).toEqual(['third', 'second', 'first']);
    await until(async () => (await receiver.host.ask('team.status', {})).behind === 0);
  });

  test('a removed member is rejected by the server', async () => {
    const { receiver, join, reload } = await openTestTeam();
    const member = await join('Anna');
    const [{ id = '' } = {}] = await receiver.host.ask('team.members', {});
    await receiver.host.ask('team.remove', { member: id });
    await reload();
    await until(async () => (await member.ask('team.status', {})).problemMessage?.code === 'team.keyRejected');
    expect(await member.ask('team.status', {})).toMatchObject({ role: 'member', state: 'down' });
    expect(await receiver.host.ask('team.members', {})).toEqual([]);
  });
});
