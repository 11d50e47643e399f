import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { BrokerSession, ConnectBroker } from '../../../main/engine/broker.ts';
import { openLedger, selectUnpublished } from '../../../main/engine/storage/index.ts';
import { sealEvent } from '../../../main/engine/team/envelope.ts';
import {
  createContentKey,
  createKeyRing,
  createSigningKey,
  createTeamKey,
  readPublicKey,
  readSigningKey,
} from '../../../main/engine/team/keys/index.ts';
import type { JoinedRecord } from '../../../main/engine/team/record.ts';
import { createRelay } from '../../../main/engine/team/relay.ts';
import { connectNats } from '../../../main/platform/nats/index.ts';
import { hasNatsServer } from '../../support/nats-server.ts';
import { openIntruder, openTestTeam, titlesOf, untilUp } from '../../support/team.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { contentOfEvent } from './event-content.ts';

/** A member's relay that requests the key of a rotation, and messages of the receiver for it. */
async function openRelay() {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  const [pair, teamKey, ring, theirs] = [createSigningKey(), createTeamKey(), createKeyRing(), createKeyRing()];
  theirs.add([createContentKey()]);
  let answer = (): void => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const relay = createRelay({
    ...{ team: { installation: 'inst', computer: 'desk' } as JoinedRecord, ledger, now: Date.now },
    keys: { signing: readPublicKey(pair.public), teamKey, rotated: ring },
    async requestKeys() {
      await answered;
      ring.add(theirs.all);
    },
    ...{ stored() {}, repeated() {}, forged() {}, received() {} },
  });
  const send = async (event: number, { bytes = 1, rotated = false, redelivered = false } = {}) => {
    const content = { ...contentOfEvent(), event, title: `${event}` };
    const keys = { signing: readSigningKey(pair.secret), teamKey, ...(rotated ? { rotated: theirs } : {}) };
    const { headers, data } = await sealEvent(content, new Uint8Array(bytes), 'subject', keys);
    return { subject: 'subject', data, redelivered, header: (name: string) => headers[name] ?? '' };
  };
  const titles = (): unknown[] => selectUnpublished(ledger, 0, 100).map(({ title }) => title);
  return { relay, send, titles, answer };
}

test('messages are stored in the order in which they came, though the first takes longest to verify', async () => {
  const { relay, send, titles } = await openRelay();
  const messages = [await send(1, { bytes: 8_000_000 }), await send(2, { bytes: 100_000 }), await send(3)];
  await Promise.all(messages.map(relay));
  expect(titles()).toEqual(['1', '2', '3']);
});

test('messages that need a key wait for it, and those after them keep their place', async () => {
  const { relay, send, titles, answer } = await openRelay();
  const messages = [await send(1, { rotated: true }), await send(2), await send(3, { rotated: true })];
  const relayed = Promise.all(messages.map(relay));
  await relay(await send(9, { redelivered: true }));
  expect(titles()).toEqual(['9']);
  answer();
  await relayed;
  expect(titles()).toEqual(['9', '1', '2', '3']);
});

/** Connects as usual; the first call of the method fails, like at a server that starts or has too much to do. */
function failingOnce(method: 'publish' | 'putConsumer' | 'consume' | 'streamState'): ConnectBroker {
  let hasFailed = false;
  return (options) =>
    connectNats({
      ...options,
      connected(session) {
        const call: (...given: never[]) => Promise<unknown> = session[method];
        const failing = async (...given: never[]) => {
          if (hasFailed) return call(...given);
          hasFailed = true;
          throw new Error(`no response to ${method}`);
        };
        options.connected({ ...session, [method]: failing } as BrokerSession);
      },
    });
}

describe.skipIf(!hasNatsServer)('a server that takes the second message and not the first', () => {
  test('gets both again, in their order', async () => {
    const team = await openTestTeam({ ports: { connectBroker: failingOnce('publish') } });
    const member = await team.join('Anna');
    await team.server.kill();
    for (const title of ['first', 'second', 'third']) await team.receiver.ring({ title });
    await team.server.start();
    await until(async () => (await team.receiver.host.ask('team.status', {})).behind === 0);
    await until(async () => (await titlesOf(member)).length === 3);
    expect(await titlesOf(member)).toEqual(['third', 'second', 'first']);
    await untilUp(team.receiver.host);
    const { manager, stream } = await openIntruder(team);
    expect((await manager.streams.info(stream)).state.messages).toBe(3);
  });
});

describe.skipIf(!hasNatsServer)('a member', () => {
  test('that cannot consume or look at the stream at first receives later, and says so, as one whose consumer is not created at first', async () => {
    const team = await openTestTeam({ ports: { connectBroker: failingOnce('putConsumer') } });
    const join = (name: string, method: 'consume' | 'streamState') =>
      team.join(name, undefined, { ports: { connectBroker: failingOnce(method) } });
    // The first one's consumer is the one that is not created; nothing else fails there.
    const first = await team.join('Carl');
    await team.receiver.ring({ title: 'early' });
    await until(async () => (await titlesOf(first)).includes('early'));
    await untilUp(team.receiver.host);
    const members = [first, await join('Anna', 'consume'), await join('Bert', 'streamState')];
    await team.receiver.ring({ title: 'later' });
    for (const member of members) await until(async () => (await titlesOf(member)).includes('later'));
    for (const host of [...members, team.receiver.host]) await untilUp(host);
  });
});

describe.skipIf(!hasNatsServer)('a stream that somebody deleted', () => {
  test('is created again, with what was in it, and members go on', async () => {
    const team = await openTestTeam();
    const member = await team.join('Anna');
    await team.receiver.ring({ title: 'before' });
    await until(async () => (await titlesOf(member)).length === 1);
    await until(async () => (await team.receiver.host.ask('team.status', {})).behind === 0);
    const { manager, stream } = await openIntruder(team);
    await manager.streams.delete(stream);
    await team.receiver.ring({ title: 'after' });
    await until(async () => (await titlesOf(member)).length === 2);
    expect(await titlesOf(member)).toEqual(['after', 'before']);
    for (const host of [team.receiver.host, member]) await untilUp(host);
  });
});
