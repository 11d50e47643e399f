import { basename } from 'node:path';
import type { TunnelStatus } from '../../../preload/contract.ts';
import { backupMessages } from '../messages/index.ts';
import type { NotificationRow } from '../storage/index.ts';
import { type BackupRecord, sizeOf } from './record.ts';

/** What the user is told of a backup: its end, good or bad, and its absence. Nothing in between. */

export function finishedNotice(record: BackupRecord, account: string, at: number): NotificationRow {
  const { id, files, result } = record;
  const [first] = files;
  if (first === undefined) {
    const body = result === null ? '' : 'The result is no file. Open it in Ringback.';
    return { event: null, at, title: `${record.title} finished`, body, backup: id, page: 'backups' };
  }
  const others = files.length > 1 ? ` and ${files.length - 1} more` : '';
  const title = backupMessages.verifiedTitle({ account, bytes: sizeOf(record) }).text;
  const told = [`${basename(first.path)}${others}, proven good.`, ...files.flatMap(extensionMismatchText)];
  return { event: null, at, title, body: told.join(' '), backup: id };
}

function extensionMismatchText({ path, serverName }: BackupRecord['files'][number]): string[] {
  return serverName === undefined
    ? []
    : [`Its server calls it ${serverName}; it is named ${basename(path)} for what it is.`];
}

export function failedNotice(record: BackupRecord, account: string, at: number): NotificationRow {
  const { id, state, problem, advice } = record;
  const title = state === 'timed-out' ? `No callback for the backup: ${account}` : `Backup failed: ${account}`;
  const body = [problem, advice].filter((text) => text !== null).join(' ');
  return { event: null, at, title, body, backup: id, page: 'backups' };
}

export function notStartedNotice(account: string, problem: string, at: number): NotificationRow {
  const body = `The planned backup could not begin: ${problem} Back it up now under Backups; the plan goes on with its next time.`;
  return { event: null, at, title: `Backup failed: ${account}`, body, page: 'backups' };
}

export function damagedNotice(record: BackupRecord, account: string, at: number): NotificationRow {
  const { id, verification } = record;
  const title = `Backup ${verification?.state === 'missing' ? 'missing' : 'damaged'}: ${account}`;
  const body = `${verification?.reason ?? ''} Make a new backup now.`.trim();
  return { event: null, at, title, body, backup: id, page: 'backups', urgent: true };
}

export function overdueNotice(account: string, hours: number, at: number): NotificationRow {
  const body = 'Back it up now, or look under Backups for what is in the way. The plan there also ends this reminder.';
  const title = `No good backup from ${account} for ${span(hours)}`;
  return { event: null, at, title, body, page: 'backups', urgent: true };
}

function span(hours: number): string {
  if (hours < 72) return hours === 1 ? 'an hour' : `${hours} h`;
  return `${Math.floor(hours / 24)} days`;
}

/** Why the callback may not come, as soon as it can be told; null while there is nothing to say. */
export function movedAdvice({ base }: BackupRecord, tunnel: TunnelStatus): string | null {
  if (base === null || tunnel.url === undefined || tunnel.url === base || tunnel.state !== 'up') return null;
  return `The public address was ${hostOf(base)} when it was requested and is ${hostOf(tunnel.url)} now, so the callback cannot arrive. Request it again.`;
}

export function timeoutAdvice(record: BackupRecord, tunnel: TunnelStatus): string {
  const moved = movedAdvice(record, tunnel);
  if (moved !== null) return moved;
  const causes = [
    tunnel.state === 'up' ? undefined : 'the public address was not reachable',
    tunnel.provider === 'localtunnel'
      ? 'the tunnel showed its reminder page to the provider instead of passing the call on'
      : 'something before this computer, such as a proxy or a warning page of the tunnel, kept the call',
    'the provider is busy or gave up',
  ].filter((cause) => cause !== undefined);
  return `Likely causes: ${causes.join('; ')}. Check the tunnel in the settings, then request it again.`;
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
