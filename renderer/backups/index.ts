export { putBackups } from './backup-list.ts';
export { progressText, runningText } from './backup-text.ts';
export { LastVerified } from './last-verified.tsx';
export { useBackups } from './live-backups.ts';
export { overdueOf, useAnyOverdue } from './overdue.ts';
export { BackupsPage } from './page.ts';
export { backupsTexts } from './texts.en.ts';
