import { days, seconds } from './durations.ts';

/**
 * Milliseconds that a Retry-After header asks for (RFC 9110, section 10.2.3), a day at most; undefined without seconds
 * or a date in it.
 */
export function retryAfterOf(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  const isDate = /[a-z]/i.test(text);
  const wait = isDate ? Date.parse(text) - now : /^\d+(\.\d+)?$/.test(text) ? seconds(Number(text)) : Number.NaN;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), days(1));
}
