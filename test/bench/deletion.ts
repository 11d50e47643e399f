import { parseArgs } from 'node:util';
import { type Measure, measure, startTarget } from './load.ts';

/**
 * `npm run bench -- deletion --events 900000`: signed callbacks over ten connections while that many events are deleted,
 * and while nothing is; taking turns in one run, since the limit can be raised and lowered at any time.
 */

const { values } = parseArgs({
  options: { events: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '5' } },
});
const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const connections = 10;
/** Seconds until the code is compiled. */
const warmUp = 5;

const ringback = await startTarget('Ringback', 'ringback-target.ts', '--events', values.events);
const ask = async (name: string): Promise<number> => (await ringback.ask?.(name)) ?? Number.NaN;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

interface Round {
  readonly quiet: Measure;
  readonly deleting: Measure;
  /** Events for each second. */
  readonly deleted: number;
}

async function measureRound(): Promise<Round> {
  await ask('keepEvents');
  const quiet = await measure(ringback, connections, seconds);
  await ask('deleteEvents');
  const before = await ask('oldest');
  const deleting = await measure(ringback, connections, seconds);
  return { quiet, deleting, deleted: ((await ask('oldest')) - before) / seconds };
}

try {
  await measure(ringback, connections, warmUp);
  const rounds: Round[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) rounds.push(await measureRound());
  const of = (value: (round: Round) => number): number => median(rounds.map(value));
  const [quiet, deleting] = [of((round) => round.quiet.p99), of((round) => round.deleting.p99)];
  console.log(`\nwhile events are deleted (median of ${values.rounds} rounds of ${seconds} s)`);
  console.log(`  ${of((round) => round.deleted).toFixed(0)} events deleted each second`);
  console.log(`  ${of(({ quiet, deleting }) => deleting.rate / quiet.rate).toFixed(2)} of the rate without`);
  console.log(`  p99 ${deleting} ms, without ${quiet} ms`);
} finally {
  ringback.stop();
}
