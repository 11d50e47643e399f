import type { Input } from '../../../preload/contract.ts';
import { RingbackError } from '../errors.ts';
import type { EventSearch } from './tables/index.ts';

/** The conditions of a query; undefined where its text holds no word that could occur. */
export function searchOf(query: Input<'events.list'>, limit: number): EventSearch | undefined {
  const { text = '', hook, connection, event, outcome, name, before, notification, since, until } = query;
  const words = textSearchOf(text);
  if (text.trim() && !words.match && !words.exclude) return undefined;
  return {
    ...{ hook, connection, outcome, limit, ...words },
    before: before === undefined ? Number.MAX_SAFE_INTEGER : cursor(before),
    notification: notification === undefined ? undefined : Number(notification),
    event: event === undefined ? undefined : likePattern(event).replaceAll('*', '%'),
    name: name === undefined ? undefined : `%${likePattern(name)}%`,
    since: since === undefined ? undefined : Date.parse(since),
    until: until === undefined ? undefined : Date.parse(until),
  };
}

function cursor(before: string): number {
  if (!/^\d{1,15}$/.test(before))
    throw new RingbackError('invalid-input', '"before" must be the "next" of an earlier answer.');
  return Number(before);
}

const likePattern = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** Expressions of SQLite's full-text search for the words that must all occur, and for those of which none may. */
function textSearchOf(text: string): Pick<EventSearch, 'match' | 'exclude'> {
  const required: string[] = [];
  const excluded: string[] = [];
  for (const [term = ''] of text.matchAll(/-?"[^"]*"?|[^\s"]+/g)) {
    const isExcluded = /^-["\p{L}\p{N}]/u.test(term);
    (isExcluded ? excluded : required).push(...expressionsOf(term));
  }
  return { match: required.join(' AND ') || undefined, exclude: excluded.join(' OR ') || undefined };
}

/** A quoted phrase is one expression; of a word that the index splits, all parts must occur, the last letters of each may be missing. */
function expressionsOf(term: string): string[] {
  const words = term.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return [];
  return /^-?"/.test(term) ? [`"${words.join(' ')}"`] : words.map((word) => `"${word}"*`);
}
