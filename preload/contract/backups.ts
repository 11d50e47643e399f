import { z } from 'zod';
import { limits } from '../limits.ts';
import { Id, Limit, MessageReference, method, nothing, Time } from './common.ts';
import { BackupRequest } from './connections.ts';
import { requirements } from './requirements.ts';

export const Backup = z.object({
  id: Id,
  connection: Id,
  /** The id of an entry in the connector's `backups`. */
  request: z.string(),
  title: z.string(),
  titleMessage: MessageReference.optional(),
  state: z.enum([
    'created',
    'requested',
    'called-back',
    'resolved',
    'downloading',
    'done',
    'failed',
    /** Cancelled by the user, or because its connection was removed. */
    'cancelled',
    'timed-out',
  ]),
  /** Whether the user or the plan started it. */
  by: z.enum(['user', 'plan']),
  createdAt: Time,
  updatedAt: Time,
  /** Absolute path of the first file; for display only, never accepted as input. */
  file: z.string().optional(),
  /** All files, where there are several. */
  files: z.array(z.string()).optional(),
  /** Bytes on disk so far. */
  bytes: z.int().optional(),
  /** The final size, where the server says it. */
  total: z.int().optional(),
  /** Bytes a second, at present. */
  rate: z.int().optional(),
  /** Estimated seconds until the end. */
  remaining: z.int().optional(),
  /** True while the complete file is read back and verified. */
  proving: z.boolean().optional(),
  /** SHA-256 of the first file in hex. */
  sha256: z.string().optional(),
  doneAt: Time.optional(),
  /** The result of the latest verification of the files: unchanged, changed, or missing. */
  verification: z
    .object({
      at: Time,
      state: z.enum(['good', 'altered', 'missing']),
      reason: z.string().optional(),
      reasonMessage: MessageReference.optional(),
    })
    .optional(),
  /** Why its files do not count as verified: what is unusual, or could not be checked. */
  remark: z.string().optional(),
  remarkMessage: MessageReference.optional(),
  /** Path of a damaged file, stored until a newer backup is verified; for display, never accepted as input. */
  damagedFile: z.string().optional(),
  /** The result as JSON, where it is not a file. */
  result: z.string().optional(),
  /** When the plan removed its files. */
  removedAt: Time.optional(),
  /** Why it failed, or what delays it at present. */
  problem: z.string().optional(),
  problemMessage: MessageReference.optional(),
  /** What the user can do about it. */
  advice: z.string().optional(),
  adviceMessage: MessageReference.optional(),
  /** True for a failed one that can be resumed. */
  resumable: z.boolean().optional(),
});

/** One backup, from the request to the verified file. */
export type Backup = z.infer<typeof Backup>;

export type BackupState = Backup['state'];

const Schedule = z
  .strictObject({
    every: z.enum(['day', 'week']),
    /** Local time of this computer, such as "03:12". */
    at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, requirements.timeOfDay),
    /** 0 is Sunday, 6 is Saturday. */
    weekday: z.int().min(0).max(6).optional(),
  })
  .refine(({ every, weekday }) => every === 'day' || weekday !== undefined, requirements.scheduleWeekday);
/** When backups are made automatically. */
export type Schedule = z.infer<typeof Schedule>;

const Count = z.int().min(0).max(limits.keptBackups);

const RetentionPolicy = z
  .strictObject({ last: Count, daily: Count, weekly: Count, monthly: Count })
  .refine((keep) => Object.values(keep).some((count) => count > 0), requirements.retention);
/** How many verified backups are retained: the last ones, and the last one of each of so many days, weeks and months. */
export type RetentionPolicy = z.infer<typeof RetentionPolicy>;

const overdueHours = z.int().min(1).max(limits.overdueHours).nullable();

export const BackupPlan = z.object({
  /** Null for backups on request only. */
  schedule: Schedule.nullable(),
  /** Null where nothing is pruned. */
  keep: RetentionPolicy.nullable(),
  /** Hours without a verified backup after which the user is notified; null for never. */
  overdueHours,
});

export type BackupPlan = z.infer<typeof BackupPlan>;

export const BackupAccount = z.object({
  connection: Id,
  name: z.string(),
  requests: z.array(BackupRequest),
  /** The newest backup whose files were verified and have not been found damaged since. */
  lastProven: z.object({ id: Id, at: Time, bytes: z.int(), file: z.string() }).optional(),
  /** The newest backup that another computer of the team made. */
  lastElsewhere: z
    .object({ computer: z.string(), at: Time, bytes: z.number(), verified: z.boolean(), file: z.string() })
    .optional(),
  /** The newest backup in progress. */
  running: Backup.optional(),
  plan: BackupPlan,
  /** The next time of the schedule. */
  nextAt: Time.optional(),
  /** Why a planned backup that is due has not started, such as no network or a metered connection. */
  waiting: z.string().optional(),
  waitingMessage: MessageReference.optional(),
  /** True where the last verified backup is older than the plan allows. */
  overdue: z.boolean(),
});

/** A connection that can be backed up, with its state. */
export type BackupAccount = z.infer<typeof BackupAccount>;

const BackupFolder = z.object({
  /** The folder of backups, for display. */
  folder: z.string(),
  /** Whether the host can show a folder dialog. */
  choosable: z.boolean(),
});

export type BackupFolder = z.infer<typeof BackupFolder>;

const PrunePreview = z.object({
  keep: z.array(z.object({ id: Id, reasons: z.array(z.string()) })),
  remove: z.array(Id),
});

/** The backups that the plan retains with the reasons, and those that it would remove. */
export type PrunePreview = z.infer<typeof PrunePreview>;

export const backupMethods = {
  /** Starts a backup; returns the one in progress where this account and request have one. */
  'backups.start': method(z.strictObject({ connection: Id, request: z.string().max(100).optional() }), Backup),
  /** Newest first. */
  'backups.list': method(z.strictObject({ connection: Id.optional(), limit: Limit.optional() }), z.array(Backup)),
  /** Resumes a failed backup; downloaded parts are not downloaded again. */
  'backups.resume': method(z.strictObject({ id: Id }), Backup),
  /** Cancels a backup in progress or gives up a failed one; deletes what was downloaded. */
  'backups.cancel': method(z.strictObject({ id: Id }), Backup),
  /** Reads its files again and compares them with their hashes. */
  'backups.verify': method(z.strictObject({ id: Id }), Backup),
  /** Shows its file in the system's file manager; `opened` is false where the host has none or the file no longer exists. */
  'backups.reveal': method(z.strictObject({ id: Id }), z.object({ opened: z.boolean() })),
  'backups.accounts': method(nothing, z.array(BackupAccount)),
  /** Changes the given parts; a new plan also ends reminders about the account until it is overdue again. */
  'backups.plan': method(
    z.strictObject({
      connection: Id,
      schedule: Schedule.nullable().optional(),
      keep: RetentionPolicy.nullable().optional(),
      overdueHours: overdueHours.optional(),
    }),
    BackupAccount,
  ),
  /**
   * A preview of what the plan removes, or with `keep` of what an unsaved one would. `apply` takes `remove` of a preview and
   * removes these files, to the recycle bin where the host has one.
   */
  'backups.tidy': method(
    z
      .strictObject({
        connection: Id,
        keep: RetentionPolicy.nullable().optional(),
        apply: z.array(Id).max(limits.removedBackups).optional(),
      })
      .refine(({ keep, apply }) => keep === undefined || apply === undefined, {
        path: ['keep'],
        message: requirements.prunePreview,
      }),
    PrunePreview,
  ),
  'backups.place': method(nothing, BackupFolder),
  /** Shows a folder dialog on the host; the folder is used for later backups. */
  'backups.choosePlace': method(nothing, BackupFolder),
};
