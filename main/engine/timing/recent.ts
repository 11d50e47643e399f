/** Whether a time is less than a span from now, before or after it: one in the future, of a clock that was set back, stays recent only for so long. Milliseconds. */
export function isRecent(time: number, span: number, now: number): boolean {
  return Math.abs(now - time) < span;
}
