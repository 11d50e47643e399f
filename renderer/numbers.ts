import { formatByteSize } from '../preload/byte-size.ts';
import { currentLocale, perLocale } from './locale.ts';

const whole = perLocale((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }));
const compact = perLocale((locale) => new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }));

/** 1234 → "1,234", as the language of the window writes it. */
export function countText(count: number): string {
  return whole().format(count);
}

/** 1234 → "1.2K". */
export function compactText(count: number): string {
  return compact().format(count);
}

/** 20.5 → "20.5", with one decimal at most. */
export function decimalText(value: number): string {
  return decimal().format(value);
}

/** The separators of a field for large numbers: "," and "." in English. */
export const separatorsOfNumbers = perLocale((locale) => {
  const parts = new Intl.NumberFormat(locale).formatToParts(1_234_567.8);
  const textOf = (type: 'group' | 'decimal'): string => parts.find((part) => part.type === type)?.value ?? '';
  return { thousandSeparator: textOf('group'), decimalSeparator: textOf('decimal') || '.' };
});

const decimal = perLocale((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));
const percent = perLocale((locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }));

/** 42 → "42%", as the language of the window writes it. */
export function percentText(whole: number): string {
  return percent().format(whole / 100);
}

/** "1.8 GB" in the language of the window, without a line break. */
export function sizeText(bytes: number): string {
  return formatByteSize(bytes, currentLocale()).replace(' ', '\u00a0');
}
