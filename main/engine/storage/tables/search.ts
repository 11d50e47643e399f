import { markOf, setMark } from './marks.ts';
import type { Prepare, Query, Row } from './query.ts';
import { fold, matchesTerms, type SearchTerms, type Terms } from './search-text.ts';

/** Milliseconds of one step: deliveries wait no longer for it. */
const stepTime = 8;
const stepRows = 200;

/** Adds the next events to the search index; gives whether more wait. */
export function indexEvents(prepare: Prepare): { readonly more: boolean } {
  const until = performance.now() + stepTime;
  const select = prepare(
    `SELECT id, title, coalesce(summary, '') AS summary, coalesce(names, '') AS names FROM events
      WHERE id > ${markOf('indexed')} ORDER BY id LIMIT ?`,
  );
  const rows = select.all(stepRows);
  const done = rows.findIndex((row) => {
    insertSearchText(prepare, row);
    return performance.now() > until;
  });
  const last = rows[done === -1 ? rows.length - 1 : done];
  if (last) setMark(prepare, 'indexed', Number(last.id));
  return { more: rows.length === stepRows || (done !== -1 && done < rows.length - 1) };
}

function insertSearchText(prepare: Prepare, { id = null, title, summary, names }: Row): void {
  const texts = [title, summary, names].map((text) => fold(String(text)));
  prepare('INSERT INTO search (rowid, title, summary, names) VALUES (?, ?, ?, ?)').run(Number(id), ...texts);
  prepare('INSERT INTO search_parts (rowid, title, summary, names) VALUES (?, ?, ?, ?)').run(Number(id), ...texts);
}

export function deleteSearchText(prepare: Prepare, event: number): void {
  if (event > Number(prepare(`SELECT ${markOf('indexed')} AS id`).get()?.id)) return;
  prepare('DELETE FROM search WHERE rowid = ?').run(event);
  prepare('DELETE FROM search_parts WHERE rowid = ?').run(event);
}

/** A part of a statement that selects events. */
export interface Source {
  readonly from: string;
  /** The column by which they are ordered. */
  readonly order: string;
  readonly conditions: readonly string[];
  readonly values: readonly (string | number)[];
}

type Condition = readonly [sql: string, value: string];

/**
 * How the indexed events that match are found: the search index gives them newest first, so that the statement ends as
 * soon as enough are found; further terms are looked up for each.
 */
export function searchSource({ required, excluded }: SearchTerms): Source {
  const parts = required.parts.map((part) => `"${part}"`).join(' AND ');
  const words = wordExpressions(required).join(' AND ');
  const excludedParts = excluded.parts.map((part) => `"${part}"`).join(' OR ');
  const excludedWords = wordExpressions(excluded).join(' OR ');
  const isIn = (table: string): string =>
    `EXISTS (SELECT 1 FROM ${table} WHERE ${table} MATCH ? AND rowid = events.id)`;
  const conditions: Condition[] = [];
  if (parts) conditions.push(['found.search_parts MATCH ?', parts]);
  if (words) conditions.push([parts ? isIn('search') : 'found.search MATCH ?', words]);
  if (excludedParts) conditions.push([`NOT ${isIn('search_parts')}`, excludedParts]);
  if (excludedWords) conditions.push([`NOT ${isIn('search')}`, excludedWords]);
  const table = parts ? 'search_parts' : words ? 'search' : undefined;
  return {
    from: table ? `${table} AS found CROSS JOIN events ON events.id = found.rowid` : 'events',
    order: table ? 'found.rowid' : 'events.id',
    conditions: conditions.map(([sql]) => sql),
    values: conditions.map(([, value]) => value),
  };
}

function wordExpressions({ beginnings, phrases }: Terms): string[] {
  return [...beginnings.map((beginning) => `"${beginning}"*`), ...phrases.map((phrase) => `"${phrase}"`)];
}

/** Events that are not in the index yet, at most so many are looked through. */
const mostUnindexed = 5000;

export function selectIndexed(query: Query): number {
  return Number(query.one(`SELECT ${markOf('indexed')} AS id`)?.id ?? 0);
}

/** The ids of the events after `indexed`, which are not in the index, that match, newest first. */
export function selectUnindexedMatches(query: Query, terms: SearchTerms, indexed: number, before: number): number[] {
  const rows = query.all(
    `SELECT id, title, coalesce(summary, '') AS summary, coalesce(names, '') AS names FROM events
      WHERE id > ? AND id < ? ORDER BY id DESC LIMIT ${mostUnindexed}`,
    ...[indexed, before],
  );
  return rows
    .filter(({ title, summary, names }) => matchesTerms(terms, [String(title), String(summary), String(names)]))
    .map(({ id }) => Number(id));
}
