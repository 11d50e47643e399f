export { asidePath } from './damaged-file.ts';
export { prepareDataFolder } from './data-folder.ts';
export { readEventMessages, storeEventMessages, storeMessage } from './event-messages.ts';
export { createEvents, type Events, type StoredRejection, toContent, toTime } from './events.ts';
export { type Installation, openInstallation, type Stamp } from './installation.ts';
export type { Delivered } from './journal/index.ts';
export { type Ledger, openLedger } from './ledger.ts';
export { LedgerError } from './ledger-error.ts';
export { lockFolder } from './lock.ts';
export { eventMethods } from './methods.ts';
export { decompress, toUtf8 } from './readable-body.ts';
export { createResourceNames, type ResourceNames } from './resource-names.ts';
export { type Retention, startRetention } from './retention.ts';
export { type SearchIndex, startSearchIndex } from './search-index.ts';
export { createSecretStore, EncryptedText, type SecretStore } from './secrets.ts';
export { createStoredSettings, type StoredSettings } from './settings.ts';
export { repairSettingsFile, type SettingsDamage, withCopies } from './settings-file/index.ts';
export { createStoredValue } from './stored-value.ts';
export type { DeliveryRow, JobsChange, RejectedDeliveryRow, Row } from './tables/index.ts';
export {
  countAfter,
  countQueues,
  countSends,
  countUnseen,
  type DigestKind,
  type JobEventRow,
  type JobRow,
  type NotificationRow,
  type NotificationSubject,
  nothingToPublish,
  type Published,
  type SendRequest,
  selectBackups,
  selectBundledEvents,
  selectBundledSubjects,
  selectDurations,
  selectEntries,
  selectEvent,
  selectEventTimes,
  selectForwardAttempts,
  selectForwardingHooks,
  selectForwardsByDue,
  selectHeld,
  selectHookHistory,
  selectJob,
  selectJobEvents,
  selectJobs,
  selectJobsAbout,
  selectJobsOfEvent,
  selectLastRelayed,
  selectLastVerifiedTime,
  selectMonitored,
  selectName,
  selectNewestEvent,
  selectNextDue,
  selectNextForward,
  selectNextSend,
  selectNotification,
  selectOldestDaily,
  selectOldestId,
  selectPublished,
  selectRecoveries,
  selectReported,
  selectReports,
  selectThumbnail,
  selectUnannounced,
  selectUnexplained,
  selectUnforwarded,
  selectUnprocessedByJobs,
  selectUnpublished,
  selectUnreportedJobs,
  selectUnshown,
  selectWholeEvent,
  waitsForPause,
  wasSent,
} from './tables/index.ts';
