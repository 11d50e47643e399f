export type { BundleTimes } from './compose.ts';
export { notificationMethods } from './methods.ts';
export { createNotifier, type Notifier } from './notifications.ts';
export { createWarnings, type Warnings } from './warnings.ts';
