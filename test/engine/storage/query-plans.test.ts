import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchOf } from '../../../main/engine/storage/event-search.ts';
import type { EventQuery } from '../../../main/engine/storage/events.ts';
import { migrate } from '../../../main/engine/storage/schema.ts';
import {
  createPrepare,
  createQuery,
  type Query,
  reads,
  selectHookHistory,
  selectRecoveries,
  selectRejections,
  selectUnannounced,
  selectUnexplained,
  selectUnforwarded,
  selectUnprocessedByJobs,
  selectUnpublished,
  selectUnshown,
  writes,
} from '../../../main/engine/storage/tables/index.ts';
import { createVariedStore, deliveryOf, firstTime, hookOf, secondsBetween } from '../../bench/varied-store.ts';

const count = 2_000;
const timeAt = (index: number): string => new Date(firstTime + index * secondsBetween * 1000).toISOString();

let folder: string;
let database: DatabaseSync;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringback-'));
  const file = join(folder, 'events.sqlite');
  createVariedStore(file, count);
  database = new DatabaseSync(file, { readOnly: true });
});

afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

interface Asked {
  readonly plans: readonly string[];
  readonly found: number;
}

/** The plan of every statement that a question runs, without those of subqueries on small tables. */
function ask(query: EventQuery): Asked {
  const search = searchOf(query, 20);
  if (!search) throw new Error('no words');
  return explain((plain) => reads.events(plain, search).length);
}

function explain(question: (query: Query) => number): Asked {
  const plans: string[] = [];
  const all: Query['all'] = (sql, ...values) => {
    for (const { detail } of database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values)) plans.push(String(detail));
    return createQuery(database).all(sql, ...values);
  };
  return { found: question({ ...createQuery(database), all }), plans };
}

test.each<[string, EventQuery]>([
  ['the newest page', {}],
  ['a deep page', { before: '500' }],
  ['a word', { text: 'tower', before: '1500' }],
  ['the beginning of a word', { text: 't' }],
  ['a phrase', { text: '"version added"' }],
  ['the lack of a word', { text: '-tower' }],
  ['three words', { text: 'tower version project' }],
  ['a hook', { hook: hookOf(0) }],
  ['a hook and a word', { hook: hookOf(0), text: 'project' }],
  ['an outcome', { outcome: 'success' }],
  ['an outcome and a hook', { outcome: 'success', hook: hookOf(0) }],
  ['a kind of event', { event: 'dm.*' }],
  ['a part of the name', { name: 'tower' }],
  ['a period', { since: timeAt(100), until: timeAt(900) }],
  ['a period and a word', { text: 'project', since: timeAt(100), until: timeAt(900) }],
])('events by %s come from an index, newest first, without a scan or a sort', (_what, query) => {
  const { plans, found } = ask(query);
  expect(found).toBe(20);
  for (const plan of plans) {
    expect(plan).not.toMatch(/USE TEMP B-TREE FOR ORDER BY/);
    expect(plan).not.toMatch(/^SCAN (?!found VIRTUAL TABLE|event_times|event_kinds|json_each)/);
  }
});

test('what was reported about the same thing is found by its resource and time', () => {
  const { plans, found } = explain((query) => reads.related(query, { id: 1, limit: 20 })?.length ?? -1);
  // These events carry no time.
  expect(found).toBe(0);
  expect(plans).toContainEqual(expect.stringContaining('SEARCH events USING INDEX events_same (resource=?'));
  expect(plans).toContainEqual(expect.stringContaining('SEARCH events USING INDEX events_same (resource>?'));
  expect(plans).toContainEqual(
    expect.stringContaining('SEARCH other USING INDEX events_same (resource=? AND occurred_at=?)'),
  );
  expect(plans).not.toContainEqual(expect.stringMatching(/^SCAN (events|other)/));
});

test('the search index skips to a deep page and ends at its bounds by itself', () => {
  const { plans } = ask({ text: 'tower', before: '500' });
  // M: the words; < and >: the bounds of the ids, which the index applies only to integers.
  expect(plans).toContainEqual(expect.stringMatching(/^SCAN found VIRTUAL TABLE INDEX \d+:M5?[<>]{2}/));
});

test('an event is found in the index by its hook, kind and outcome, also where they never meet', () => {
  const kinds = ['dm.folder.added', 'extraction.finished'] as const;
  const total = kinds.map((event) => ask({ event, text: 'added' }).found);
  expect(total).toEqual([20, 0]);
  expect(ask({ outcome: 'success', text: 'folder' }).found).toBe(0);
  const unknown = ask({ event: 'design.*' });
  expect(unknown.found).toBe(0);
  expect(unknown.plans).not.toContainEqual(expect.stringContaining('VIRTUAL TABLE'));
});

test.each<[string, (query: Query) => unknown]>([
  ['events for jobs', (query) => selectUnprocessedByJobs(query, 10)],
  ['events for notifications', (query) => selectUnannounced(query, 10)],
  ['events for handlers', (query) => selectUnforwarded(query, 10)],
  ['events for the team', (query) => selectUnpublished(query, 0, 10)],
  ['failed jobs', (query) => selectUnexplained(query, 10)],
  ['notifications', (query) => selectUnshown(query, { after: 0, now: 1, latest: 2 }, 10)],
  ['rejections', (query) => selectRejections(query, 10)],
  ['found events', (query) => selectRecoveries(query, 10)],
  ['the history of hooks', (query) => selectHookHistory(query, 10)],
])('what is asked for after every callback is planned once: %s', (_, select) => {
  const query = createQuery(database);
  expect(planned(database, () => select(query))).toEqual({ first: true, later: false });
});

test('what stores a callback, and what adds it to the search index, is planned once', () => {
  const own = new DatabaseSync(join(folder, 'written.sqlite'));
  migrate(own);
  const prepare = createPrepare(own);
  let index = 0;
  const store = (): void => {
    index += 1;
    writes.delivery(prepare, { ...deliveryOf(index), sameBytes: 'repetition', learned: [['urn:a', `name ${index}`]] });
  };
  for (const step of [
    store,
    () => writes.index(prepare),
    () => writes.announce(prepare, { upTo: index, notices: [] }),
  ]) {
    expect(planned(own, step)).toEqual({ first: true, later: false });
  }
  own.close();
});

/** Whether SQLite plans a statement when this runs for the first time, and later: it asks for leave to read each table and column. */
function planned(planning: DatabaseSync, run: () => void): { readonly first: boolean; readonly later: boolean } {
  let count = 0;
  // Statements from before are planned again once this is set.
  planning.setAuthorizer(() => {
    count += 1;
    return constants.SQLITE_OK;
  });
  const plans = (): boolean => {
    count = 0;
    run();
    return count > 0;
  };
  const first = plans();
  // A step that is out of time leaves statements to the next one; what is planned at each use is planned by all of them.
  const later = Array.from({ length: 10 }, plans).every((isPlanned) => isPlanned);
  planning.setAuthorizer(null);
  return { first, later };
}
