/** "Jan 31, 2026": the day of an instant (ISO 8601) on this computer's calendar, for the English texts. */
export function formatDay(instant: string): string {
  return new Date(instant).toLocaleDateString('en-US', { dateStyle: 'medium' });
}
