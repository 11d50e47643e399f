import type { TFunction } from 'i18next';
import type { RetentionPolicy, Schedule } from '../../preload/contract/index.ts';
import { perLocale } from '../locale.ts';
import { timeOfDayText } from '../time-of-day.ts';

/** "Every day at 03:00"; "On demand" without a schedule. */
export function scheduleText(t: TFunction, schedule: Schedule | null): string {
  if (!schedule) return t('plan.unscheduled');
  const time = timeOfDayText(schedule.at);
  if (schedule.every === 'day') return t('plan.daily', { time });
  return t('plan.weekly', { time, day: weekdayName(schedule.weekday ?? 0) });
}

/** "keeps the last 3, 7 daily and 4 weekly". */
export function retentionText(t: TFunction, keep: RetentionPolicy | null): string {
  if (!keep) return t('plan.retainsAll');
  const parts = (['last', 'daily', 'weekly', 'monthly'] as const)
    .filter((rule) => keep[rule] > 0)
    .map((rule) => t(`plan.retains.${rule}`, { count: keep[rule] }));
  return t('plan.retainsSome', { parts: list().format(parts) });
}

/** The name of a weekday in the language of the window; 0 is Sunday. */
export function weekdayName(weekday: number): string {
  // The fourth of January 1970 was a Sunday.
  return weekdays().format(Date.UTC(1970, 0, 4 + weekday));
}

const list = perLocale((locale) => new Intl.ListFormat(locale));
const weekdays = perLocale((locale) => new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }));
