import { markOf, setMark } from '../marks.ts';
import { boundLimit, type Prepare, type Query, type Row } from '../query.ts';
import { keyOf, toIndexedText } from './expression.ts';
import { isPlain, matchesTerms, type SearchTerms } from './text.ts';

/** Milliseconds of one step: deliveries wait no longer for it. */
const stepTime = 8;
const stepRows = 200;

const columns =
  "id, title, coalesce(summary, '') AS summary, coalesce(names, '') AS names, hook, connection, event, outcome";

/** Adds the next events to the search index, or brings older ones up to date there; gives whether more wait. */
export function indexEvents(prepare: Prepare): { readonly more: boolean } {
  const added = addEvents(prepare);
  return added.more || added.some ? { more: true } : { more: updateOutdated(prepare) };
}

function addEvents(prepare: Prepare): { readonly more: boolean; readonly some: boolean } {
  const until = performance.now() + stepTime;
  const select = prepare(`SELECT ${columns} FROM events WHERE id > ${markOf('indexed')} ORDER BY id ${boundLimit}`);
  const rows = select.all(stepRows);
  const keys = createKeys();
  const done = rows.findIndex((row) => {
    insertSearchText(prepare, row, keys);
    return performance.now() > until;
  });
  const last = rows[done === -1 ? rows.length - 1 : done];
  if (last) setMark(prepare, 'indexed', Number(last.id));
  return { more: rows.length === stepRows || (done !== -1 && done < rows.length - 1), some: rows.length > 0 };
}

/** Looked at in one step; only few of them are written again. */
const stepOutdated = 500;

/** Starts with the newest; skips events in plain ASCII, whose entries never changed. Returns whether more may wait. */
function updateOutdated(prepare: Prepare): boolean {
  const until = performance.now() + stepTime;
  const select = prepare(
    `SELECT ${columns} FROM events WHERE id <= ${markOf('outdated')} ORDER BY id DESC ${boundLimit}`,
  );
  const rows = select.all(stepOutdated);
  const keys = createKeys();
  const done = rows.findIndex((row) => {
    if (!isPlain(`${row.title}${row.summary}${row.names}`)) {
      prepare('DELETE FROM search WHERE rowid = ?').run(Number(row.id));
      insertSearchText(prepare, row, keys);
    }
    return performance.now() > until;
  });
  const last = rows[done === -1 ? rows.length - 1 : done];
  if (last) setMark(prepare, 'outdated', Number(last.id) - 1);
  return last !== undefined;
}

/** The keys of one step, in which few values occur often: each is a digest. */
function createKeys(): typeof keyOf {
  const keys = new Map<string, string>();
  return (kind, value) => {
    const name = `${kind} ${value}`;
    const known = keys.get(name) ?? keyOf(kind, value);
    keys.set(name, known);
    return known;
  };
}

function insertSearchText(
  prepare: Prepare,
  { id, title, summary, names, hook, connection, event, outcome }: Row,
  key: typeof keyOf,
): void {
  prepare('INSERT INTO search (rowid, words, hook, connection, event, outcome) VALUES (?, ?, ?, ?, ?, ?)').run(
    Number(id),
    toIndexedText([String(title), String(summary), String(names)]),
    key('hook', String(hook)),
    key('connection', String(connection)),
    event === null ? '' : key('event', String(event)),
    key('outcome', String(outcome)),
  );
  if (event !== null) insertKind(prepare, String(event));
}

/** Kinds of events that are remembered. One more says that there are too many. */
const mostKinds = 500;

function insertKind(prepare: Prepare, event: string): void {
  prepare(
    `INSERT OR IGNORE INTO event_kinds (event) SELECT ? WHERE (SELECT count(*) FROM event_kinds) <= ${mostKinds}`,
  ).run(event);
}

/** Kinds of events in the index that match a LIKE pattern (escape "\"); undefined if the index has too many kinds. */
export function selectKinds(query: Query, pattern: string): string[] | undefined {
  const isKnown = Number(query.one('SELECT count(*) AS count FROM event_kinds')?.count) <= mostKinds;
  if (!isKnown) return undefined;
  const rows = query.all(String.raw`SELECT event FROM event_kinds WHERE event LIKE ? ESCAPE '\'`, pattern);
  return rows.map(({ event }) => String(event));
}

export function deleteSearchText(prepare: Prepare, event: number): void {
  if (event > Number(prepare(`SELECT ${markOf('indexed')} AS id`).get()?.id)) return;
  prepare('DELETE FROM search WHERE rowid = ?').run(event);
}

/** How many events that are not in the index yet are looked through at most. */
const mostUnindexed = 5000;

export function selectIndexed(query: Query): number {
  return Number(query.one(`SELECT ${markOf('indexed')} AS id`)?.id ?? 0);
}

/** The ids of the events in this range, which are not in the index, that match, newest first. */
export function selectUnindexedMatches(query: Query, terms: SearchTerms, first: number, last: number): number[] {
  const rows = query.all(
    `SELECT id, title, coalesce(summary, '') AS summary, coalesce(names, '') AS names FROM events
      WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT ${mostUnindexed}`,
    ...[first, last],
  );
  return rows
    .filter(({ title, summary, names }) => matchesTerms(terms, [String(title), String(summary), String(names)]))
    .map(({ id }) => Number(id));
}

/**
 * Whether a search for words may miss events, because too many wait for the index or have entries of an earlier
 * version.
 */
export function isIndexing(query: Query): boolean {
  const row = query.one(
    `SELECT ${markOf('indexed')} AS indexed, ${markOf('outdated')} AS outdated,
      (SELECT min(id) FROM events) AS oldest, (SELECT max(id) FROM events) AS newest`,
  );
  if (row?.oldest == null) return false;
  const { indexed, outdated, oldest, newest } = row;
  return Number(newest) - Number(indexed) > mostUnindexed || Number(outdated) >= Number(oldest);
}
