/** Whether a time is less than a span before now, or after it, as one noted before the clock was set back. In milliseconds. */
export function isRecent(time: number, span: number, now: number): boolean {
  return Math.abs(now - time) < span;
}
