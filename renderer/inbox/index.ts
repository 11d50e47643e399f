export { useLeftAt } from './away.ts';
export { Inbox } from './inbox.tsx';
export { NotificationEntries, useOpenNotification } from './notification-entries.tsx';
export { targetOf } from './notification-target.ts';
