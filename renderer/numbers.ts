import { localized } from './locale.ts';

const percent = localized((locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }));

/** 42 → "42%", as the user's system writes it. */
export function percentText(whole: number): string {
  return percent().format(whole / 100);
}
