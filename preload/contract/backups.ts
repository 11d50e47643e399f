import { z } from 'zod';
import { Id, Limit, MessageReference, method, nothing, Time } from './common.ts';
import { BackupRequest } from './connections.ts';

export const Backup = z.object({
  id: Id,
  connection: Id,
  /** What was requested: an id of the connector's `backups`. */
  request: z.string(),
  title: z.string(),
  state: z.enum([
    'created',
    'requested',
    'called-back',
    'resolved',
    'downloading',
    'done',
    'failed',
    /** Ended by the user, or with its connection. */
    'cancelled',
    'timed-out',
  ]),
  /** Who asked for it. */
  by: z.enum(['user', 'plan']),
  createdAt: Time,
  updatedAt: Time,
  /** The first file, absolute; shown, never handed back. */
  file: z.string().optional(),
  /** Every file, where there are several. */
  files: z.array(z.string()).optional(),
  /** So much is on disk. */
  bytes: z.int().optional(),
  /** The size in the end, where the server tells. */
  total: z.int().optional(),
  /** Bytes a second, at present. */
  rate: z.int().optional(),
  /** Seconds left, as far as can be told. */
  remaining: z.int().optional(),
  /** True while all is here and is being read back. */
  proving: z.boolean().optional(),
  /** Of the first file, hex. */
  sha256: z.string().optional(),
  doneAt: Time.optional(),
  /** What the latest reading of the files found: as they were verified, changed since, or not there. */
  verification: z
    .object({
      at: Time,
      state: z.enum(['good', 'altered', 'missing']),
      reason: z.string().optional(),
      reasonMessage: MessageReference.optional(),
    })
    .optional(),
  /** Why its files count as not fully verified: what is odd about them, or could not be checked. */
  remark: z.string().optional(),
  remarkMessage: MessageReference.optional(),
  /** Where a damaged file is stored, until a newer backup is verified; shown, never handed back. */
  damagedFile: z.string().optional(),
  /** JSON text of a result that is no file. */
  result: z.string().optional(),
  /** When its files were moved away to keep within the plan. */
  removedAt: Time.optional(),
  /** Why it failed, or what is in the way at present. */
  problem: z.string().optional(),
  problemMessage: MessageReference.optional(),
  /** What to do about it. */
  advice: z.string().optional(),
  adviceMessage: MessageReference.optional(),
  /** True for a failed one that can go on from where it failed. */
  resumable: z.boolean().optional(),
});

/** One backup, from the wish to the verified file. */
export type Backup = z.infer<typeof Backup>;

export type BackupState = Backup['state'];

const Schedule = z
  .strictObject({
    every: z.enum(['day', 'week']),
    /** Local time of this computer, "03:12". */
    at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 03:12'),
    /** 0 is Sunday, 6 is Saturday. */
    weekday: z.int().min(0).max(6).optional(),
  })
  .refine(({ every, weekday }) => every === 'day' || weekday !== undefined, 'a weekly schedule needs a weekday');
/** When backups are made without being asked for. */
export type Schedule = z.infer<typeof Schedule>;

const Count = z.int().min(0).max(1000);

const RetentionPolicy = z
  .strictObject({ last: Count, daily: Count, weekly: Count, monthly: Count })
  .refine((keep) => Object.values(keep).some((count) => count > 0), 'at least one backup must be kept');
/** How many verified backups stay: the last ones, and the last one of so many days, weeks and months. */
export type RetentionPolicy = z.infer<typeof RetentionPolicy>;

const overdueHours = z.int().min(1).max(8760).nullable();

export const BackupPlan = z.object({
  /** Null where backups are made only when asked for. */
  schedule: Schedule.nullable(),
  /** Null where nothing is ever pruned. */
  keep: RetentionPolicy.nullable(),
  /** The user is told when there was no good backup for so long; null where not. */
  overdueHours,
});

export type BackupPlan = z.infer<typeof BackupPlan>;

export const BackupAccount = z.object({
  connection: Id,
  name: z.string(),
  requests: z.array(BackupRequest),
  /** The newest backup whose files are verified and not known to be bad since. */
  lastProven: z.object({ id: Id, at: Time, bytes: z.int(), file: z.string() }).optional(),
  /** The newest one that another computer of the team made. */
  lastElsewhere: z
    .object({ computer: z.string(), at: Time, bytes: z.number(), verified: z.boolean(), file: z.string() })
    .optional(),
  /** The newest one that is not finished. */
  running: Backup.optional(),
  plan: BackupPlan,
  /** When the schedule comes next. */
  nextAt: Time.optional(),
  /** Why a planned backup that is due has not started: no network, a metered connection. */
  waiting: z.string().optional(),
  waitingMessage: MessageReference.optional(),
  /** True while there was no good backup for longer than the plan allows. */
  overdue: z.boolean(),
});

/** One connection that can be backed up, and how it stands. */
export type BackupAccount = z.infer<typeof BackupAccount>;

const BackupFolder = z.object({
  /** Where backups are put, for the user to read. */
  folder: z.string(),
  /** Whether the host can ask the user for another. */
  choosable: z.boolean(),
});

export type BackupFolder = z.infer<typeof BackupFolder>;

const PrunePreview = z.object({
  keep: z.array(z.object({ id: Id, reasons: z.array(z.string()) })),
  remove: z.array(Id),
});

/** What the plan keeps, and why; and what it would remove. */
export type PrunePreview = z.infer<typeof PrunePreview>;

export const backupMethods = {
  /** Joins the one that is open already for this account and request. */
  'backups.start': method(z.strictObject({ connection: Id, request: z.string().max(100).optional() }), Backup),
  /** Newest first. */
  'backups.list': method(z.strictObject({ connection: Id.optional(), limit: Limit.optional() }), z.array(Backup)),
  /** Goes on with a failed one from where it failed; what it fetched is not fetched again. */
  'backups.resume': method(z.strictObject({ id: Id }), Backup),
  /** Ends one that is not finished, and gives up a failed one that could go on; what it fetched so far is deleted. */
  'backups.cancel': method(z.strictObject({ id: Id }), Backup),
  /** Reads its files again and compares them with what was verified. */
  'backups.verify': method(z.strictObject({ id: Id }), Backup),
  /** Shows its file in the system's file manager; `opened` is false where the host has none or the file is gone. */
  'backups.reveal': method(z.strictObject({ id: Id }), z.object({ opened: z.boolean() })),
  'backups.accounts': method(nothing, z.array(BackupAccount)),
  /** Changes the parts given; a new plan also ends reminders about the account until it is overdue again. */
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
   * A preview of the plan, or with `keep` of one that is not saved yet. With `apply`, which needs the `remove` of the plan's
   * own preview, those files are moved to the recycle bin where the host has one.
   */
  'backups.tidy': method(
    z
      .strictObject({ connection: Id, keep: RetentionPolicy.nullable().optional(), apply: z.array(Id).optional() })
      .refine(({ keep, apply }) => keep === undefined || apply === undefined, 'only a saved plan can be applied'),
    PrunePreview,
  ),
  'backups.place': method(nothing, BackupFolder),
  /** Asks the user for a folder through the host; later backups go there. */
  'backups.choosePlace': method(nothing, BackupFolder),
};
