import type { Schedule } from '../../../../preload/contract/index.ts';
import { addDays, type Calendar, createCalendar, weekdayOf } from './calendar.ts';

/**
 * When scheduled backups are made. A slot is the instant of one, and identifies it.
 * Times of day are local: a slot stays at its time of day when the clocks change.
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
 * The slot whose backup is due now, if any: of those missed during sleep only the last.
 * `handled` is the last slot that was handled, or else when the schedule was set: earlier slots are not due.
 */
export function dueSlot(schedule: Schedule, handled: number, now: number, timeZone?: string): number | undefined {
  const slot = lastSlot(schedule, now, timeZone);
  // A clock that was years ahead for a while must not stop the schedule for years.
  const credible = handled <= nextSlot(schedule, now, timeZone);
  return credible && handled >= slot ? undefined : slot;
}

/**
 * For how many hours there has been no verified backup, where that is longer than allowed; undefined where it is not.
 * `lastVerified` is when the last verified one was finished, or when the account was added where there is none yet.
 */
export function overdueFor(lastVerified: number, allowedHours: number, now: number): number | undefined {
  const hours = (now - lastVerified) / 3_600_000;
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
