import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventQuery, Events } from '../../../main/engine/storage/events.ts';
import { createEvents } from '../../../main/engine/storage/events.ts';
import { type Ledger, openLedger } from '../../../main/engine/storage/ledger.ts';
import type { DeliveryRow } from '../../../main/engine/storage/tables/index.ts';

const pattern: DeliveryRow = {
  ...{ hook: 'hook-1', connection: 'acc', receivedAt: 0, deliveryId: null, identity: null, system: 'data' },
  ...{ event: 'dm.version.added', title: 'Tower.rvt: version 3 added', summary: 'Project Files / Structural' },
  ...{ outcome: 'info', resource: 'urn:tower', occurredAt: null, readable: true, silent: false },
  ...{ verified: 'signature', headers: '{}', body: Buffer.from('{}'), names: 'Tower.rvt', learned: [] },
};

const rows: readonly Partial<DeliveryRow>[] = [
  { title: 'Tower.rvt: version 1 added' },
  { title: 'Translation of Tower.rvt failed', event: 'extraction.finished', outcome: 'failed', connection: 'forma' },
  { title: 'Pump.ipt deleted', event: 'dm.version.deleted', summary: 'Project Files / MEP', hook: 'hook-2' },
  { title: 'Discount 50%_off.pdf added', event: null, outcome: null, summary: null },
  { title: 'Watchtower.rvt: added version 2', event: 'dmXversion', outcome: 'success' },
];

let folder: string;
let ledger: Ledger;
let events: Events;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringback-'));
  ledger = await openLedger(join(folder, 'events.sqlite'), () => {});
  events = createEvents(ledger);
  for (const [index, row] of rows.entries())
    await ledger.write('delivery', { ...pattern, receivedAt: Date.UTC(2026, 0, index + 1), ...row });
});

afterAll(async () => {
  await ledger.close();
  await rm(folder, { recursive: true, force: true });
});

const everything = [5, 4, 3, 2, 1];

test.each<[string, EventQuery, number[]]>([
  ['nothing given', {}, everything],
  ['an outcome', { outcome: 'failed' }, [2]],
  ['an event by its whole name', { event: 'dm.version.added' }, [1]],
  ['an event by a pattern', { event: 'dm.*' }, [3, 1]],
  ['an event by a pattern with text after the star', { event: '*.finished' }, [2]],
  ['an event whose name holds a character that patterns of SQL know', { event: 'dm_version' }, []],
  ['a connection', { connection: 'forma' }, [2]],
  ['a hook and an outcome', { hook: 'hook-2', outcome: 'info' }, [3]],
  ['a time it must not be older than', { since: '2026-01-04T00:00:00Z' }, [5, 4]],
  ['a time before all', { since: '2020-01-01T00:00:00Z' }, everything],
  ['a time it must be older than', { until: '2026-01-02T01:00:00+01:00' }, [1]],
  ['a range of time', { since: '2026-01-02T00:00:00Z', until: '2026-01-04T00:00:00Z' }, [3, 2]],
  ['a part of the name', { name: 'tower' }, [5, 2, 1]],
  ['a part of the summary', { name: 'files / m' }, [3]],
  ['a part that holds wildcards of SQL', { name: '50%_' }, [4]],
  ['a word', { text: 'tower' }, everything],
  ['a word that must not occur', { text: 'rvt -failed' }, everything.filter((id) => id !== 2)],
  ['only a word that must not occur', { text: '-pump' }, [5, 4, 2, 1]],
  ['a phrase', { text: '"version 1 added"' }, [1]],
  ['a phrase in another order', { text: '"added version"' }, [5]],
  ['a phrase that must not occur', { text: 'added -"version 1"' }, [5, 4]],
  ['a hyphen within a word', { text: 'files-mep' }, [3]],
  ['a phrase without its end', { text: '"version 1' }, [1]],
  ['no word at all', { text: '"*)( -' }, []],
])('events are found by %s', async (_what, query, expected) => {
  const found = await events.list(query);
  expect(found.events.map(({ id }) => Number(id))).toEqual(expected);
});

test('pages of a filtered list follow each other without gap or overlap', async () => {
  const first = await events.list({ event: 'dm.*', limit: 1 });
  const second = await events.list({ event: 'dm.*', limit: 1, before: first.next });
  expect([...first.events, ...second.events].map(({ id }) => id)).toEqual(['3', '1']);
  expect(second.next).toBeUndefined();
});
