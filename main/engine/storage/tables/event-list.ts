import type { Outcome } from '../../../../preload/contract/index.ts';
import { type IdRange, selectRanges } from './event-times.ts';
import { columns } from './events.ts';
import type { Query, Row } from './query.ts';
import {
  keyOf,
  matchExpression,
  partsOf,
  type SearchTerms,
  selectIndexed,
  selectKinds,
  selectUnindexedMatches,
} from './search/index.ts';

export interface EventSearch {
  /** Only older ones than this id. */
  readonly before: number;
  readonly hook: string | undefined;
  /** Only those that this notification is about. */
  readonly notification?: number | undefined;
  readonly connection?: string | undefined;
  readonly outcome?: Outcome | undefined;
  /** The provider's name of the event; "*" stands for any characters. */
  readonly event?: string | undefined;
  /** Part of the title or the summary. */
  readonly name?: string | undefined;
  /** Received at or after, in milliseconds since 1970. */
  readonly since?: number | undefined;
  /** Received before, in milliseconds since 1970. */
  readonly until?: number | undefined;
  readonly terms?: SearchTerms | undefined;
  readonly limit: number;
}

type Filter = Exclude<keyof EventSearch, 'before' | 'limit' | 'terms'>;

const conditionOf = {
  hook: 'events.hook = ?',
  connection: 'events.connection = ?',
  notification: 'events.id IN (SELECT event FROM notice_events WHERE notice = ?)',
  // The sign keeps the index that only counting needs from replacing one that narrows a search.
  outcome: '+events.outcome = ?',
  event: String.raw`events.event LIKE ? ESCAPE '\'`,
  name: String.raw`(events.title || ' ' || coalesce(events.summary, '')) LIKE ? ESCAPE '\'`,
  since: 'events.received_at >= ?',
  until: 'events.received_at < ?',
} as const satisfies Record<Filter, string>;

const filters = Object.keys(conditionOf) as readonly Filter[];

/** The newest first. */
export function selectEvents(query: Query, search: EventSearch): Row[] {
  const rows: Row[] = [];
  const expression = indexExpression(query, search);
  const indexed = expression === undefined ? 0 : selectIndexed(query);
  for (const { first, last } of rangesOf(query, search)) {
    const left = (): number => search.limit - rows.length;
    rows.push(...selectUnindexed(query, search, { first: Math.max(first, indexed + 1), last }, left()));
    if (expression && left() > 0 && first <= indexed) {
      const range = { first, last: Math.min(last, indexed) };
      rows.push(...selectFrom(query, search, { ...fromIndex, match: expression, range, limit: left() }));
    }
    if (left() === 0) break;
  }
  return rows;
}

function rangesOf(query: Query, { before, since, until }: EventSearch): IdRange[] {
  if (since === undefined && until === undefined) return [{ first: 0, last: before - 1 }];
  return selectRanges(query, { since: since ?? 0, until: until ?? Number.MAX_SAFE_INTEGER })
    .map(({ first, last }) => ({ first, last: Math.min(last, before - 1) }))
    .filter(({ first, last }) => first <= last);
}

/** The conditions that the search index knows; null where it says that nothing matches, undefined where it is not needed. */
function indexExpression(query: Query, search: EventSearch): string | null | undefined {
  const { terms, hook, connection, event, outcome, name } = search;
  const parts = name === undefined ? [] : partsOf(name);
  // The events of one hook have an index of their own, and the newest events need none.
  if (!terms && parts.length === 0 && [connection, event, outcome].every((one) => one === undefined)) return undefined;
  const keys = [
    hook === undefined ? undefined : [keyOf('hook', hook)],
    connection === undefined ? undefined : [keyOf('connection', connection)],
    outcome === undefined ? undefined : [keyOf('outcome', outcome)],
    event === undefined ? undefined : selectKinds(query, eventPattern(event))?.map((kind) => keyOf('event', kind)),
  ].filter((list) => list !== undefined);
  return keys.some((list) => list.length === 0) ? null : matchExpression({ terms, parts, keys });
}

interface Selection {
  readonly from: string;
  /** The column that holds the id. */
  readonly id: string;
  readonly condition?: string;
  readonly match?: string;
  readonly range: IdRange;
  readonly limit: number;
}

const fromEvents = { from: 'events', id: 'events.id' } as const;
const fromIndex = {
  from: 'search AS found CROSS JOIN events ON events.id = found.rowid',
  id: 'found.rowid',
  condition: 'found.search MATCH ?',
} as const;

function selectUnindexed(query: Query, search: EventSearch, range: IdRange, limit: number): Row[] {
  if (range.first > range.last) return [];
  if (!search.terms) return selectFrom(query, search, { ...fromEvents, range, limit });
  const match = JSON.stringify(selectUnindexedMatches(query, search.terms, range.first, range.last));
  const condition = 'events.id IN (SELECT value FROM json_each(?))';
  return selectFrom(query, search, { ...fromEvents, condition, match, range, limit });
}

function selectFrom(query: Query, search: EventSearch, selection: Selection): Row[] {
  const { from, id, condition, match, range, limit } = selection;
  const given = filters.filter((filter) => search[filter] !== undefined);
  const conditions = [
    ...(condition === undefined ? [] : [condition]),
    // The search index ignores bounds that are not integers, and numbers are bound as reals.
    `${id} BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)`,
    ...given.map((filter) => conditionOf[filter]),
  ];
  const sql = `SELECT ${columns} FROM ${from} WHERE ${conditions.join(' AND ')} ORDER BY ${id} DESC LIMIT ?`;
  const values = given.map((filter) => filterValue(search, filter));
  return query.all(sql, ...(match === undefined ? [] : [match]), range.first, range.last, ...values, limit);
}

function filterValue(search: EventSearch, filter: Filter): string | number {
  if (filter === 'event') return eventPattern(search.event ?? '');
  if (filter === 'name') return `%${likePattern(search.name ?? '')}%`;
  return search[filter] ?? '';
}

const eventPattern = (event: string): string => likePattern(event).replaceAll('*', '%');
const likePattern = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
