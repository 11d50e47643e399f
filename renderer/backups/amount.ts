import { currentLocale } from '../locale.ts';

/** "40 sec", "2 min", "1 hr 20 min". */
export function spanText(seconds: number): string {
  if (seconds < 60) return unitText(Math.max(1, Math.ceil(seconds)), 'second');
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return unitText(minutes, 'minute');
  const hours = unitText(Math.floor(minutes / 60), 'hour');
  return minutes % 60 === 0 ? hours : `${hours} ${unitText(minutes % 60, 'minute')}`;
}

/** Hours as "36 h", and as "5 days" from three days on. */
export function hoursText(hours: number): string {
  if (hours >= 72) return unitText(Math.floor(hours / 24), 'day', 'long');
  return unitText(Math.round(hours * 10) / 10, 'hour', 'narrow', 1).replace(/(\d)(\p{L})/u, '$1 $2');
}

/** Whole percent, at most 100. */
export function percentOf(bytes: number, total: number): number {
  return total > 0 ? Math.min(100, Math.floor((bytes / total) * 100)) : 0;
}

function unitText(value: number, unit: string, unitDisplay: 'short' | 'long' | 'narrow' = 'short', digits = 0): string {
  return new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit,
    unitDisplay,
    maximumFractionDigits: digits,
  }).format(value);
}
