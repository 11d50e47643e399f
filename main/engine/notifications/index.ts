export { notificationMethods } from './methods.ts';
export { createNotifier, type NotificationTimes, type Notifier } from './notifications.ts';
export { type ReadableNotification, readNotification } from './readable.ts';
export { createNotificationRules, type NotificationRules } from './rules.ts';
export { createWarnings, type Warnings } from './warnings.ts';
