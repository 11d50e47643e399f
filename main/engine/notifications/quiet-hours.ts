import type { QuietHours, Settings } from '../../../preload/contract/index.ts';

type PauseSettings = Pick<Settings['notifications'], 'pausedUntil' | 'quietHours'>;

/** Pauses that follow each other without a gap; more are met only where the quiet hours never end. */
const maxPauses = 16;

/** Until when notifications are paused, by the user or by quiet hours; undefined while they are not. */
export function pauseEnd({ pausedUntil, quietHours }: PauseSettings, now: number): number | undefined {
  let end = now;
  for (let count = 0; count < maxPauses; count += 1) {
    const byUser = pausedUntil === null ? end : Math.max(end, Date.parse(pausedUntil));
    const next = (quietHours && quietHoursEnd(quietHours, byUser)) ?? byUser;
    if (next === end) break;
    end = next;
  }
  return end > now ? end : undefined;
}

/** When the quiet hours end that include this time. */
function quietHoursEnd({ from, to, days }: QuietHours, time: number): number | undefined {
  for (const daysAgo of [1, 0]) {
    const start = atTimeOfDay(time, from, -daysAgo);
    if (days && !days.includes(new Date(start).getDay())) continue;
    const end = atTimeOfDay(time, to, to > from ? -daysAgo : 1 - daysAgo);
    if (start <= time && time < end) return end;
  }
  return undefined;
}

/** The latest time at or before `now` at which local clocks show this. */
export function latestTimeOfDay(timeOfDay: string, now: number): number {
  const today = atTimeOfDay(now, timeOfDay, 0);
  return today <= now ? today : atTimeOfDay(now, timeOfDay, -1);
}

/** The next time after `now` at which local clocks show this. */
export function nextTimeOfDay(timeOfDay: string, now: number): number {
  const today = atTimeOfDay(now, timeOfDay, 0);
  return today > now ? today : atTimeOfDay(now, timeOfDay, 1);
}

/** "22:00", so many days after the day of `time`, in local time. */
function atTimeOfDay(time: number, timeOfDay: string, days: number): number {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  const date = new Date(time);
  date.setDate(date.getDate() + days);
  return date.setHours(hours, minutes, 0, 0);
}
