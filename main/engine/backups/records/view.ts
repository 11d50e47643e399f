import type { Backup, Change, MessageReference } from '../../../../preload/contract/index.ts';
import { referenceOf } from '../../messages/index.ts';
import { toTime } from '../../storage/index.ts';
import { type BackupRecord, isResumable, remarksOf, sizeOf } from './record.ts';

/** How far a download is; in memory only. */
export interface BackupProgress {
  readonly bytes: number;
  readonly total?: number;
  readonly rate?: number;
  readonly remaining?: number;
  /** All data is received and is being read back. */
  readonly verifying?: boolean;
}

/** A backup as the window shows it: without URLs, keys and handles. */
function toBackup(record: BackupRecord, progress?: BackupProgress): Backup {
  const { id, connection, request, title, titleMessage, by, state, verification } = record;
  return {
    ...{ id, connection, request, title, by, state },
    ...(titleMessage ? { titleMessage } : {}),
    createdAt: toTime(record.createdAt),
    updatedAt: toTime(record.updatedAt),
    ...filesOf(record),
    ...(state === 'downloading' && progress ? progressOf(progress) : {}),
    ...remarkOf(record),
    ...present('damagedFile', record.damagedFile),
    ...present('result', record.result),
    ...(record.doneAt === null ? {} : { doneAt: toTime(record.doneAt) }),
    ...(verification === null ? {} : { verification: { ...verification, at: toTime(verification.at) } }),
    ...(record.removedAt === null ? {} : { removedAt: toTime(record.removedAt) }),
    ...present('problem', record.problem),
    ...present('problemMessage', record.problemMessage),
    ...present('advice', record.advice),
    ...present('adviceMessage', record.adviceMessage),
    ...(isResumable(record) ? { resumable: true } : {}),
  };
}

function filesOf(record: BackupRecord): Partial<Backup> {
  const { state, files } = record;
  const [first] = files;
  if (state !== 'done' || first === undefined) return {};
  const bytes = sizeOf(record);
  const paths = files.length > 1 ? { files: files.map(({ path }) => path) } : {};
  return { file: first.path, sha256: first.sha256, bytes, total: bytes, ...paths };
}

/** Several remarks have no code of their own. */
function remarkOf(record: BackupRecord): Partial<Backup> {
  const remarks = remarksOf(record);
  const [only, ...others] = remarks;
  if (record.state !== 'done' || !only) return {};
  const remarkMessage = others.length === 0 ? { remarkMessage: referenceOf(only) } : {};
  return { remark: remarks.map(({ text }) => text).join(' '), ...remarkMessage };
}

function progressOf({ verifying, rate, remaining, ...received }: BackupProgress): Partial<Backup> {
  return {
    ...received,
    ...(rate === undefined ? {} : { rate: Math.round(rate) }),
    ...(remaining === undefined ? {} : { remaining: Math.ceil(remaining) }),
    ...(verifying ? { proving: true } : {}),
  };
}

function present<K extends string, V extends string | MessageReference>(
  name: K,
  value: V | null | undefined,
): { readonly [P in K]?: V } {
  return value === null || value === undefined ? {} : ({ [name]: value } as { [P in K]: V });
}

interface BackupViewsOptions {
  /** The record as it is to be shown now. */
  shown(record: BackupRecord): BackupRecord;
  publish(change: Change): void;
}

/** Shows backups with the progress of their downloads. */
export interface BackupViews {
  show(record: BackupRecord): Backup;
  publish(record: BackupRecord): void;
  setProgress(record: BackupRecord, progress: BackupProgress): void;
  clearProgress(id: string): void;
}

export function createBackupViews({ shown, publish }: BackupViewsOptions): BackupViews {
  const progress = new Map<string, BackupProgress>();
  const views: BackupViews = {
    show: (record) => toBackup(shown(record), progress.get(record.id)),
    publish: (record) => publish({ type: 'backup', backup: views.show(record) }),
    setProgress(record, latest) {
      progress.set(record.id, latest);
      views.publish(record);
    },
    clearProgress: (id) => void progress.delete(id),
  };
  return views;
}
