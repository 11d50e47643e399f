export { createNoteAction, createNoteClick } from './click.ts';
export { createNotifications } from './notifications.ts';
export { createNotificationService } from './service.ts';
