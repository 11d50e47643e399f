import { expect, test } from 'vitest';
import {
  damagedNotification,
  failedNotification,
  finishedNotification,
} from '../../../main/engine/backups/notifications.ts';
import {
  adviceFields,
  type BackupRecord,
  newRecord,
  problemFields,
} from '../../../main/engine/backups/records/record.ts';
import {
  backupMessages,
  downloadMessages,
  type Message,
  referenceOf,
  translateMessage,
} from '../../../main/engine/messages/index.ts';
import type { NotificationRow } from '../../../main/engine/storage/index.ts';

function recordOf(changes: Partial<BackupRecord>): BackupRecord {
  const draft = { id: 'one', connection: 'c', request: 'owner', title: 'Backup of Garage', by: 'user' } as const;
  return { ...newRecord({ ...draft, key: '0'.repeat(32) }, 0), ...changes };
}

const german = ({ body, bodyMessage }: Pick<NotificationRow, 'body' | 'bodyMessage'>): string =>
  translateMessage('de', bodyMessage ?? undefined, `English: ${body}`);
const inGerman = (...messages: readonly Message[]): string =>
  messages.map((message) => translateMessage('de', referenceOf(message), 'missing')).join(' ');
const inEnglish = (...messages: readonly Message[]): string => messages.map(({ text }) => text).join(' ');

const remarks = [
  downloadMessages.withoutChecksums({ container: 'zstd' }),
  downloadMessages.streamPadding({ container: 'zstd', bytes: 9 }),
];

test('a finished backup with several remarks says all of them in the language of the user', () => {
  const file = { path: '/backups/owner.zst', bytes: 7, sha256: '0', remarks };
  const row = finishedNotification(recordOf({ state: 'done', files: [file] }), 'Garage', 0);
  const said = [backupMessages.remarkedFile({ file: 'owner.zst' }), ...remarks];
  expect([row.body, german(row)]).toEqual([inEnglish(...said), inGerman(...said)]);
});

test('so does a failed one with its problem and the advice, also where the problem has another sentence behind it', () => {
  const problem = downloadMessages.endedEarly();
  const advice = backupMessages.resumeDownload();
  const failed = recordOf({ state: 'failed', ...problemFields(problem), ...adviceFields(advice) });
  const row = failedNotification(failed, 'Garage', 0);
  expect([row.body, german(row)]).toEqual([inEnglish(problem, advice), inGerman(problem, advice)]);
  const earlier = failedNotification(recordOf({ state: 'failed', problem: 'It failed.' }), 'Garage', 0);
  expect([earlier.body, german(earlier)]).toEqual(['It failed.', 'It failed.']);
});

test('and one that was found damaged', () => {
  const reason = downloadMessages.fileUnreadable();
  const verification = { at: 0, state: 'altered', reason: reason.text, reasonMessage: referenceOf(reason) } as const;
  const row = damagedNotification(recordOf({ state: 'done', verification }), 'Garage', 0);
  const said = [reason, backupMessages.makeAnother()];
  expect([row.body, german(row)]).toEqual([inEnglish(...said), inGerman(...said)]);
});
