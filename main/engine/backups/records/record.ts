import { z } from 'zod';
import { Backup, MessageReference, type Problem } from '../../../../preload/contract/index.ts';
import { type Message, referenceOf } from '../../messages/index.ts';
import { EncryptedText } from '../../storage/index.ts';

const Instant = z.number();
/** What is odd about a file or could not be checked. */
const Remark = MessageReference.extend({ text: z.string() });
const storedFile = {
  path: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  remarks: z.array(Remark).exactOptional(),
};
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

/** One backup as it is stored. Times are milliseconds since 1970. */
export const BackupRecord = z.object({
  id: z.string(),
  connection: z.string(),
  request: z.string(),
  title: z.string(),
  /** Absent in records of earlier versions. */
  titleMessage: MessageReference.exactOptional(),
  by: Backup.shape.by,
  state: Backup.shape.state,
  /** Since when it is in this state. */
  since: Instant,
  createdAt: Instant,
  updatedAt: Instant,
  /** The 128-bit key in its callback URL, 32 hex digits. Several ids called back to one URL share it. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
  /** The public URL that was given to the provider; null before that. */
  base: z.string().nullable(),
  /** When the request was about to be sent: from then on the provider may know the callback URL. */
  postedAt: Instant.nullable(),
  /** Whether the provider confirmed the request. */
  answered: z.boolean(),
  /** Digest of the `handle` that was called back, by which a repetition is recognized; a stored name. */
  print: z.string().nullable(),
  /** The provider does not know the id: another may take its place. */
  unknownId: z.boolean().exactOptional(),
  /** It was not requested: its id came to the callback URL of another backup. */
  further: z.boolean().exactOptional(),
  /** When ids that the provider had not confirmed were accepted at its callback URL, the latest ones. */
  lookUps: z.array(Instant).exactOptional(),
  /** The id itself. */
  handle: EncryptedText.nullable(),
  /** JSON list of the download addresses. */
  urls: EncryptedText.nullable(),
  /** The folder of its files; fixed when the download starts, so that it is resumed there. */
  folder: z.string().nullable(),
  files: z.array(BackupFileRecord),
  /** Where a damaged file is stored, until a newer backup is verified. */
  damagedFile: z.string().nullable().exactOptional(),
  /** The step that has started and not returned, what was received before it, and how often it started so. */
  unfinished: z.object({ state: z.string(), bytes: z.number(), count: z.int() }).nullable().exactOptional(),
  result: z.string().nullable(),
  doneAt: Instant.nullable(),
  /** When `doneAt` was first found to lie in the future: a clock was wrong then, or is now. */
  aheadAt: Instant.exactOptional(),
  verification: z
    .object({
      at: Instant,
      state: z.enum(['good', 'altered', 'missing']),
      reason: z.string().optional(),
      reasonMessage: MessageReference.optional(),
    })
    .nullable(),
  removedAt: Instant.nullable(),
  problem: z.string().nullable(),
  problemMessage: MessageReference.nullable().exactOptional(),
  advice: z.string().nullable(),
  adviceMessage: MessageReference.nullable().exactOptional(),
  /** The claim under which it is made, where several computers could make it, and whether the others know how it ended. */
  lease: z.object({ token: z.int(), reported: z.boolean() }).exactOptional(),
  /** Ended by the user, or with its connection: it never continues. */
  abandoned: z.boolean(),
});
export type BackupRecord = z.infer<typeof BackupRecord>;

export function newRecord(
  start: Pick<BackupRecord, 'id' | 'connection' | 'request' | 'title' | 'titleMessage' | 'by' | 'key' | 'lease'>,
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

export const withoutProblem = { problem: null, problemMessage: null } as const;
export const withoutUnfinished = { unfinished: null } as const;
export const withoutAdvice = { advice: null, adviceMessage: null } as const;

export function withProblem({
  message,
  reason = null,
}: Pick<Problem, 'message'> & { readonly reason?: MessageReference | null | undefined }) {
  return { problem: message, problemMessage: reason };
}

/** The fields of a message that states the problem. */
export function problemFields(message: Message) {
  return withProblem({ message: message.text, reason: referenceOf(message) });
}

export function adviceFields(advice: Message | null) {
  return advice === null ? withoutAdvice : { advice: advice.text, adviceMessage: referenceOf(advice) };
}

export function isOver({ state }: BackupRecord): boolean {
  return ['done', 'failed', 'cancelled', 'timed-out'].includes(state);
}

/** Its files were verified completely, have not been removed, and were not found altered or missing since. */
export function isVerified(record: BackupRecord): boolean {
  return hasFiles(record) && (record.verification?.state ?? 'good') === 'good' && remarksOf(record).length === 0;
}

/** What is odd about its files or could not be checked. */
export function remarksOf({ files }: BackupRecord): readonly Message[] {
  return files.flatMap(({ remarks = [] }) => remarks);
}

/** It is done, and its files have not been removed. */
export function hasFiles({ state, files, removedAt }: BackupRecord): boolean {
  return state === 'done' && files.length > 0 && removedAt === null;
}

/** When it was done as far as is plausible: never later than now, nor than it was first found to lie in the future. */
export function completedBy({ doneAt, updatedAt, aheadAt }: BackupRecord, now: number): number {
  const done = doneAt ?? updatedAt;
  return done <= now ? done : Math.min(aheadAt ?? now, now);
}

/** Whether it failed at a point from which it can continue. */
export function isResumable({ state, handle, urls, abandoned }: BackupRecord): boolean {
  return state === 'failed' && !abandoned && (handle !== null || urls !== null);
}

/** Whether the provider has returned a result for the id that was called back. */
export function isConfirmed({ print, urls, result, doneAt }: BackupRecord): boolean {
  return print !== null && (urls !== null || result !== null || doneAt !== null);
}

/** The same, about to continue from where it failed. */
export function resumed(record: BackupRecord, now: number): BackupRecord {
  const state = record.urls === null ? 'called-back' : 'resolved';
  const changes = { state, since: now, updatedAt: now, result: null, unknownId: false } as const;
  // What the user asks for needs no agreement with other computers.
  const { lease: _, ...own } = record;
  return { ...own, ...changes, ...withoutProblem, ...withoutAdvice, ...withoutUnfinished };
}

export function sizeOf({ files }: BackupRecord): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The id under which one of its files is downloaded, and by which its manifest identifies it. */
export function fileId(id: string, index: number): string {
  return index === 0 ? id : `${id}-${index + 1}`;
}
