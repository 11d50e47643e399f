import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { createEvents } from '../../../main/engine/storage/events.ts';
import { type Ledger, openLedger } from '../../../main/engine/storage/ledger.ts';
import { startSearchIndex } from '../../../main/engine/storage/search-index.ts';
import type { DeliveryRow } from '../../../main/engine/storage/tables/index.ts';
import { silentLog } from '../../support/log.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';

const delivery = (title: string, changes: Partial<DeliveryRow> = {}): DeliveryRow => ({
  ...{ hook: 'hook-1', connection: 'connection-1', receivedAt: 1, deliveryId: null, identity: null },
  ...{ system: 'data', event: 'added', title, summary: null, outcome: null, resource: null, occurredAt: null },
  ...{ readable: true, silent: false, verified: 'signature', headers: '{}', body: Buffer.from(title) },
  ...{ names: '', learned: [] },
  ...changes,
});

async function open(titles: readonly string[]) {
  const file = join(await temporaryFolder(), 'events.sqlite');
  const ledger = await openLedger(file, () => {});
  onTestFinished(() => ledger.close());
  await Promise.all(titles.map((title) => ledger.write('delivery', delivery(title))));
  const find = (text: string, more: { hook?: string; limit?: number; before?: string } = {}) =>
    createEvents(ledger).list({ text, ...more });
  const titlesOf = async (text: string) => (await find(text)).events.map(({ title }) => title);
  return { file, ledger, find, titlesOf };
}

const indexed = (ledger: Ledger): number => Number(ledger.one("SELECT value FROM marks WHERE name = 'indexed'")?.value);

async function indexAll(ledger: Ledger): Promise<void> {
  while ((await ledger.write('index', undefined)).more);
}

const titles = [
  'KestrelTower.rvt: version 3 added',
  'Hauptstraße 7.ifc: added',
  '3-Grundriss_EG.dwg: added',
  '設計図面_改訂版.pdf: added',
  '东京塔结构图.dwg: added',
  'แบบแปลนกรุงเทพ.pdf: added',
  'Café Überführung.ifc: added',
  'Σίσυφος.ifc: added',
  'Łódź Ærø Đà Þór.rvt',
  'شَارِع مكـــتبة أحمد.dwg',
  'אֶרֶץ.dwg',
  '🚀launch ❤️ 👩🏽‍🚀 🇳🇱.pdf',
  '서울건설사무소.dwg',
  '北京工程項目A棟.dwg',
  'soft\u00adhyphen zero\u200bwidth.pdf',
  'さくら橋がいど ｶﾞｲﾄﾞ.skp',
  'サクラ ＦＵＬＬ－Ｗ１ 강\u3164남.pdf',
];

const searches = [
  ['tower', [0]],
  ['TOWER rvt', [0]],
  ['strasse', [1]],
  ['STRASSE', [1]],
  ['straße', [1]],
  ['grundriss', [2]],
  ['riss_eg', [2]],
  ['設計図', [3]],
  ['計図面', [3]],
  ['改訂版', [3]],
  ['塔结构', [4]],
  ['กรุงเทพ', [5]],
  ['uberfuhr', [6]],
  ['caf ÜBER', [6]],
  ['eg', [2]],
  ['ΣΊΣΥΦΟΣ', [7]],
  ['"σίσυφος"', [7]],
  ['υφος', [7]],
  ['σισυφοσ', [7]],
  ['lodz', [8]],
  ['ŁÓDŹ', [8]],
  ['aero da', [8]],
  ['thor', [8]],
  ['شارع', [9]],
  ['مكتبه', [9]],
  ['احمد', [9]],
  ['ارع', [9]],
  ['ארץ', [10]],
  ['אֶרֶץ', [10]],
  ['🚀', [11]],
  ['❤', [11]],
  ['👩‍🚀 launch', [11]],
  ['🇳🇱', [11]],
  ['🇩🇪', []],
  ['dwg -🚀 -棟 -건설 -ארץ -شارع -塔 -grundriss', []],
  ['건설', [12]],
  ['소', [12]],
  ['울건', [12]],
  ['設計', [3]],
  ['計図', [3]],
  ['订', []],
  ['工程', [13]],
  ['程項', [13]],
  ['棟', [13]],
  ['a棟', [13]],
  ['"工程"', [13]],
  ['程工', []],
  ['พม', []],
  ['เท', [5]],
  ['softhyphen', [14]],
  ['zerowidth', [14]],
  ['サクラ', [16, 15]],
  ['さくら', [16, 15]],
  ['ｻｸﾗ橋', [15]],
  ['がいど', [15]],
  ['ガイ', [15]],
  ['full w1', [16]],
  ['ｆｕｌｌ', [16]],
  ['강남', [16]],
  ['wer ve', [0]],
  ['wer xy', []],
  ['"*)( -', []],
] as const;

test('a text finds any part of a name, before and after it is in the index', async () => {
  const { ledger, titlesOf } = await open(titles);
  const findAll = () => Promise.all(searches.map(async ([text]) => [text, await titlesOf(text)]));
  const wanted = searches.map(([text, expected]) => [text, expected.map((index) => titles[index])]);
  expect(await findAll()).toEqual(wanted);
  await indexAll(ledger);
  expect(indexed(ledger)).toBe(titles.length);
  expect(await findAll()).toEqual(wanted);
});

test('pages go from the newest to the oldest, across the end of the index, also for one hook', async () => {
  const { ledger, find } = await open(Array.from({ length: 20 }, (_, index) => `Tower ${index}`));
  await indexAll(ledger);
  const more = Array.from({ length: 20 }, (_, index) =>
    ledger.write('delivery', delivery(`Tower ${20 + index}`, { hook: index % 2 === 0 ? 'hook-1' : 'hook-2' })),
  );
  await Promise.all(more);
  const collect = async (hook?: string): Promise<string[]> => {
    const found: string[] = [];
    let before: string | undefined;
    do {
      const page = await find('owe', { limit: 7, ...(hook ? { hook } : {}), ...(before ? { before } : {}) });
      found.push(...page.events.map(({ title }) => title));
      before = page.next;
    } while (before);
    return found;
  };
  expect(await collect()).toEqual(Array.from({ length: 40 }, (_, index) => `Tower ${39 - index}`));
  expect(await collect('hook-2')).toEqual(Array.from({ length: 10 }, (_, index) => `Tower ${39 - 2 * index}`));
});

test('events are indexed in steps, and what is deleted is no longer found', async () => {
  const { ledger, titlesOf } = await open(Array.from({ length: 500 }, (_, index) => `Tower ${index}`));
  const index = startSearchIndex({ ledger, log: silentLog });
  onTestFinished(() => index.stop());
  await until(() => indexed(ledger) === 500);
  await ledger.write('delivery', delivery('Tower, the last'));
  index.request();
  await until(() => indexed(ledger) === 501);
  await ledger.write('announce', { upTo: 501, notices: [] });
  while ((await ledger.write('prune', { before: 0, keep: 1, bytes: 1e12, most: 200 })) > 0);
  expect(await titlesOf('tower')).toEqual(['Tower, the last']);
});

test('events are found by their kind also where there are more kinds than the index remembers', async () => {
  const { ledger } = await open([]);
  const kinds = Array.from({ length: 520 }, (_, index) => `kind.${index}`);
  await Promise.all(kinds.map((event) => ledger.write('delivery', delivery(event, { event }))));
  await indexAll(ledger);
  const events = createEvents(ledger);
  const found = async (event: string) => (await events.list({ event })).events.map(({ title }) => title);
  expect(await found('kind.3')).toEqual(['kind.3']);
  expect(await found('kind.51*')).toEqual([...kinds.slice(510).toReversed(), 'kind.51']);
  expect(ledger.one('SELECT count(*) AS count FROM event_kinds')?.count).toBe(501);
});

test('a search says that it may miss events while more wait for the index than are looked through', async () => {
  const { ledger, find, titlesOf } = await open(['Tower, the first']);
  await Promise.all(Array.from({ length: 5000 }, () => ledger.write('delivery', delivery('House'))));
  expect(await titlesOf('tower')).toEqual([]);
  expect((await find('tower')).indexing).toBe(true);
  expect((await find('')).indexing).toBeUndefined();
  await ledger.write('index', undefined);
  expect(await titlesOf('tower')).toEqual(['Tower, the first']);
  expect((await find('tower')).indexing).toBeUndefined();
});

test('it says so, too, while events are in the index as an earlier version wrote them', async () => {
  const { file, ledger, find } = await open(['がいど', 'Tower']);
  await indexAll(ledger);
  expect((await find('tower')).indexing).toBeUndefined();
  const former = new DatabaseSync(file);
  former.exec("UPDATE marks SET value = 2 WHERE name = 'outdated'");
  former.close();
  expect((await find('tower')).indexing).toBe(true);
  await indexAll(ledger);
  expect((await find('tower')).indexing).toBeUndefined();
});
