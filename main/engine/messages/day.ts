/** "Jan 31, 2026": the day of an instant (ISO 8601) on this computer's calendar, for the English texts. */
export function formatDay(instant: string): string {
  return new Date(instant).toLocaleDateString('en-US', { dateStyle: 'medium' });
}

/** "Jan 31, 2026, 3:42 PM": an instant (ISO 8601) on this computer's clock, for the English texts. */
export function formatTime(instant: string): string {
  return new Date(instant).toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short' });
}
