/** Whether a time is less than a span from now: before it or, where the clock was set back since, after it; in milliseconds. */
export function isRecent(time: number, span: number, now: number): boolean {
  return Math.abs(now - time) < span;
}
