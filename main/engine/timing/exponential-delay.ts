/** Milliseconds before the next attempt after so many (from 1): the first delay, which doubles with each further attempt. */
export function exponentialDelay(attempts: number, first: number, longest: number): number {
  return Math.min(first * 2 ** Math.max(0, attempts - 1), longest);
}
