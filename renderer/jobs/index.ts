export { putJobs } from './job-list.ts';
export { JobsPage } from './jobs-page.tsx';
export { jobsTexts } from './texts.en.ts';
