export { type Coalesced, coalesce } from './coalesce.ts';
export { createDelayQueues, type DelayQueues, type DueItems } from './delay-queues.ts';
export { days, hours, minutes, seconds } from './durations.ts';
export { exponentialDelay } from './exponential-delay.ts';
export { isRecent } from './recent.ts';
export { RecentMap } from './recent-map.ts';
export { retryAfterOf } from './retry-after.ts';
export { createSerialQueue, type SerialQueue } from './serial.ts';
export { createThrottle, type Throttle } from './throttle.ts';
