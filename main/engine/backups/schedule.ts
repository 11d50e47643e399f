import type { Schedule } from '../../../preload/contract.ts';
import { addDays, type Calendar, createCalendar, weekdayOf } from './calendar.ts';

/**
 * When a backup is to be made. A slot is the instant at which one is; it is its own name, so that "this one was done" can be kept.
 * Times of day are local: a slot keeps its time of day when the clocks change.
 */

/** The first slot after an instant. */
export function nextSlot(schedule: Schedule, after: number, timeZone?: string): number {
  const calendar = createCalendar(timeZone);
  const today = calendar.dayOf(after);
  for (let count = -1; ; count += 1) {
    const slot = slotOn(schedule, calendar, today, count);
    if (slot !== undefined && slot > after) return slot;
  }
}

/** The last slot up to an instant. */
export function lastSlot(schedule: Schedule, until: number, timeZone?: string): number {
  const calendar = createCalendar(timeZone);
  const today = calendar.dayOf(until);
  for (let count = 1; ; count -= 1) {
    const slot = slotOn(schedule, calendar, today, count);
    if (slot !== undefined && slot <= until) return slot;
  }
}

/**
 * The slot whose backup is to be made now, if any: of those missed in sleep only the last.
 * `settled` is the last slot that was dealt with, or else when the schedule was set: what lies before is nobody's debt.
 */
export function dueSlot(schedule: Schedule, settled: number, now: number, timeZone?: string): number | undefined {
  const slot = lastSlot(schedule, now, timeZone);
  // A clock that was years ahead for a while must not silence the schedule for years.
  const credible = settled <= nextSlot(schedule, now, timeZone);
  return credible && settled >= slot ? undefined : slot;
}

/**
 * For how many hours there has been no good backup, where that is longer than allowed; undefined where it is not.
 * `lastGood` is when the last good one was finished, or when the account was added where there is none yet.
 */
export function overdueFor(lastGood: number, allowedHours: number, now: number): number | undefined {
  const hours = (now - lastGood) / 3_600_000;
  return hours > allowedHours ? Math.floor(hours) : undefined;
}

function slotOn(
  { every, at, weekday }: Schedule,
  calendar: Calendar,
  today: ReturnType<Calendar['dayOf']>,
  count: number,
) {
  const day = addDays(today, count);
  if (every === 'week' && weekdayOf(day) !== weekday) return undefined;
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  return calendar.instantOf(day, hours * 60 + minutes);
}
