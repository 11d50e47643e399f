export { selectBackups } from './backups.ts';
export type { DeliveryRow } from './delivery.ts';
export { type DigestKind, selectHeld, selectOldestDaily, waitsForPause, wasSent } from './digests.ts';
export type { EventSearch } from './event-list.ts';
export {
  countAfter,
  selectBodies,
  selectBundledSubjects,
  selectEvent,
  selectEventTimes,
  selectLastRelayed,
  selectLastTime,
  selectLastVerifiedTime,
  selectLatestBody,
  selectOldestId,
  selectOldestUnpublished,
  selectPrunable,
  selectRecovered,
  selectReported,
  selectReports,
  selectUnannounced,
  selectUnprocessedByJobs,
  selectUnpublished,
  selectWholeEvent,
} from './events.ts';
export {
  type ForwardAttemptRow,
  selectForwardAttempts,
  selectForwardingHooks,
  selectForwardsByDue,
  selectNewestEvent,
  selectNextForward,
  selectUnforwarded,
} from './forwards.ts';
export { selectHookHistory } from './hook-history.ts';
export {
  type JobEventRow,
  type JobRow,
  selectDurations,
  selectJob,
  selectJobEvents,
  selectJobs,
  selectJobsAbout,
  selectJobsOfEvent,
  selectThumbnail,
  selectUnexplained,
  selectUnreportedJobs,
} from './jobs.ts';
export {
  nothingToPublish,
  type Published,
  selectJournaled,
  selectNewestTime,
  selectPruneTime,
  selectPublished,
  selectTrustedTime,
  setJournaled,
} from './marks.ts';
export { selectName, selectResource } from './names.ts';
export {
  countUnseen,
  type NotificationRow,
  type NotificationSubject,
  selectBundledEvents,
  selectEntries,
  selectNextDue,
  selectNotification,
  selectUnshown,
} from './notifications.ts';
export { createPrepare, createQuery, type Query, type Row } from './query.ts';
export { countQueues, type QueueLengths } from './queues.ts';
export { type ReadInput, type ReadName, type ReadOutput, reads } from './reads.ts';
export { selectMonitored, selectRecoveries } from './recoveries.ts';
export { type RejectedDeliveryRow, selectRejection, selectRejections } from './rejections.ts';
export { isIndexing, searchTermsOf } from './search/index.ts';
export { countSends, type SendRequest, selectNextSend } from './sends.ts';
export { type JobsChange, type WriteInput, type WriteName, type WriteOutput, writes } from './writes.ts';
