import { z } from 'zod';
import { Backup } from '../../../preload/contract.ts';
import { EncryptedText, toTime } from '../storage/index.ts';

const Moment = z.number();
const storedFile = { path: z.string(), bytes: z.number(), sha256: z.string() };
const BackupFileRecord = z.codec(
  z.object({ ...storedFile, misnomer: z.string().exactOptional() }),
  /** `serverName` is the server's name of it, where its extension did not match the content. */
  z.object({ ...storedFile, serverName: z.string().exactOptional() }),
  {
    decode: ({ misnomer, ...file }) => ({ ...file, ...(misnomer === undefined ? {} : { serverName: misnomer }) }),
    encode: ({ serverName, ...file }) => ({ ...file, ...(serverName === undefined ? {} : { misnomer: serverName }) }),
  },
);
export type BackupFileRecord = z.output<typeof BackupFileRecord>;

/** One backup as it is kept. Times are milliseconds since 1970. */
export const BackupRecord = z.object({
  id: z.string(),
  connection: z.string(),
  request: z.string(),
  title: z.string(),
  by: Backup.shape.by,
  state: Backup.shape.state,
  /** Since when it is in this state. */
  since: Moment,
  createdAt: Moment,
  updatedAt: Moment,
  /** The 128-bit key in its callback address, 32 hex digits. Several ids called back to one address share it. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
  /** The public address that was given out; null while none was. */
  base: z.string().nullable(),
  /** When it was about to be requested: from then on the provider may know the address. */
  postedAt: Moment.nullable(),
  /** Whether the provider said that it accepted. */
  answered: z.boolean(),
  /** Of the id that was called back: a digest to know it again, and itself. */
  print: z.string().nullable(),
  handle: EncryptedText.nullable(),
  /** JSON list of where the files are. */
  urls: EncryptedText.nullable(),
  /** Where its files go; fixed when the download begins, so that it goes on there. */
  folder: z.string().nullable(),
  files: z.array(BackupFileRecord),
  result: z.string().nullable(),
  doneAt: Moment.nullable(),
  /** When it was first seen that `doneAt` lies ahead: a clock was wrong then, or is now. */
  aheadAt: Moment.exactOptional(),
  verification: z
    .object({ at: Moment, state: z.enum(['good', 'altered', 'missing']), reason: z.string().optional() })
    .nullable(),
  removedAt: Moment.nullable(),
  problem: z.string().nullable(),
  advice: z.string().nullable(),
  /** Ended by the user, or with its connection: nothing brings it back. */
  abandoned: z.boolean(),
});
export type BackupRecord = z.infer<typeof BackupRecord>;

/** How far the download is; kept in memory only. */
export interface BackupProgress {
  readonly bytes: number;
  readonly total?: number;
  readonly rate?: number;
  readonly remaining?: number;
  /** All is here and is being read back. */
  readonly verifying?: boolean;
}

export function newRecord(
  start: Pick<BackupRecord, 'id' | 'connection' | 'request' | 'title' | 'by' | 'key'>,
  now: number,
): BackupRecord {
  return {
    ...start,
    state: 'created',
    since: now,
    createdAt: now,
    updatedAt: now,
    base: null,
    postedAt: null,
    answered: false,
    print: null,
    handle: null,
    urls: null,
    folder: null,
    files: [],
    result: null,
    doneAt: null,
    verification: null,
    removedAt: null,
    problem: null,
    advice: null,
    abandoned: false,
  };
}

export function isOver({ state }: BackupRecord): boolean {
  return ['done', 'failed', 'cancelled', 'timed-out'].includes(state);
}

/** Proven, still where it was put as far as is known, and not found bad since. */
export function isVerified({ state, files, removedAt, verification }: BackupRecord): boolean {
  return state === 'done' && files.length > 0 && removedAt === null && (verification?.state ?? 'good') === 'good';
}

/** When it was done as far as can be believed: never later than now, nor than it was first seen to be ahead. */
export function completedBy({ doneAt, updatedAt, aheadAt }: BackupRecord, now: number): number {
  const done = doneAt ?? updatedAt;
  return done <= now ? done : Math.min(aheadAt ?? now, now);
}

/** Whether it failed at a point from which it can go on. */
export function isResumable({ state, handle, urls, abandoned }: BackupRecord): boolean {
  return state === 'failed' && !abandoned && (handle !== null || urls !== null);
}

/** The same, about to go on from where it failed. */
export function resumed(record: BackupRecord, now: number): BackupRecord {
  const state = record.urls === null ? 'called-back' : 'resolved';
  return { ...record, state, since: now, updatedAt: now, result: null, problem: null, advice: null };
}

export function sizeOf({ files }: BackupRecord): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** As the window sees it: nothing of addresses, keys and handles. */
export function toBackup(record: BackupRecord, progress?: BackupProgress): Backup {
  const { id, connection, request, title, by, state, files, verification } = record;
  const [first] = files;
  const finished = state === 'done' && first !== undefined;
  return {
    ...{ id, connection, request, title, by, state },
    createdAt: toTime(record.createdAt),
    updatedAt: toTime(record.updatedAt),
    ...(finished ? { file: first.path, sha256: first.sha256, bytes: sizeOf(record), total: sizeOf(record) } : {}),
    ...(finished && files.length > 1 ? { files: files.map(({ path }) => path) } : {}),
    ...(state === 'downloading' && progress ? shownProgress(progress) : {}),
    ...given('result', record.result),
    ...(record.doneAt === null ? {} : { doneAt: toTime(record.doneAt) }),
    ...(verification === null ? {} : { verification: { ...verification, at: toTime(verification.at) } }),
    ...(record.removedAt === null ? {} : { removedAt: toTime(record.removedAt) }),
    ...given('problem', record.problem),
    ...given('advice', record.advice),
    ...(isResumable(record) ? { resumable: true } : {}),
  };
}

function shownProgress({ verifying, ...transferred }: BackupProgress): Partial<Backup> {
  return { ...transferred, ...(verifying ? { proving: true } : {}) };
}

function given<K extends string>(name: K, value: string | null): { readonly [P in K]?: string } {
  return value === null ? {} : ({ [name]: value } as { [P in K]: string });
}

/** The id under which one of its files is fetched, and by which its manifest knows it. */
export function fileId(id: string, index: number): string {
  return index === 0 ? id : `${id}-${index + 1}`;
}
