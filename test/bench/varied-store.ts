import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from '../../main/engine/storage/schema.ts';
import { createPrepare, type DeliveryRow, writes } from '../../main/engine/storage/tables/index.ts';

/** Events of a store for measurements: names, hooks, outcomes and sizes as a large account has them, the same at every run. */

export const firstTime = Date.UTC(2026, 0, 1);
export const secondsBetween = 8;
/** Every so many events one is of the rare kind. */
export const rareEvery = 50_000;

const syllables = 'bar cen del fir gal hol jun kes lor mar nor pel qui ros sal tor und vel wes zan'.split(' ');
const buildings = ['Tower', 'Bridge', 'Hospital', 'School', 'Station', 'Museum', 'Terminal', 'Depot'];
const trades = ['Structural', 'Architecture', 'Plumbing', 'Electrical', 'Landscape', 'Facade'];
const endings = ['rvt', 'dwg', 'ifc', 'nwd', 'pdf', 'ipt'];
const kinds = [
  { event: 'dm.version.added', text: 'version added', outcome: 'info' },
  { event: 'dm.version.modified', text: 'version modified', outcome: 'info' },
  { event: 'dm.folder.added', text: 'folder added', outcome: null },
  { event: 'extraction.finished', text: 'translation finished', outcome: 'success' },
] as const;

/** 500 hooks, of which the first few get most of the events. */
export const hookOf = (number: number): string => uuidOf(`hook ${number}`);
export const connectionOf = (number: number): string => uuidOf(`connection ${number}`);

/** Writes `count` events and their search index into a new file, without syncs. */
export function createVariedStore(file: string, count: number): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000');
  migrate(database);
  const prepare = createPrepare(database);
  for (let first = 0; first < count; first += 10_000) {
    database.exec('BEGIN');
    for (let index = first; index < Math.min(first + 10_000, count); index += 1)
      writes.delivery(prepare, deliveryOf(index));
    // Nothing is done about them when an engine opens the file.
    database.exec(
      "UPDATE marks SET value = (SELECT max(id) FROM events) WHERE name IN ('announced', 'followed', 'forwarded')",
    );
    while (writes.index(prepare).more);
    database.exec('COMMIT');
  }
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

export function deliveryOf(index: number): DeliveryRow {
  const pick = createPicker(index);
  const isRare = index % rareEvery === rareEvery / 2;
  const kind = isRare
    ? { event: 'extraction.finished', text: 'translation failed', outcome: 'failed' }
    : (kinds[pick(kinds.length)] ?? kinds[0]);
  const file = `${isRare ? 'Lighthouse' : buildings[pick(8)]}-${wordOf(pick)}-${pick(10_000)}.${endings[pick(6)]}`;
  // The third power: the first hooks get most.
  const hook = Math.floor((pick(10_000) / 10_000) ** 3 * 500);
  const summary = `Project ${wordOf(pick)} ${pick(200)} / ${trades[pick(6)]} / ${wordOf(pick)}`;
  return {
    ...{
      hook: hookOf(hook),
      connection: connectionOf(hook % 20),
      receivedAt: firstTime + index * secondsBetween * 1000,
    },
    ...{ deliveryId: uuidOf(`delivery ${index}`), identity: null, system: kind.event.split('.')[0] ?? null },
    ...{ event: kind.event, title: `${file}: ${kind.text}`, summary, outcome: kind.outcome },
    ...{ resource: `urn:adsk.wipprod:dm.lineage:${uuidOf(`file ${pick(100_000)}`)}`, occurredAt: null },
    ...{ readable: true, silent: true, verified: 'signature', headers, body: bodyOf(index, file) },
    ...{ names: `${file} ${summary}`, learned: [] },
  };
}

const headers = JSON.stringify({ 'content-type': 'application/json', 'x-adsk-signature': 'sha1hash=0123456789' });

function bodyOf(index: number, file: string): Buffer {
  const payload = { name: file, ext: file.split('.').pop(), size: index, padding: 'x'.repeat(900) };
  return Buffer.from(JSON.stringify({ version: '1.0', resourceUrn: uuidOf(`urn ${index}`), payload }));
}

const wordOf = (pick: (below: number) => number): string =>
  Array.from({ length: 3 }, () => syllables[pick(syllables.length)]).join('');

/** Numbers that look random, the same for each index. */
function createPicker(index: number): (below: number) => number {
  let state = (index + 1) * 2_654_435_761;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
    return (state >>> 4) % below;
  };
}

function uuidOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
