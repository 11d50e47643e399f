import { setImmediate } from 'node:timers/promises';
import { headers } from '@nats-io/transport-node';
import { describe, expect, test } from 'vitest';
import type { BrokerMessage, BrokerSession } from '../../../main/engine/broker.ts';
import { sealEvent } from '../../../main/engine/team/envelope.ts';
import { createKeyRequests, MissingKey, respondWithKeys } from '../../../main/engine/team/key-request.ts';
import {
  createContentKey,
  createKeyRing,
  createSigningKey,
  createUserKey,
  formatTeamKeys,
  readPublicKey,
  readSigningKey,
} from '../../../main/engine/team/keys/index.ts';
import { createMemberSide } from '../../../main/engine/team/member.ts';
import type { JoinedRecord, ReceiverRecord } from '../../../main/engine/team/record.ts';
import { streamOf } from '../../../main/engine/team/subjects.ts';
import { redeliverAfter } from '../../../main/platform/nats/redelivery.ts';
import { mirrorCipher } from '../../support/memory-store.ts';
import { hasNatsServer } from '../../support/nats-server.ts';
import { openIntruder, openTestTeam, titlesOf, untilUp } from '../../support/team.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { openTestHost } from '../../support/test-host.ts';
import { contentOfEvent } from './event-content.ts';

test('a message whose handling fails comes again ever later, within a minute at most', () => {
  expect([1, 2, 3, 4, 5, 2000].map(redeliverAfter)).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
});

test('the key of a stored message is known after 999 further rotations', () => {
  const ring = createKeyRing();
  const first = createContentKey();
  ring.add([first]);
  for (let count = 1; count < 1000; count += 1) ring.add([createContentKey()]);
  expect(createKeyRing(formatTeamKeys(ring.all)).find(first.id)).toEqual(first);
});

test('keys that could not be stored are requested and stored again', async () => {
  const [pair, anna] = [createSigningKey(), createUserKey()];
  const theirs = createKeyRing();
  theirs.add([createContentKey()]);
  const response = respondWithKeys({ id: 'anna', user: anna.name }, readSigningKey(pair.secret), theirs);
  const session: Pick<BrokerSession, 'request'> = { request: async () => Buffer.from(JSON.stringify(response)) };
  const ring = createKeyRing();
  const attempts: string[] = [];
  const requestKeys = createKeyRequests({
    team: { id: 'team', member: { id: 'anna', name: 'Anna' } },
    ...{ seed: anna.seed, signing: readPublicKey(pair.public), ring },
    session: () => session as BrokerSession,
    async learned(keys) {
      attempts.push(formatTeamKeys(keys));
      if (attempts.length === 1) throw new Error('the key store is locked');
    },
  });
  await expect(requestKeys()).rejects.toThrow('locked');
  expect(ring.all).toEqual([]);
  await requestKeys();
  expect(ring.all).toEqual(theirs.all);
  expect(attempts).toEqual([formatTeamKeys(theirs.all), formatTeamKeys(theirs.all)]);
});

test('messages whose key is missing are one problem and one line of the log, until all of them are stored', async () => {
  const problems: (string | undefined)[] = [];
  const lines: string[] = [];
  const line = (_: string, text: string): void => void lines.push(text);
  let isKeyKnown = false;
  let handle: ((message: BrokerMessage) => Promise<void>) | undefined;
  const side = createMemberSide({
    team: { id: 'team', consumers: [{ name: 'all', filter: '>' }] } as JoinedRecord,
    log: { debug: line, info: line, warn: line, error: line },
    async relay() {
      if (!isKeyKnown) throw new MissingKey('no receiver');
    },
    ...{ ledger: undefined as never, now: () => 0, position: () => undefined },
    ...{ stored: () => {}, tookUpTo: () => {}, caughtUp: () => {}, noteUnstored: () => {}, prepared: () => {} },
    ...{
      unstored: () => ({ first: 1, after: { source: '', event: 0 } }),
      claim: async () => ({ kind: 'held', token: 1 }),
    },
    caughtUpTo: () => ({ source: '', event: 0 }),
    problem: (problem) => problems.push(problem?.code),
  });
  const session: Pick<BrokerSession, 'streamState' | 'consumerState' | 'consume'> = {
    streamState: async () => ({ first: 1, last: 2 }),
    consumerState: async () => ({ pending: 2, unacknowledged: 2, acknowledged: 0, activeAt: undefined, waiting: true }),
    consume: (_, __, intake) => {
      handle = intake.handle;
      return new Promise<void>(() => {});
    },
  };
  side.use(session as BrokerSession);
  while (!handle) await setImmediate();
  const deliver = (sequence: number): Promise<void> | undefined =>
    handle?.({ subject: '', sequence, redelivered: false, data: new Uint8Array(), header: () => '' });
  for (const sequence of [1, 2, 1]) await expect(deliver(sequence)).rejects.toThrow('no receiver');
  expect(problems).toEqual(['team.keyMissing']);
  expect(lines).toHaveLength(1);
  isKeyKnown = true;
  await deliver(1);
  expect(problems).toHaveLength(1);
  await deliver(2);
  expect(problems).toEqual(['team.keyMissing', undefined]);
});

describe.skipIf(!hasNatsServer)('a member that was away while the key was changed', () => {
  test('says that the receiver must be running, where that is not', async () => {
    const [receiverEnds, ends]: (() => Promise<void>)[][] = [[], []];
    const team = await openTestTeam({ atEnd: (close) => receiverEnds?.push(close) });
    const stored = { folder: await temporaryFolder(), values: new Map<string, unknown>() };
    await team.join('Bert', undefined, { ...stored, atEnd: (close) => ends?.push(close) });
    for (const end of ends ?? []) await end();
    await team.receiver.host.ask('team.rotateKey', {});
    await untilUp(team.receiver.host);
    await team.receiver.ring({ title: 'after' });
    await until(async () => (await team.receiver.host.ask('team.status', {})).behind === 0);
    for (const end of receiverEnds ?? []) await end();
    const bert = await openTestHost({ connectors: [], ...stored });
    await until(async () => (await bert.ask('team.status', {})).problemMessage?.code === 'team.keyMissing');
    expect(await titlesOf(bert)).toEqual([]);
  });

  test('takes later events although more wait than it handles at a time', { timeout: 120_000 }, async () => {
    const team = await openTestTeam();
    const anna = await team.join('Anna');
    const { manager, connection } = await openIntruder(team);
    const { secrets, id } = team.receiver.host.values.get('team') as ReceiverRecord;
    const signing = readSigningKey(await mirrorCipher.decrypt(secrets.signing));
    const lost = createKeyRing();
    lost.add([createContentKey()]);
    const subject = `ringback.${id}.events.a.b.c`;
    const keys = { signing, teamKey: '', rotated: lost };
    const seal = (_: unknown, index: number) =>
      sealEvent({ ...contentOfEvent(), event: index + 1 }, new Uint8Array(), subject, keys);
    const sealed = await Promise.all(Array.from({ length: 50 }, seal));
    for (const message of Array.from({ length: 1100 / sealed.length }, () => sealed).flat()) {
      const fields = headers();
      for (const [name, value] of Object.entries(message.headers)) fields.set(name, value);
      connection.publish(subject, message.data, { headers: fields });
    }
    await connection.flush();
    await until(async () => (await manager.streams.info(streamOf(id))).state.messages >= 1100);
    await team.receiver.ring({ title: 'later' });
    await until(async () => (await titlesOf(anna)).includes('later'));
    expect(await titlesOf(anna)).toEqual(['later']);
    expect((await anna.ask('team.status', {})).problemMessage?.code).toBe('team.keyUnknown');
  });
});
