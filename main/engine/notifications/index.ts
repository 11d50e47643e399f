export { createNotices, type Notices } from './notifications.ts';
export { createWarnings, type Warnings } from './warnings.ts';
