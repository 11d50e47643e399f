import { currentLocale, perLocale } from './locale.ts';

const steps = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
  ['month', 12],
] as const;

/** "just now", "5m ago", "in 2h". */
export function agoOf(time: string, now: number): string {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return time;
  let amount = Math.round((at - now) / 1000);
  if (Math.abs(amount) < 10) return justNow();
  for (const [unit, limit] of steps) {
    if (Math.abs(amount) < limit) return relative().format(amount, unit);
    amount = Math.round(amount / limit);
  }
  return relative().format(amount, 'year');
}

/** Local date and time to the second; an invalid time is returned unchanged. */
export function exactOf(time: string): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : exact().format(at);
}

/** Local weekday and time to the minute; the date in place of the weekday from a week before or after `now` on. */
export function shortOf(time: string, now = Date.now()): string {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return time;
  return Math.abs(midnightOf(at) - midnightOf(now)) < 7 * 86_400_000 ? short().format(at) : dated().format(at);
}

/** Local time to the minute. */
export function timeOfDayOf(time: string): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : timeOfDay().format(at);
}

/** Eight o'clock in the morning of the day after `now`, local time. */
export function tomorrowMorning(now: number): string {
  const date = new Date(now);
  date.setDate(date.getDate() + 1);
  date.setHours(8, 0, 0, 0);
  return date.toISOString();
}

/** "just now" in English, and the shortest form in other languages. */
function justNow(): string {
  const locale = currentLocale();
  return locale === undefined || locale.startsWith('en') ? 'just now' : dayName().format(0, 'second');
}

/** English uses the narrow style ("5m ago"), which is too short in other languages, such as "vor 5 m" in German. */
const relative = perLocale((locale) => {
  const { locale: language } = new Intl.RelativeTimeFormat(locale).resolvedOptions();
  const style = language.startsWith('en') ? 'narrow' : 'short';
  return new Intl.RelativeTimeFormat(locale, { style, numeric: 'always' });
});
const exact = perLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }));
const short = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit' }),
);

/** "today 03:12", "yesterday 03:12", "Mon 03:12" within a week, otherwise with the date; local time. */
export function dayTimeOf(time: string, now: number): string {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return time;
  const days = Math.round((midnightOf(at) - midnightOf(now)) / 86_400_000);
  if (Math.abs(days) <= 1) return `${dayName().format(days, 'day')} ${timeOfDay().format(at)}`;
  return Math.abs(days) < 7 ? `${weekday().format(at)} ${timeOfDay().format(at)}` : dated().format(at);
}

/** The number of the local day that contains this time. */
export const dayOf = (time: number): number => midnightOf(time) / 86_400_000;

/** Like `dayOf` for the ISO times of a list; caches the latest minute, since successive times are often equal. */
export function createDayOfTime(): (time: string) => number {
  let [minute, day] = ['', Number.NaN];
  return (time) => {
    // In every time zone, days begin at full minutes.
    const its = time.slice(0, 'YYYY-MM-DDTHH:MM'.length);
    if (its !== minute) [minute, day] = [its, dayOf(Date.parse(time))];
    return day;
  };
}

/** "Today", "Yesterday", otherwise weekday and date, with the year where it differs. */
export function dayNameOf(day: number, today: number, language: string): string {
  if (today - day === 0 || today - day === 1) {
    const name = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(day - today, 'day');
    return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
  }
  const [date, now] = [new Date(day * 86_400_000), new Date(today * 86_400_000)];
  const year = date.getUTCFullYear() === now.getUTCFullYear() ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(language, {
    ...{ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' },
    ...year,
  }).format(date);
}

/** Midnight of the local day in UTC, so that all days have 24 hours when the clocks change. */
function midnightOf(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

const dayName = perLocale((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
const weekday = perLocale((locale) => new Intl.DateTimeFormat(locale, { weekday: 'short' }));
const timeOfDay = perLocale((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }));
const dated = perLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));

/** The starts of the last days in local time, today's last, followed by its end. */
export function dayBounds(now: number, days: number): readonly string[] {
  return Array.from({ length: days + 1 }, (_, index) => {
    const date = new Date(now);
    date.setHours(0, 0, 0, 0);
    date.setDate(date.getDate() - days + 1 + index);
    return date.toISOString();
  });
}
