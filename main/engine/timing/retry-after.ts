import { days, seconds } from './durations.ts';

/**
 * The wait in milliseconds, a day at most, that a Retry-After header asks for by seconds or a date (RFC 9110, section 10.2.3);
 * undefined where there is none, or neither is in it.
 */
export function retryAfterOf(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  const isDate = /[a-z]/i.test(text);
  const wait = isDate ? Date.parse(text) - now : /^\d+(\.\d+)?$/.test(text) ? seconds(Number(text)) : Number.NaN;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), days(1));
}
