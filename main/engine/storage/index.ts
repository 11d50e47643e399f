export { asidePath } from './damaged-file.ts';
export { createEvents, type Events, toTime } from './events.ts';
export { type Ledger, LedgerError, openLedger } from './ledger.ts';
export { lockFolder } from './lock.ts';
export { eventMethods } from './methods.ts';
export { createResourceNames, type ResourceNames } from './resource-names.ts';
export { type Retention, startRetention } from './retention.ts';
export { createSecretStore, EncryptedText, type SecretStore } from './secrets.ts';
export { createStoredSettings, type StoredSettings } from './settings.ts';
export { repairSettingsFile, type SettingsDamage, withCopies } from './settings-file.ts';
export { createStoredValue } from './stored-value.ts';
export type { DeliveryRow, JobsChange, Row } from './tables/index.ts';
export {
  countUnseen,
  type JobEventRow,
  type JobRow,
  type NotificationRow,
  selectBackups,
  selectBundledEvents,
  selectDurations,
  selectEntries,
  selectEventTimes,
  selectHookHistory,
  selectJob,
  selectJobEvents,
  selectJobs,
  selectJobsAbout,
  selectMonitored,
  selectNextDue,
  selectRecoveries,
  selectThumbnail,
  selectUnannounced,
  selectUnprocessedByJobs,
  selectUnreportedJobs,
  selectUnshown,
} from './tables/index.ts';
