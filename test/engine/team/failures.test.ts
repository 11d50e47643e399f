import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ConnectBroker } from '../../../main/engine/broker.ts';
import { parseInvitation } from '../../../main/engine/team/invitation.ts';
import { connectNats } from '../../../main/platform/nats/index.ts';
import { hasNatsServer } from '../../support/nats-server.ts';
import { authority, openIntruder, openTestTeam, titlesOf, untilUp } from '../../support/team.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { openTestHost, type TestHostOptions } from '../../support/test-host.ts';

/** A host that can be ended, and started again from what it stored. */
async function restartable() {
  const ends: (() => Promise<void>)[] = [];
  const options = { folder: await temporaryFolder(), values: new Map<string, unknown>() };
  return {
    options: { ...options, atEnd: (close) => ends.push(close) } satisfies Partial<TestHostOptions>,
    async end() {
      for (const end of ends.splice(0)) await end();
    },
    start: (more: Partial<TestHostOptions> = {}) => openTestHost({ connectors: [], ...options, ...more }),
    /** Changes what is stored, while the host is not running. */
    change(sql: string) {
      const database = new DatabaseSync(join(options.folder, 'events.sqlite'));
      database.exec(sql);
      database.close();
    },
  };
}

const statusOf = (host: { ask: Awaited<ReturnType<typeof openTestHost>>['ask'] }) => host.ask('team.status', {});

describe.skipIf(!hasNatsServer)('a receiver that is killed', () => {
  test('between storing and publishing publishes after its restart what it had stored', async () => {
    const receiver = await restartable();
    const team = await openTestTeam(receiver.options);
    const member = await team.join('Anna');
    await team.server.kill();
    await team.receiver.ring({ title: 'first' });
    await team.receiver.ring({ title: 'second' });
    await receiver.end();
    await team.server.start();
    await receiver.start();
    await until(async () => (await titlesOf(member)).length === 2);
    expect(await titlesOf(member)).toEqual(['second', 'first']);
  });

  test('between publishing and marking publishes again, which members do not notice', async () => {
    const receiver = await restartable();
    const team = await openTestTeam(receiver.options);
    const member = await team.join('Anna');
    await team.receiver.ring({ title: 'first' });
    await team.receiver.ring({ title: 'second' });
    await until(async () => (await statusOf(team.receiver.host)).behind === 0);
    await until(async () => (await titlesOf(member)).length === 2);
    await receiver.end();
    receiver.change("UPDATE marks SET value = 0 WHERE name IN ('published', 'publishedSequence')");
    const restarted = await receiver.start();
    await until(async () => (await statusOf(restarted)).behind === 0);
    const { manager, stream } = await openIntruder(team);
    expect((await manager.streams.info(stream)).state.messages).toBe(2);
    expect(await titlesOf(member)).toEqual(['second', 'first']);
  });

  test('shows members a gap where it deleted events that it could not publish', async () => {
    const receiver = await restartable();
    const team = await openTestTeam({ ...receiver.options, hooks: 2 });
    const [all, some] = [await team.join('Anna'), await team.join('Bert', { events: ['ring.1'] })];
    await team.server.kill();
    await team.receiver.ring({ title: 'deleted' });
    await team.receiver.ring({ title: 'kept' }, 1);
    await receiver.end();
    receiver.change("DELETE FROM events WHERE title = 'deleted'");
    await team.server.start();
    await receiver.start();
    const gap = 'Events were deleted before the team got them';
    for (const member of [all, some]) {
      await until(async () => (await titlesOf(member)).length === 2);
      expect(await titlesOf(member)).toEqual(['kept', gap]);
      const { events } = await member.ask('events.list', {});
      expect(events[1]).toMatchObject({
        titleMessage: { code: 'team.unpublished' },
        summaryMessage: { code: 'team.unpublishedSummary' },
      });
    }
  });
});

/** Milliseconds after which a server that does not answer fails the test. */
const timeout = 45_000;

/** A broker whose messages are handled, but whose acknowledgements never arrive. */
const withoutAcknowledgements: ConnectBroker = (options) =>
  connectNats({
    ...options,
    connected: (session) =>
      options.connected({
        ...session,
        consume: (stream, name, { handle, ...intake }) =>
          session.consume(stream, name, {
            ...intake,
            async handle(message) {
              await handle(message);
              throw new Error('killed before the acknowledgement');
            },
          }),
      }),
  });

describe.skipIf(!hasNatsServer)('a member', () => {
  test('that is killed between storing and acknowledging gets the event again, and counts it', async () => {
    const team = await openTestTeam();
    const anna = await restartable();
    const first = await team.join('Anna', undefined, {
      ...anna.options,
      ports: { connectBroker: withoutAcknowledgements },
    });
    await team.receiver.ring({ title: 'once' });
    await until(() => first.notes.length === 1);
    await anna.end();
    const second = await anna.start();
    await until(async () => (await second.ask('events.list', {})).events.at(0)?.deliveries === 2);
    await until(async () => (await team.receiver.host.ask('team.members', {})).at(0)?.behind === 0);
    expect(await titlesOf(second)).toEqual(['once']);
    expect(second.notes).toEqual([]);
  });

  test('may neither widen its filter, read the stream past it, publish, nor take what is for others', async () => {
    const team = await openTestTeam();
    const invitation = parseInvitation(await team.invite('Anna', { events: ['ring.7'] }));
    const other = parseInvitation(await team.invite('Bert'));
    const { id, member, consumers } = invitation;
    const connection = await until(() =>
      connect({
        ...{ servers: team.server.address, tls: { ca: authority } },
        inboxPrefix: `_INBOX_${id}_${member.id}`,
        authenticator: nkeyAuthenticator(new TextEncoder().encode(invitation.secrets.seed)),
      }).catch(() => undefined),
    );
    onTestFinished(() => connection.close());
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout });
    const stream = `RINGBACK_${id}`;
    const name = consumers[0]?.name ?? '';
    await until(() => manager.consumers.info(stream, name).catch(() => undefined));
    const denied = /ermission/;
    const everything = { durable_name: 'all', filter_subject: `ringback.${id}.events.>` };
    await expect(manager.consumers.add(stream, { ...everything, ack_policy: 'explicit' })).rejects.toThrow(denied);
    await expect(manager.consumers.update(stream, name, everything)).rejects.toThrow(denied);
    await expect(manager.streams.getMessage(stream, { seq: 1 })).rejects.toThrow(denied);
    await expect(manager.consumers.info(stream, other.consumers[0]?.name ?? '')).rejects.toThrow(denied);
    await expect(manager.streams.purge(stream)).rejects.toThrow(denied);
    await expect(connection.request(`ringback.${id}.events.a.b.c`, '{}', { timeout })).rejects.toThrow(denied);
    await expect(connection.request(`ringback.${id}.ask.${other.member.id}`, '{}', { timeout })).rejects.toThrow(
      denied,
    );
  });

  test('invited while the clock of the receiver is ahead or behind gets what comes from then on', async () => {
    const clock = { ahead: 3 * 3_600_000 };
    const team = await openTestTeam({ ports: { now: () => Date.now() + clock.ahead } });
    await team.receiver.ring({ title: 'before' });
    await until(async () => (await statusOf(team.receiver.host)).behind === 0);
    const ahead = await team.join('Anna');
    await team.receiver.ring({ title: 'after' });
    await until(async () => (await titlesOf(ahead)).length > 0);
    await until(async () => (await statusOf(team.receiver.host)).behind === 0);
    clock.ahead = -3 * 3_600_000;
    const behind = await team.join('Bert');
    await team.receiver.ring({ title: 'later' });
    await until(async () => (await titlesOf(behind)).length > 0);
    await until(async () => (await titlesOf(ahead)).length === 2);
    expect(await titlesOf(ahead)).toEqual(['later', 'after']);
    expect(await titlesOf(behind)).toEqual(['later']);
  });
});

describe.skipIf(!hasNatsServer)('a server', () => {
  test('that is away for an hour stops no callback, and gets the events once it is back, each once', async () => {
    const clock = { ahead: 0 };
    const team = await openTestTeam({ ports: { now: () => Date.now() + clock.ahead } });
    const member = await team.join('Anna');
    await team.server.kill();
    await team.receiver.ring({ title: 'at its beginning' });
    clock.ahead = 3_600_000;
    await team.receiver.ring({ title: 'at its end' });
    expect(await statusOf(team.receiver.host)).toMatchObject({ behind: 2 });
    await team.server.start();
    await until(async () => (await titlesOf(member)).length === 2);
    await until(async () => (await statusOf(team.receiver.host)).behind === 0);
    const { events } = await member.ask('events.list', {});
    expect(events).toMatchObject([{ title: 'at its end' }, { title: 'at its beginning' }]);
    const [last, first] = events.map(({ receivedAt }) => Date.parse(receivedAt));
    expect((last ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(3_600_000);
  });

  test('whose disk is full stops no callback, and gets the events once it has room', async () => {
    const team = await openTestTeam();
    const member = await team.join('Anna');
    const { text } = await team.receiver.host.ask('team.serverConfig', team.server.options);
    await team.server.kill();
    await team.server.configure(text.replace('jetstream {', 'jetstream {\n  max_file_store: 1MB'));
    await until(async () => (await statusOf(team.receiver.host)).problemMessage?.code === 'team.storageFull');
    await team.receiver.ring({ title: 'stored meanwhile' });
    expect(await statusOf(team.receiver.host)).toMatchObject({ behind: 1 });
    await team.server.kill();
    await team.server.configure(text);
    await untilUp(team.receiver.host);
    await until(async () => (await titlesOf(member)).length === 1);
  });
});
