import { formatByteSize } from '../byte-size.ts';

export interface Formats {
  /** "1.8 GB". */
  size(bytes: unknown): string;
  /** 125,000 milliseconds → "2 min 5 s". */
  duration(milliseconds: unknown): string;
  /** Hours, from three days on as whole days: "5 days". */
  hours(hours: unknown): string;
  /** The day of an ISO date. */
  day(time: unknown): string;
  /** The day and time of an ISO date. */
  time(time: unknown): string;
  /** "Tuesday, December 1". */
  longDay(time: unknown): string;
  /** 1234.5 → "1,234.5". */
  number(value: unknown): string;
  /** "2 hooks": the number with the noun's form for it. */
  plural(count: unknown, noun: { readonly one: string; readonly other: string }): string;
  /** "a, b and c". */
  list(parts: readonly string[]): string;
  /** "a, b or c". */
  choice(parts: readonly string[]): string;
}

/** Formatters for a locale. */
export function createFormats(locale: string): Formats {
  const date = (options: Intl.DateTimeFormatOptions) => (time: unknown) =>
    new Date(String(time)).toLocaleString(locale, options);
  const unit = (value: number, name: string, unitDisplay: 'short' | 'long') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay }).format(value);
  const number = (value: unknown) => Number(value).toLocaleString(locale);
  const rules = new Intl.PluralRules(locale);
  return {
    size: (bytes) => formatByteSize(Number(bytes), locale),
    duration(milliseconds) {
      const seconds = Math.max(1, Math.round(Number(milliseconds) / 1000));
      const [whole, part, names] =
        seconds < 3600
          ? ([Math.floor(seconds / 60), seconds % 60, ['minute', 'second']] as const)
          : ([Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), ['hour', 'minute']] as const);
      const parts = [
        ...(whole > 0 ? [unit(whole, names[0], 'short')] : []),
        ...(part > 0 ? [unit(part, names[1], 'short')] : []),
      ];
      return parts.join(' ');
    },
    hours(hours) {
      const count = Number(hours);
      return count < 72 ? unit(count, 'hour', 'long') : unit(Math.floor(count / 24), 'day', 'long');
    },
    day: date({ dateStyle: 'medium' }),
    time: date({ dateStyle: 'medium', timeStyle: 'short' }),
    longDay: date({ weekday: 'long', month: 'long', day: 'numeric' }),
    number,
    plural: (count, { one, other }) => `${number(count)} ${rules.select(Number(count)) === 'one' ? one : other}`,
    list: (parts) => new Intl.ListFormat(locale).format(parts),
    choice: (parts) => new Intl.ListFormat(locale, { type: 'disjunction' }).format(parts),
  };
}
