export { type BackupLeases, backupBucket, type ClaimResult, createBackupLeases } from './backup-leases.ts';
export { createLeases, type Leases, leaseBucket, memberLease, receiverLease } from './leases.ts';
