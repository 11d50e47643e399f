import { formatByteSize } from '../../../preload/byte-size.ts';

/** A JSON object whose members are not validated. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value where it is an object, otherwise an empty object. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The first of these members that is a text or a number, as text. */
export function text(from: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = from[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  }
  return undefined;
}

/** Like `text`, for display: on one line, without control and direction characters, at most 100 long. */
export function words(from: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = clean(text(from, name) ?? '', 100);
    // Custom metadata contains the text "null" where it has no value.
    if (found !== '' && found !== 'null') return found;
  }
  return undefined;
}

export function clean(value: string, longest: number): string {
  const line = value
    .toWellFormed()
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/gu, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…` : line;
}

/** Joins the parts that are present with " · "; undefined where none is. */
export function joined(...parts: readonly (string | undefined)[]): string | undefined {
  return parts.filter(Boolean).join(' · ') || undefined;
}

/**
 * Parses a time of APS, epoch milliseconds or ISO 8601 (UTC where it names no zone), into milliseconds since 1970.
 * Undefined for anything else and for years outside 1970–2099.
 */
export function parseTime(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(normalised(value)) : value;
  return typeof time === 'number' && time > 0 && time < Date.UTC(2100) ? Math.trunc(time) : undefined;
}

function normalised(value: string): string {
  if (!/^\d{4}-\d\d-\d\dT/.test(value)) return '';
  const text = value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
  return /(Z|[+-]\d\d:\d\d)$/i.test(text) ? text : `${text}Z`;
}

/** A size in bytes for display: 18350080 → "18.4 MB". */
export function size(value: unknown): string | undefined {
  const isSize = typeof value === 'number' && value >= 0 && Number.isFinite(value);
  return isSize ? formatByteSize(value, 'en') : undefined;
}
