export { type Coalesced, coalesce } from './coalesce.ts';
export { days, hours, minutes, seconds } from './durations.ts';
export { RecentMap } from './recent-map.ts';
export { createSerialQueue, type SerialQueue } from './serial.ts';
export { createThrottle, type Throttle } from './throttle.ts';
