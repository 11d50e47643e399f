import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFailurePolicy } from '../../../main/engine/backups/failure-policy.ts';
import { newRecord } from '../../../main/engine/backups/records/record.ts';
import { openBackupRecords } from '../../../main/engine/backups/records/records.ts';
import { createTransitions } from '../../../main/engine/backups/records/transitions.ts';
import { DownloadError, type DownloadFailure } from '../../../main/engine/download/download.ts';
import { RingbackError } from '../../../main/engine/errors.ts';
import { downloadMessages } from '../../../main/engine/messages/index.ts';
import { openLedger } from '../../../main/engine/storage/ledger.ts';
import { collectingLog } from '../../support/log.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** The result of a failed download while the network is up, or not. */
async function outcomeOf(error: Error, { isReachable = true, hoursLater = 0, again = 0 } = {}) {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  let hour = hoursLater;
  const now = () => hour * 3600_000;
  const lines: string[] = [];
  const log = collectingLog(lines);
  const records = openBackupRecords({ ledger, now, log, changed: () => {} });
  const draft = { id: 'one', connection: 'c', request: 'owner', title: 'Backup of Garage', by: 'user' } as const;
  const record = {
    ...newRecord({ ...draft, key: '0'.repeat(32) }, 0),
    state: 'downloading',
    urls: 'encrypted',
  } as const;
  await records.exclusively((save) => save(record));
  const transitions = createTransitions({
    ...{ records, now },
    connections: { open: () => expect.unreachable() },
    nameOf: ({ title }) => title,
    muted: () => false,
    ended: () => {},
  });
  const recover = createFailurePolicy({
    ...{ transitions, now, log },
    settings: () => ({ patienceHours: 6, verifyWeekly: true, skipMetered: false, allowInsecure: false }),
    isReachable: async () => isReachable,
  });
  let pause = await recover(record, error, 1);
  for (let count = 1; count <= again; count += 1) {
    hour += 1;
    pause = await recover(records.get('one') ?? record, error, 1 + count);
  }
  return { pause, record: records.get('one'), lines };
}

test('a download that was interrupted too often fails while the network is up, and its data stays', async () => {
  const { record } = await outcomeOf(new DownloadError('interrupted', downloadMessages.endedEarly()));
  expect(record).toMatchObject({
    state: 'failed',
    problem: 'The connection ended early.',
    advice: expect.stringMatching(/resume the download/),
  });
});

test('while the network is down a download waits for it, but not for ever', async () => {
  const error = new DownloadError('interrupted', downloadMessages.connectionLost());
  const waiting = await outcomeOf(error, { isReachable: false });
  expect(waiting.pause).toBeGreaterThan(0);
  expect(waiting.record).toMatchObject({ state: 'downloading', problem: 'The connection was lost.' });
  expect((await outcomeOf(error, { isReachable: false, hoursLater: 6 })).record?.state).toBe('failed');
});

test('a backup waits for a provider that cannot be reached', async () => {
  const { record } = await outcomeOf(new RingbackError('offline', 'Depot cannot be reached.'));
  expect(record?.state).toBe('downloading');
});

test.each<[DownloadFailure, boolean]>([
  ['disk-full', true],
  ['damaged', false],
  ['not-a-backup', false],
])('after "%s" the advice is to resume: %o', async (failure, offered) => {
  const { record } = await outcomeOf(new DownloadError(failure, downloadMessages.emptyFile()));
  expect(record?.state).toBe('failed');
  expect(record?.advice !== null).toBe(offered);
});

test('a bug fails the backup without its details, which are in the log', async () => {
  const { record, lines } = await outcomeOf(new TypeError('cannot read "length" of undefined'));
  expect(record?.problem).toBe('Something went wrong inside Ringback. The log has the details.');
  expect(lines.join()).toContain('cannot read');
});

test('a clock that is set back by a year while a download waits does not make it wait for a year', async () => {
  const error = new DownloadError('interrupted', downloadMessages.connectionLost());
  const aYearBack = { isReachable: false, hoursLater: -365 * 24 };
  expect((await outcomeOf(error, { ...aYearBack, again: 5 })).record?.state).toBe('downloading');
  expect((await outcomeOf(error, { ...aYearBack, again: 6 })).record?.state).toBe('failed');
});
