import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { BrokerSession } from '../../../main/engine/broker.ts';
import { createLog } from '../../../main/engine/log.ts';
import { openLedger } from '../../../main/engine/storage/index.ts';
import { createSigningKey, createTeamKey, readSigningKey } from '../../../main/engine/team/keys/index.ts';
import { createPace } from '../../../main/engine/team/pace.ts';
import { createPublisher } from '../../../main/engine/team/publisher.ts';
import { createSubjects } from '../../../main/engine/team/subjects.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';

test('a publisher that continues after a pause compares its numbers with the stream, though the connection stayed', async () => {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  let comparisons = 0;
  const session: Pick<BrokerSession, 'streamState'> = {
    async streamState() {
      comparisons += 1;
      return { first: 1, last: 0 };
    },
  };
  const publisher = createPublisher({
    ...{ team: 't', source: 'inst', sourceStart: 0, computer: 'desk', ledger, log: createLog(() => {}) },
    keys: { signing: readSigningKey(createSigningKey().secret), teamKey: createTeamKey() },
    ...{ filters: () => [], now: Date.now, restored() {}, changed() {}, failed() {}, succeeded() {} },
    subjectOf: createSubjects('t', createTeamKey()),
    sourceOf: () => ({ hookLabel: '', connectionName: '', connector: '' }),
  });
  onTestFinished(() => publisher.close());
  publisher.use(session as BrokerSession);
  await until(() => comparisons === 1);
  publisher.pause();
  publisher.use(session as BrokerSession);
  await until(() => comparisons === 2);
  expect(comparisons).toBe(2);
});

test('publishing leaves the time to callbacks while many arrive, until events are late', () => {
  let [now, newest] = [0, 0];
  const pace = createPace(
    () => now,
    () => newest,
    () => now,
  );
  const pauseAfter = (oldest: number, arrived: number): number => {
    now += 90;
    pace.begin();
    now += 10;
    newest += arrived;
    return pace.pauseAfter(oldest);
  };
  expect([pauseAfter(now, 20), pace.size]).toEqual([190, 32]);
  expect([pauseAfter(now - 5000, 20), pace.size]).toEqual([20, 256]);
  expect([pauseAfter(now, 20), pace.size]).toEqual([190, 32]);
  expect([pauseAfter(now, 10), pace.size]).toEqual([20, 256]);
});
