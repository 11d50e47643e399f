import { days } from '../timing/index.ts';

/** The clock may be ahead by this much without doubt: the computer was off meanwhile. */
const plausibleStep = days(7);
/** A clock that stays further ahead is trusted by this much more at each later look. */
const cautiousStep = days(1);

/**
 * The time that deletions by age go by, from the one trusted before. A clock that jumps ahead is not believed at first,
 * and then in small steps, so that a wrong date can be corrected before it costs the whole history.
 */
export function nextTrustedTime(trusted: number, clock: number, isFirstLook: boolean): number {
  if (clock - trusted <= plausibleStep) return Math.max(trusted, clock);
  return isFirstLook ? trusted : trusted + cautiousStep;
}

/** Whole days by which the clock is ahead of the trusted time; zero where that is plausible. */
export function daysAhead(trusted: number, clock: number): number {
  return clock - trusted <= plausibleStep ? 0 : Math.floor((clock - trusted) / days(1));
}
