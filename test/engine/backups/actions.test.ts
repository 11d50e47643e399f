import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBackupActions } from '../../../main/engine/backups/actions.ts';
import { type BackupRecord, newRecord } from '../../../main/engine/backups/records/index.ts';
import { createLog } from '../../../main/engine/log.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const recordOf = (id: string, changes: Partial<BackupRecord> = {}): BackupRecord => ({
  ...newRecord({ id, connection: 'c', request: 'owner', title: 'Backup', by: 'user', key: '0'.repeat(32) }, 0),
  ...changes,
});

/** A verified backup, and an older one of the same kind whose damaged file is kept. */
async function openRecords() {
  const damagedFile = join(await temporaryFolder(), 'damaged.zip');
  await writeFile(damagedFile, 'damaged');
  const done = recordOf('new', { state: 'done', files: [{ path: '/b.zip', bytes: 1, sha256: '0' }] });
  const all = [done, recordOf('old', { state: 'failed', damagedFile })];
  const records = { all, change: async () => undefined };
  const actions = createBackupActions({ records, log: createLog(() => {}) } as unknown as Parameters<
    typeof createBackupActions
  >[0]);
  return { all, done, actions, isKept: () => existsSync(damagedFile) };
}

test('a verified backup deletes the damaged file of an older one', async () => {
  const { actions, done, isKept } = await openRecords();
  await actions.cleanUpSuperseded(done);
  expect(isKept()).toBe(false);
});

test('one that was removed before its turn deletes nothing', async () => {
  const { actions, all, done, isKept } = await openRecords();
  all.shift();
  await actions.cleanUpSuperseded(done);
  expect(isKept()).toBe(true);
});
