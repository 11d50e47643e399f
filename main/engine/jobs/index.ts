export { type Jobs, openJobs } from './jobs.ts';
export { jobMethods } from './methods.ts';
export { endNotification as endNotice } from './notifications.ts';
export { JobRecord } from './record.ts';
