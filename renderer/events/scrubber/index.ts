export { TimeScrubber } from './time-scrubber.tsx';
