import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { createEvents, type EventQuery, type Events } from '../../main/engine/storage/events.ts';
import { openLedger } from '../../main/engine/storage/index.ts';
import { connectionOf, createVariedStore, firstTime, hookOf, secondsBetween } from './varied-store.ts';

/**
 * `npm run bench -- search --events 1000000`: how long a page of a fixed set of queries takes in a store of varied events,
 * and how long the main thread is busy or blocked meanwhile. `--store FILE` reads a store that is there already.
 */

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '15' },
    store: { type: 'string' },
  },
});
const count = Number(values.events);
const rounds = Number(values.rounds);

const timeAt = (share: number): string =>
  new Date(firstTime + Math.floor(count * share) * secondsBetween * 1000).toISOString();
const idAt = (share: number): string => String(Math.floor(count * share));

/** Each gives one page of 100 events, or all there are. */
const queries: readonly (readonly [name: string, query: EventQuery])[] = [
  ['the newest page', {}],
  ['a deep page', { before: idAt(0.1) }],
  ['a rare word', { text: 'lighthouse' }],
  ['a word of no event', { text: 'cathedral' }],
  ['a common word', { text: 'tower' }],
  ['a common word, deep', { text: 'tower', before: idAt(0.02) }],
  ['the word of every event', { text: 'project' }],
  ['the word of every event, deep', { text: 'project', before: idAt(0.02) }],
  ['a prefix of one letter', { text: 't' }],
  ['a prefix of two letters', { text: 'to' }],
  ['a rare prefix, deep', { text: 'zz', before: idAt(0.5) }],
  ['a substring', { text: 'ghthou' }],
  ['a common substring, deep', { text: 'owe', before: idAt(0.02) }],
  ['three common words', { text: 'tower version structural' }],
  ['three words, one rare', { text: 'lighthouse translation project' }],
  ['words that never meet', { text: 'tower bridge hospital' }],
  ['a phrase', { text: '"version added"' }],
  ['a word without another', { text: 'tower -added' }],
  ['without a common word', { text: '-version' }],
  ['a large hook', { hook: hookOf(0) }],
  ['a small hook', { hook: hookOf(499) }],
  ['a word of a large hook', { text: 'project', hook: hookOf(0) }],
  ['a word of a small hook', { text: 'project', hook: hookOf(499) }],
  ['a rare word of a small hook', { text: 'lighthouse', hook: hookOf(499) }],
  ['a rare outcome', { outcome: 'failed' }],
  ['a common outcome, deep', { outcome: 'success', before: idAt(0.02) }],
  ['a common word with a rare outcome', { text: 'project', outcome: 'failed' }],
  ['a hook with a rare outcome', { hook: hookOf(0), outcome: 'failed' }],
  ['a word that never meets an outcome', { text: 'folder', outcome: 'success' }],
  ['a connection', { connection: connectionOf(19) }],
  ['a kind of event', { event: 'extraction.*' }],
  ['a kind of event that never was', { event: 'design.*' }],
  ['a part of the name', { name: 'ighthous' }],
  ['a day long ago', { since: timeAt(0.1), until: timeAt(0.11) }],
  ['a common word, until long ago', { text: 'tower', until: timeAt(0.02) }],
  ['a rare word, since a short time', { text: 'lighthouse', since: timeAt(0.99) }],
  ['an outcome, until long ago', { outcome: 'success', until: timeAt(0.02) }],
];

const percentile = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.ceil(numbers.length * share) - 1] ?? Number.NaN;
const cell = (milliseconds: number): string => milliseconds.toFixed(1).padStart(8);

interface Measured {
  readonly took: number;
  readonly busy: number;
}

async function measure(events: Events, query: EventQuery): Promise<Measured> {
  const before = performance.eventLoopUtilization();
  const start = performance.now();
  await events.list(query);
  const took = performance.now() - start;
  return { took, busy: performance.eventLoopUtilization(before).active };
}

async function run(events: Events): Promise<void> {
  console.log(`\n${count.toLocaleString('en')} events, ms    p50     p95    main thread busy (p95)`);
  const delays = monitorEventLoopDelay({ resolution: 1 });
  const all: number[] = [];
  await events.list({});
  delays.enable();
  for (const [name, query] of queries) {
    const measured: Measured[] = [];
    for (let round = 0; round < rounds; round += 1) measured.push(await measure(events, query));
    const took = measured.map((one) => one.took);
    all.push(...took);
    const busy = measured.map((one) => one.busy);
    console.log(
      `  ${name.padEnd(34)}${cell(percentile(took, 0.5))}${cell(percentile(took, 0.95))}${cell(percentile(busy, 0.95))}`,
    );
  }
  delays.disable();
  console.log(`  ${'all queries'.padEnd(34)}${cell(percentile(all, 0.5))}${cell(percentile(all, 0.95))}`);
  console.log(`  the main thread's timers were late by ${(delays.percentile(99) / 1e6).toFixed(1)} ms at p99`);
}

const folder = await mkdtemp(join(tmpdir(), 'ringback-bench-'));
try {
  const file = values.store ?? join(folder, 'events.sqlite');
  if (values.store === undefined) createVariedStore(file, count);
  const ledger = await openLedger(file, () => {});
  try {
    await run(createEvents(ledger));
  } finally {
    await ledger.close();
  }
} finally {
  await rm(folder, { recursive: true });
}
