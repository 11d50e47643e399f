export { type Copying, createCopying, type NewestCopy, readCopy, standbyBucket } from './copy.ts';
export { createStandbyEntry } from './entry.ts';
export type { StandbyKeys } from './signed-value.ts';
export { readSleep, writeSleep } from './sleep.ts';
export { isForgotten, Standby } from './standbys.ts';
export { createStandbyWatch } from './watch.ts';
