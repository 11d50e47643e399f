export { type BackupCoordinator, uncoordinated } from './coordinator.ts';
export { createLeaseCheck } from './lease-check.ts';
export { type Agreement, agreeOn, reportDone } from './scheduled.ts';
