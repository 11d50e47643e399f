/** A day as people count it; months from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days and times of day in one time zone. Instants are milliseconds since 1970. */
export interface Calendar {
  dayOf(instant: number): Day;
  /**
   * The instant at which the clock shows that many minutes after midnight of the day. A time that the clock skips moves
   * by as much as the clock was set forward; of a time that occurs twice the first counts.
   */
  instantOf(day: Day, minutes: number): number;
}

const minute = 60_000;
const dayLength = 24 * 60 * minute;

/** `timeZone` is a name such as "Europe/Amsterdam"; by default this computer's. */
export function createCalendar(timeZone?: string): Calendar {
  const format = new Intl.DateTimeFormat('en-US', {
    ...(timeZone === undefined ? {} : { timeZone }),
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  /** The time the clock shows, read as UTC. */
  const shown = (instant: number): number => {
    const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute: minutes = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minutes, second);
  };
  const offset = (instant: number): number => shown(instant) - Math.floor(instant / 1000) * 1000;
  return {
    dayOf(instant) {
      const date = new Date(shown(instant));
      return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    },
    instantOf(day, minutes) {
      const wanted = startOf(day) + minutes * minute;
      const before = wanted - offset(wanted - dayLength);
      const after = wanted - offset(wanted + dayLength);
      const earliest = Math.min(before, after);
      return [earliest, Math.max(before, after)].find((instant) => shown(instant) === wanted) ?? before;
    },
  };
}

export function addDays(day: Day, count: number): Day {
  const date = new Date(startOf(day) + count * dayLength);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 0 is Sunday, 6 is Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(startOf(day)).getUTCDay();
}

/** The Thursday of the day's ISO 8601 week: it lies in the year to which the week belongs, and names the week. */
export function thursdayOf(day: Day): Day {
  return addDays(day, 4 - (weekdayOf(day) || 7));
}

function startOf({ year, month, day }: Day): number {
  return Date.UTC(year, month - 1, day);
}
