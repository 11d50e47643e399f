import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { BrokerSession } from '../../../main/engine/broker.ts';
import { createLog } from '../../../main/engine/log.ts';
import { teamMessages } from '../../../main/engine/messages/index.ts';
import { type DeliveryRow, type Ledger, openLedger, selectUnpublished } from '../../../main/engine/storage/index.ts';
import { CatchUpRequest, respondToCatchUp } from '../../../main/engine/team/catch-up.ts';
import { caughtUpTo, closeGap, type NumberedEvent } from '../../../main/engine/team/gap.ts';
import { createSigningKey, createTeamKey, readSigningKey } from '../../../main/engine/team/keys/index.ts';
import type { JoinedRecord, Unstored } from '../../../main/engine/team/record.ts';
import { toNoteRow } from '../../../main/engine/team/relayed-row.ts';
import { createSubjects } from '../../../main/engine/team/subjects.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const log = createLog(() => {});

const rowOf = (identity: string): DeliveryRow => {
  const [title, summary] = [teamMessages.gap(), teamMessages.gapSummary({ count: 1 })];
  return toNoteRow({ identity, receivedAt: 1, title, summary, receiver: 'desk', body: new Uint8Array() });
};

async function openStored(identities: readonly string[]) {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  await Promise.all(identities.map((identity) => ledger.write('delivery', rowOf(identity))));
  return ledger;
}

const everybody = { id: 'm', name: 'Anna', user: '', filter: {}, consumers: [], invitedAt: 0 };

const receiverOptions = (ledger: Ledger, sourceStart = 0) => ({
  ...{ team: 't', installation: 'inst', source: 'inst-new', sourceStart, computer: 'desk', ledger, log },
  keys: { signing: readSigningKey(createSigningKey().secret), teamKey: createTeamKey() },
  ...{ largest: 1e6, filters: () => [], now: Date.now, restored() {}, changed() {} },
  subjectOf: createSubjects('t', createTeamKey()),
  sourceOf: () => ({ hookLabel: '', connectionName: '', connector: '' }),
});

/** Answers as a receiver does whose data of so many events were numbered again after that one. */
async function openReceiver(events: number, sourceStart: number) {
  const ledger = await openStored(Array.from({ length: events }, (_, index) => `event ${index}`));
  const requests: CatchUpRequest[] = [];
  const options = receiverOptions(ledger, sourceStart);
  const session: Pick<BrokerSession, 'streamState' | 'consumerState' | 'request'> = {
    streamState: async () => ({ first: 5000, last: 6000 }),
    consumerState: async () => ({
      ...{ acknowledged: 10, pending: 0, unacknowledged: 0, activeAt: undefined, waiting: false },
    }),
    async request(_subject, data) {
      const request = CatchUpRequest.parse(JSON.parse(Buffer.from(data).toString()));
      requests.push(request);
      return Buffer.from(JSON.stringify(await respondToCatchUp(options, everybody, request)));
    },
  };
  return { session: session as BrokerSession, requests };
}

/** A member that stored these events of its receiver, and was invited or had caught up at the one of its record. */
async function openMember(identities: readonly string[], joined: Pick<JoinedRecord, 'joinedAfter' | 'joinedSource'>) {
  const ledger = await openStored(identities);
  const taken = { messages: 0, upTo: [] as NumberedEvent[], sequence: 0 };
  const team: JoinedRecord = {
    ...{ role: 'member', id: '0123456789ab', name: 'Office', servers: ['tls://desk'], secure: true },
    ...{ installation: 'inst', computer: 'desk', signingKey: '', member: { id: 'm', name: 'Anna' } },
    ...{ consumers: [{ name: 'm_0', filter: '*' }], secrets: { seed: '', teamKey: '' }, ...joined },
  };
  const options = {
    ...{ team, ledger, log, now: Date.now, stored() {}, position: () => 10, caughtUpTo: () => caughtUpTo(team) },
    async relay() {
      taken.messages += 1;
    },
    tookUpTo(sequence: number) {
      taken.sequence = sequence;
    },
    caughtUp: (upTo: NumberedEvent) => void taken.upTo.push(upTo),
    unstored: () => team.unstored,
    noteUnstored(unstored: Unstored | undefined) {
      Object.assign(team, { unstored });
    },
  };
  return { options, taken };
}

test('a member gets all pages of what it missed from a receiver that numbers its events again', async () => {
  const receiver = await openReceiver(1300, 100);
  const { options, taken } = await openMember(['inst:900'], { joinedAfter: 3 });
  await closeGap(options, receiver.session);
  expect(taken).toMatchObject({ messages: 1200, sequence: 4999 });
  expect(taken.upTo.at(-1)).toEqual({ source: 'inst-new', event: 1300 });
  expect(receiver.requests[0]).toEqual({ after: 900, source: 'inst' });
});

test('what the receiver no longer has either is an event that other languages can say', async () => {
  const receiver = await openReceiver(20, 0);
  const { options } = await openMember(['inst:900'], { joinedAfter: 3 });
  const session = { ...receiver.session, request: () => Promise.reject(new Error('nobody responds')) };
  expect(await closeGap(options, session, false)).toBe(false);
  expect(selectUnpublished(options.ledger, 0, 10)).toHaveLength(1);
  // The messages that come now do not make it forget what to request.
  expect(options.unstored()).toMatchObject({ first: 11, after: { event: 900 } });
  await closeGap(options, session);
  const [, gap] = selectUnpublished(options.ledger, 0, 10);
  expect(JSON.parse(String(gap?.messages))).toMatchObject({
    title: { code: 'team.gap' },
    summary: { code: 'team.gapSummary', params: { count: 4989 } },
  });
});

test('responses to what a member missed are no larger than the server accepts, whatever the events', async () => {
  const ledger = await openStored(Array.from({ length: 40 }, (_, index) => `event ${index}`));
  for (const largest of [6_000, 20_000]) {
    const received: number[] = [];
    for (let after = 0, isComplete = false; !isComplete; ) {
      const request = { after, source: 'inst-new' };
      const response = await respondToCatchUp({ ...receiverOptions(ledger), largest }, everybody, request);
      expect(JSON.stringify(response).length).toBeLessThanOrEqual(largest);
      received.push(response.messages.length);
      [after, isComplete] = [response.upTo, response.complete];
    }
    expect(received.length).toBeGreaterThan(1);
    expect(received.reduce((sum, count) => sum + count, 0)).toBe(40);
  }
});

test.each([
  ['an earlier numbering', ['inst-new:5'], { joinedAfter: 900 }, { after: 5, source: 'inst-new' }],
  [
    'the same numbering',
    ['inst-new:5'],
    { joinedAfter: 9, joinedSource: 'inst-new' },
    { after: 9, source: 'inst-new' },
  ],
  [
    'the numbering that it was invited with',
    [],
    { joinedAfter: 9, joinedSource: 'inst-b' },
    { after: 9, source: 'inst-b' },
  ],
])('a member that caught up to an event of %s requests what came after', async (_kind, stored, joined, request) => {
  const receiver = await openReceiver(20, 0);
  const { options } = await openMember(stored, joined);
  await closeGap(options, receiver.session);
  expect(receiver.requests).toEqual([request]);
});

test('a member gets what came since its invitation by its number, though the clock of the receiver was set back', async () => {
  const ledger = await openStored(Array.from({ length: 10 }, (_, index) => `event ${index}`));
  const invited = { ...everybody, invitedAt: Date.now(), invitedAfter: { source: 'inst-new', event: 6 } };
  const response = await respondToCatchUp(receiverOptions(ledger), invited, { after: 0 });
  expect(response).toMatchObject({ upTo: 10, complete: true });
  expect(response.messages).toHaveLength(4);
});
