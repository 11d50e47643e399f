export { putBackups } from './backup-list.ts';
export { BackupsPage } from './backups-page.tsx';
export { useAnyOverdue } from './overdue.ts';
export { backupsTexts } from './texts.en.ts';
