export { type Backups, openBackups } from './backups.ts';
