export { type Backups, openBackups } from './backups.ts';
export { backupMethods } from './methods.ts';
