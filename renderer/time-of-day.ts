import { perLocale } from './locale.ts';

const written = /^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(?:([ap])\.?\s?m\.?|h|uur|uhr)?$/i;
const day = 24 * 60;

/** "22:00" from what a person types: "22:00", "22.00", "2200", "10 pm"; undefined where it is no time of day. */
export function timeOfDayIn(text: string): string | undefined {
  const [, hourText, minuteText = '0', half] = written.exec(text.trim()) ?? [];
  if (hourText === undefined) return undefined;
  const [hour, minute] = [Number(hourText), Number(minuteText)];
  if (minute > 59 || hour > 23 || (half && (hour < 1 || hour > 12))) return undefined;
  const afternoon = half?.toLowerCase() === 'p' ? 12 : 0;
  return fromMinutes((half ? (hour % 12) + afternoon : hour) * 60 + minute);
}

/** "22:00" as the language of the window writes it: "22:00", "10:00 PM". */
export function timeOfDayText(time: string): string {
  return time === '' ? '' : format().format(minutesOf(time) * 60_000);
}

/** A time so many minutes later or earlier, across midnight as well. */
export function laterBy(time: string, minutes: number): string {
  return fromMinutes((minutesOf(time) + minutes + day) % day);
}

/** A part of a written time: its hours, its minutes, or whether it is before noon. */
export type TimePart = 'hours' | 'minutes' | 'half';

const minutesIn: Readonly<Record<TimePart, number>> = { hours: 60, minutes: 1, half: day / 2 };

/** Minutes by which one step changes a time in this part. */
export const stepOfPart = (part: TimePart): number => minutesIn[part];

/** The part of a written time in which the cursor stands. */
export function partAt(text: string, cursor: number): TimePart {
  const before = text.slice(0, cursor);
  if (/^\d*$/.test(before)) return 'hours';
  return /[a-z]/i.test(before) ? 'half' : 'minutes';
}

/** The position of the cursor for a part of a written time. */
export function cursorIn(text: string, part: TimePart): number {
  if (part === 'hours') return 0;
  return part === 'half' ? text.length : text.search(/\D/) + 1;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function fromMinutes(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours, rest].map((part) => String(part).padStart(2, '0')).join(':');
}

const format = perLocale((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }));
