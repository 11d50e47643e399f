import { basename } from 'node:path';
import type { MessageReference, Outcome, Problem } from '../../../preload/contract/index.ts';
import {
  backupMessages,
  causeMessage,
  followedBy,
  type Message,
  referenceOf,
  storedMessage,
  withCause,
} from '../messages/index.ts';
import type { NotificationRow } from '../storage/index.ts';
import { type BackupRecord, remarksOf, sizeOf } from './records/index.ts';

/** The notifications about backups: their results and their absence. */

export function finishedNotification(record: BackupRecord, account: string, at: number): NotificationRow {
  const { id: backup, files, result, titleMessage } = record;
  const title = storedMessage(record.title, titleMessage);
  const about = subject(record.connection, 'success');
  const [first] = files;
  if (first === undefined) {
    const body = result === null ? [] : [backupMessages.dataBody()];
    return { event: null, at, ...texts(backupMessages.dataTitle({ title }), body), ...about, backup, page: 'backups' };
  }
  const file = basename(first.path);
  const remarks = remarksOf(record);
  const { verifiedFile, verifiedFiles, remarkedFile, remarkedFiles } = backupMessages;
  const [one, several] = remarks.length === 0 ? [verifiedFile, verifiedFiles] : [remarkedFile, remarkedFiles];
  const verified = files.length === 1 ? one({ file }) : several({ file, others: files.length - 1 });
  const heading = backupMessages.verifiedTitle({ account, bytes: sizeOf(record) });
  return { event: null, at, ...texts(heading, [verified, ...remarks, ...files.flatMap(renamed)]), ...about, backup };
}

function renamed({ path, serverName }: BackupRecord['files'][number]): Message[] {
  return serverName === undefined ? [] : [backupMessages.renamed({ file: basename(path), serverName })];
}

export function failedNotification(record: BackupRecord, account: string, at: number): NotificationRow {
  const { id: backup, state, problem, problemMessage, advice, adviceMessage } = record;
  const { timedOutTitle, failedTitle } = backupMessages;
  const title = state === 'timed-out' ? timedOutTitle({ account }) : failedTitle({ account });
  const body = [...stored(problem, problemMessage), ...stored(advice, adviceMessage)];
  const about = subject(record.connection, 'failed');
  return { event: null, at, ...texts(title, body), ...about, backup, page: 'backups' };
}

export function notStartedNotification(account: NamedAccount, problem: Problem, at: number): NotificationRow {
  const body = withCause(backupMessages.notStarted(), problem);
  const title = backupMessages.failedTitle({ account: account.name });
  return { event: null, at, ...texts(title, [body]), ...subject(account.connection, 'failed'), page: 'backups' };
}

export function damagedNotification(record: BackupRecord, account: string, at: number): NotificationRow {
  const { id: backup, verification } = record;
  const { missingTitle, damagedTitle, makeAnother } = backupMessages;
  const title = verification?.state === 'missing' ? missingTitle({ account }) : damagedTitle({ account });
  const body = [...stored(verification?.reason, verification?.reasonMessage), makeAnother()];
  const about = subject(record.connection, 'failed');
  return { event: null, at, ...texts(title, body), ...about, backup, page: 'backups', urgent: true };
}

export function overdueNotification(account: NamedAccount, hours: number, at: number): NotificationRow {
  const title = backupMessages.overdueTitle({ account: account.name, hours });
  const about = subject(account.connection, 'failed');
  return { event: null, at, ...texts(title, [backupMessages.overdueBody()]), ...about, page: 'backups', urgent: true };
}

interface NamedAccount {
  readonly connection: string;
  readonly name: string;
}

function subject(connection: string, outcome: Outcome): Pick<NotificationRow, 'about'> {
  return { about: { connection, event: 'ringback.backup', outcome } };
}

/** A text of the record as a message; none where there is no text. */
function stored(text: string | null | undefined, reason: MessageReference | null | undefined): Message[] {
  return text === null || text === undefined ? [] : [causeMessage({ message: text, reason })];
}

function texts(title: Message, [first, ...others]: readonly Message[]) {
  const body = first && others.reduce(followedBy, first);
  return {
    ...{ title: title.text, titleMessage: referenceOf(title), body: body?.text ?? '' },
    ...(body ? { bodyMessage: referenceOf(body) } : {}),
  };
}
