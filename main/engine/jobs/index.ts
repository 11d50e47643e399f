export { type Jobs, openJobs } from './jobs.ts';
export { endNotice } from './messages.ts';
export { jobMethods } from './methods.ts';
export { JobRecord } from './record.ts';
