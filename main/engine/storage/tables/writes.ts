import { type BackupRow, putBackup } from './backups.ts';
import type { DeliveryRow } from './delivery.ts';
import { expectRetry } from './delivery-match.ts';
import { deleteNotifications, holdNotifications, insertDigest } from './digests.ts';
import { muteEvents, muteEventsByRule, pruneEvents, putDelivery } from './events.ts';
import { deleteForwards, insertForwardAttempt, queueForwards } from './forwards.ts';
import { insertHookHistory } from './hook-history.ts';
import { deleteJobs, insertJobEvent, type JobEventRow, type JobRow, putJob, setJobText, setThumbnail } from './jobs.ts';
import { setMark, setPruneTime, setPublished, setTrustedTime } from './marks.ts';
import { putResourceNames } from './names.ts';
import { insertNotification, markSeen, markShown, type NotificationRow } from './notifications.ts';
import type { Prepare } from './query.ts';
import { deleteMonitored, insertRecovery, type RecoveryRow, setMonitored } from './recoveries.ts';
import { deleteRejectedDeliveries, insertRejection } from './rejections.ts';
import { indexEvents } from './search/index.ts';
import { deleteInterruptedSends, deleteSends, markSending, markSent } from './sends.ts';

export interface JobsChange {
  readonly rows: readonly JobRow[];
  readonly notices?: readonly NotificationRow[];
  /** The rows include what the events up to this one say. */
  readonly upTo?: number;
  /** Events that a job stands for, so that they get no notification of their own. */
  readonly silenced?: readonly number[];
  readonly jobEvents?: readonly JobEventRow[];
}

/** All changes of the ledger, by name, run in the writer's transaction. Inputs and results cross threads as data. */
export const writes = {
  delivery: putDelivery,
  lateDelivery: expectRetry,
  rejection: insertRejection,
  rejectedDropped: deleteRejectedDeliveries,

  /** Queues what is to be shown; with `upTo`, for the events up to that id, which are processed from then on. */
  announce(prepare: Prepare, input: { upTo?: number; notices: readonly NotificationRow[] }): void {
    if (input.upTo !== undefined) setMark(prepare, 'announced', input.upTo);
    for (const notice of input.notices) insertNotification(prepare, notice);
  },

  shown: markShown,
  noticesSeen: markSeen,
  noticesHeld: holdNotifications,
  noticesDropped: deleteNotifications,
  digest: insertDigest,
  eventsMuted: muteEventsByRule,
  sendStarted: markSending,
  sendEnded: markSent,
  sendsInterrupted: deleteInterruptedSends,
  sendsDropped: deleteSends,

  /** Stores a backup's new state together with what came with it: the callback, and the notification of its end. */
  backup(
    prepare: Prepare,
    input: { row: BackupRow; delivery?: DeliveryRow | undefined; notice?: NotificationRow | undefined },
  ): { readonly event?: number } {
    putBackup(prepare, input.row);
    if (input.notice) insertNotification(prepare, input.notice);
    return input.delivery ? { event: putDelivery(prepare, input.delivery).event } : {};
  },

  /** Stores what a search for missed events found, and from when on the hooks are monitored again. */
  recovered(
    prepare: Prepare,
    input: {
      recovery?: (RecoveryRow & { upTo: number }) | undefined;
      notice?: NotificationRow | undefined;
      attended: { at: number; hooks: readonly string[] };
    },
  ): void {
    const { recovery, notice, attended } = input;
    if (recovery) {
      insertRecovery(prepare, recovery);
      setMark(prepare, 'recounted', recovery.upTo);
    }
    if (notice) insertNotification(prepare, notice);
    setMonitored(prepare, attended.hooks, attended.at);
  },

  /** These hooks are no longer monitored: until they are again, what happens at them does not count as missed. */
  unattended: deleteMonitored,

  hookHistory: insertHookHistory,
  forwardsQueued: queueForwards,
  forwardAttempt: insertForwardAttempt,
  forwardsDropped: deleteForwards,

  jobs(prepare: Prepare, input: JobsChange): void {
    for (const row of input.rows) putJob(prepare, row);
    for (const row of input.jobEvents ?? []) insertJobEvent(prepare, row);
    muteEvents(prepare, input.silenced ?? []);
    if (input.upTo !== undefined) setMark(prepare, 'followed', input.upTo);
    for (const notice of input.notices ?? []) insertNotification(prepare, notice);
  },

  jobText: setJobText,
  published: setPublished,
  trustedTime: setTrustedTime,
  pruneTime: setPruneTime,

  jobThumbnail(prepare: Prepare, { job, image }: { job: string; image: Uint8Array }): void {
    setThumbnail(prepare, job, image);
  },

  jobsForgotten: deleteJobs,
  places: putResourceNames,
  prune: pruneEvents,
  index: indexEvents,
} as const;

type Writes = typeof writes;
export type WriteName = keyof Writes;
export type WriteInput<N extends WriteName> = Parameters<Writes[N]>[1];
export type WriteOutput<N extends WriteName> = ReturnType<Writes[N]>;
