export { derivativeJobs } from './jobs.ts';
