export { listed as listedJobs, putJobs } from './job-list.ts';
export { stateText } from './job-text.ts';
export { JobsPage } from './page.ts';
export { jobsTexts } from './texts.en.ts';
