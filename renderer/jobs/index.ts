export { putJobs } from './job-list.ts';
export { JobsPage } from './jobs-page.tsx';
