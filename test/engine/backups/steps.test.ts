import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newRecord } from '../../../main/engine/backups/record.ts';
import { openBackupRecords } from '../../../main/engine/backups/records.ts';
import { createBackupSteps } from '../../../main/engine/backups/steps.ts';
import { DownloadError, type DownloadFailure } from '../../../main/engine/download/download.ts';
import { RingbackError } from '../../../main/engine/errors.ts';
import { downloadMessages } from '../../../main/engine/messages/index.ts';
import { openLedger } from '../../../main/engine/storage/ledger.ts';
import { createSecretStore } from '../../../main/engine/storage/secrets.ts';
import { collectingLog } from '../../support/log.ts';
import { mirrorCipher } from '../../support/memory-store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** What a failure of the download comes to while the network is there, or not. */
async function outcomeOf(error: Error, { isReachable = true, hoursLater = 0 } = {}) {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  const now = () => hoursLater * 3600_000;
  const lines: string[] = [];
  const log = collectingLog(lines);
  const records = openBackupRecords({ ledger, now, log, changed: () => {} });
  const draft = { id: 'one', connection: 'c', request: 'owner', title: 'Backup of Garage', by: 'user' } as const;
  const record = {
    ...newRecord({ ...draft, key: '0'.repeat(32) }, 0),
    state: 'downloading',
    urls: 'sealed',
  } as const;
  await records.inTurn((save) => save(record));
  const steps = createBackupSteps({
    records,
    connections: { list: () => [] } as never,
    secretStore: createSecretStore(mirrorCipher),
    fetch: {} as never,
    settings: () => ({ patienceHours: 6, verifyWeekly: true, skipMetered: false, allowInsecure: false }),
    tunnel: () => ({ provider: 'off', state: 'off' }),
    isReachable: async () => isReachable,
    silent: () => false,
    now,
    log,
    ended: () => {},
  });
  const pause = await steps.recover(record, error, 1);
  return { pause, record: records.get('one'), lines };
}

test('a download that was interrupted too often fails while the network is up, and its data stays', async () => {
  const { record } = await outcomeOf(new DownloadError('interrupted', downloadMessages.endedEarly()));
  expect(record).toMatchObject({
    state: 'failed',
    problem: 'The connection ended early.',
    advice: expect.stringMatching(/go on with it/),
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
