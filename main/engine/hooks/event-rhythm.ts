import { days } from '../timing/index.ts';

/** How often a hook usually receives events; members are absent where its events show no rhythm. */
interface EventRhythm {
  readonly perDay?: number;
  /** A longer gap, in milliseconds, is unusual. */
  readonly longestUsualGap?: number;
}

/** The rhythm is what the last four weeks show. */
export const rhythmPeriod = days(28);
/** Fewer events show no rhythm. */
const minEvents = 10;
/** Half more than the longest gap so far is still usual. */
const tolerance = 1.5;
/** Weekends are usual. */
const minUsualGap = days(3);

/** Times are in milliseconds since 1970, the latest first. */
export function eventRhythm(times: readonly number[]): EventRhythm {
  const [last] = times;
  const first = times.at(-1);
  if (times.length < minEvents || last === undefined || first === undefined) return {};
  const gaps = times.slice(1).map((time, index) => (times[index] ?? time) - time);
  const perDay = times.length / Math.max(1, (last - first) / days(1));
  return {
    perDay: Math.round(perDay * 10) / 10,
    longestUsualGap: Math.max(minUsualGap, tolerance * Math.max(...gaps)),
  };
}
