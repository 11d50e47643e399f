/** Whether a time is within a span of now, before or (after the clock was set back) behind it; in milliseconds. */
export function isRecent(time: number, span: number, now: number): boolean {
  return Math.abs(now - time) < span;
}
