import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchOf } from '../../../main/engine/storage/event-search.ts';
import type { EventQuery } from '../../../main/engine/storage/events.ts';
import { createQuery, type Query, reads } from '../../../main/engine/storage/tables/index.ts';
import { createVariedStore, firstTime, hookOf, secondsBetween } from '../../bench/varied-store.ts';

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
  const plans: string[] = [];
  const all: Query['all'] = (sql, ...values) => {
    for (const { detail } of database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values)) plans.push(String(detail));
    return createQuery(database).all(sql, ...values);
  };
  const search = searchOf(query, 20);
  if (!search) throw new Error('no words');
  return { plans, found: reads.events({ ...createQuery(database), all }, search).length };
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
