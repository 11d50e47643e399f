import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { BrokerSession, Intake } from '../../../main/engine/broker.ts';
import { createLog } from '../../../main/engine/log.ts';
import { teamMessages } from '../../../main/engine/messages/index.ts';
import { openLedger, selectUnpublished } from '../../../main/engine/storage/index.ts';
import { caughtUpTo } from '../../../main/engine/team/gap.ts';
import { createMemberSide } from '../../../main/engine/team/member.ts';
import type { JoinedRecord } from '../../../main/engine/team/record.ts';
import { toNoteRow } from '../../../main/engine/team/relayed-row.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';

const [title, summary] = [teamMessages.gap(), teamMessages.gapSummary({ count: 1 })];

/** A member whose messages bear the receiver's events of the same numbers; some of them cannot be stored. */
async function openMember() {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  let team: JoinedRecord = {
    ...{ role: 'member', id: '0123456789ab', name: 'Office', servers: ['tls://desk'], secure: true },
    ...{ installation: 'inst', computer: 'desk', signingKey: '', member: { id: 'm', name: 'Anna' } },
    ...{ consumers: [{ name: 'm_0', filter: '*' }], secrets: { seed: '', teamKey: '' }, joinedAfter: 0 },
  };
  const rejected = new Set<number>();
  const side = createMemberSide({
    ...{ team, ledger, log: createLog(() => {}), now: Date.now, stored() {}, prepared() {}, problem() {} },
    async relay(message) {
      const sequence = 'sequence' in message ? Number(message.sequence) : 0;
      if (rejected.has(sequence)) throw new Error('the disk is full');
      const row = { identity: `inst:${sequence}`, receivedAt: 1, title, summary, receiver: 'desk' };
      await ledger.write('delivery', toNoteRow({ ...row, body: new Uint8Array() }));
    },
    claim: async () => ({ kind: 'held', token: 1 }),
    caughtUpTo: () => caughtUpTo(team),
    caughtUp() {},
    position: () => team.position,
    tookUpTo: (position) => {
      team = { ...team, position };
    },
    unstored: () => team.unstored,
    noteUnstored: (unstored) => {
      const { unstored: _, ...others } = team;
      team = unstored ? { ...others, unstored } : others;
    },
  });
  const ends: (() => void)[] = [];
  onTestFinished(async () => {
    const closed = side.close();
    for (const end of ends) end();
    await closed;
  });
  const server = { first: 1, acknowledged: 0, unacknowledged: 0, isAway: false };
  const requests: unknown[] = [];
  let intake: Intake | undefined;
  const session: Partial<BrokerSession> = {
    streamState: async () => ({ first: server.first, last: 9 }),
    consumerState: async () => ({ ...server, pending: 0, activeAt: undefined, waiting: false }),
    async request(_subject, data) {
      requests.push(JSON.parse(Buffer.from(data).toString()));
      if (server.isAway) throw new Error('nobody responds');
      return Buffer.from(JSON.stringify({ source: 'inst', messages: [], upTo: 9, complete: true, deleted: 0 }));
    },
    consume(_stream, _name, given) {
      intake = given;
      return new Promise((resolve) => ends.push(resolve));
    },
  };
  return {
    ...{ server, rejected, requests },
    record: () => team,
    titles: () => selectUnpublished(ledger, 0, 100).length,
    async connect() {
      intake = undefined;
      side.pause();
      side.use({ ...session } as BrokerSession);
      await until(() => intake !== undefined);
    },
    /** Gives how many of the messages could be stored. */
    async deliver(...sequences: number[]): Promise<number> {
      const header = () => '';
      const results = await Promise.allSettled(
        sequences.map((sequence) =>
          intake?.handle({ subject: '', sequence, redelivered: false, data: new Uint8Array(), header }),
        ),
      );
      await setImmediate();
      return results.filter(({ status }) => status === 'fulfilled').length;
    },
  };
}

test('a message that could not be stored, and that the stream deleted after later ones were, is requested', async () => {
  const member = await openMember();
  await member.connect();
  await member.deliver(1);
  member.rejected.add(2);
  expect(await member.deliver(2, 3)).toBe(1);
  // A server that deletes it may count it as acknowledged.
  Object.assign(member.server, { first: 4, acknowledged: 3 });
  await member.connect();
  expect(member.requests).toEqual([{ after: 1, source: 'inst' }]);
  expect(member.record()).not.toHaveProperty('unstored');
});

test('a message that is stored when it comes again needs no request, in the same connection or a later one', async () => {
  const member = await openMember();
  await member.connect();
  member.rejected.add(1);
  await member.deliver(1, 2);
  expect(member.record()).toMatchObject({ unstored: { first: 1, after: { event: 0 } } });
  member.rejected.clear();
  await member.deliver(1);
  expect(member.record()).not.toHaveProperty('unstored');
  member.rejected.add(3);
  await member.deliver(3, 4);
  Object.assign(member.server, { acknowledged: 2, unacknowledged: 1 });
  await member.connect();
  expect(member.record()).toMatchObject({ unstored: { first: 3 } });
  member.rejected.clear();
  await member.deliver(3);
  Object.assign(member.server, { acknowledged: 4, unacknowledged: 0 });
  await member.connect();
  expect(member.record()).not.toHaveProperty('unstored');
  expect(member.requests).toEqual([]);
});

test('what is missing is requested again while the receiver is not there yet, and messages that come meanwhile change nothing', async () => {
  const member = await openMember();
  Object.assign(member.server, { first: 5, isAway: true });
  await member.connect();
  await member.deliver(5, 6);
  member.rejected.add(7);
  await member.deliver(7);
  member.rejected.clear();
  await member.deliver(7);
  expect(member.record()).toMatchObject({ unstored: { first: 1 } });
  Object.assign(member.server, { acknowledged: 7, isAway: false });
  await until(() => member.record().unstored === undefined);
  expect(member.requests).toEqual([
    { after: 0, source: 'inst' },
    { after: 0, source: 'inst' },
  ]);
  expect(member.titles()).toBe(3);
});
