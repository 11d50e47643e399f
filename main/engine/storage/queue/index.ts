export { createCommitSchedule } from './commit-schedule.ts';
export { createWriteQueue, type Queued, type Urgency, urgencyOf } from './write-queue.ts';
