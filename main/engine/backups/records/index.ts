export { type Account, type Accounts, createAccounts } from './accounts.ts';
export { type BackupPlans, createBackupPlans, type PlanChange } from './plans.ts';
export {
  adviceFields,
  type BackupFileRecord,
  BackupRecord,
  completedBy,
  fileId,
  hasFiles,
  isConfirmed,
  isOver,
  isResumable,
  isVerified,
  newRecord,
  problemFields,
  remarksOf,
  resumed,
  sizeOf,
  withoutAdvice,
  withoutProblem,
  withoutUnfinished,
  withProblem,
} from './record.ts';
export { type BackupRecords, openBackupRecords, type Save } from './records.ts';
export { createTransitions, type Transitions } from './transitions.ts';
export { type BackupProgress, type BackupViews, createBackupViews } from './view.ts';
