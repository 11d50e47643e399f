import { type Measure, measure, startTarget, type Target } from './load.ts';
import { startWebhook } from './webhook-target.ts';

/**
 * Signed 1.3 KB callbacks against Ringback (verify, durable write, 2xx), against the limit of a durable receiver
 * (`limit-target.ts`), and against responders that verify the same and store nothing; taking turns in one run.
 */

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const loads = [1, 10, 50];

const ringback = await startTarget('Ringback', 'ringback-target.ts');
const limit = await startTarget('limit', 'limit-target.ts');
const bare = await startTarget('node:http', 'plain-target.ts', 'http');
const express = await startTarget('express', 'plain-target.ts', 'express');
const webhook = await startWebhook();
if (!webhook) console.log('skipped: adnanh/webhook is not installed');
const targets: readonly Target[] = [ringback, limit, bare, express, ...(webhook ? [webhook] : [])];

const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
function middle(measures: readonly Measure[]): Measure {
  const of = (key: keyof Measure): number => median(measures.map((one) => one[key]));
  return { rate: of('rate'), p50: of('p50'), p99: of('p99'), cpu: of('cpu') };
}

function describe({ rate, p50, p99, cpu }: Measure): string {
  const used = Number.isNaN(cpu) ? '' : `   CPU ${cpu.toFixed(2)} ms each`;
  return `${rate.toFixed(0).padStart(6)}/s   p50 ${p50} ms   p99 ${p99} ms${used}`;
}

/** The median of each target, which take turns in every round. */
async function compare(connections: number): Promise<ReadonlyMap<Target, Measure>> {
  const taken = new Map<Target, Measure[]>(targets.map((target) => [target, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const target of targets) taken.get(target)?.push(await measure(target, connections, seconds));
  }
  return new Map([...taken].map(([target, measures]) => [target, middle(measures)]));
}

try {
  for (const target of targets) await measure(target, 10, 1);
  for (const connections of loads) {
    console.log(`\n${connections} connections (median of ${rounds} rounds of ${seconds} s)`);
    const results = await compare(connections);
    const own = results.get(ringback)?.rate ?? Number.NaN;
    for (const [{ name }, measured] of results) {
      const ratio = name === ringback.name ? '' : `   Ringback is ${(own / measured.rate).toFixed(2)} of it`;
      console.log(`  ${name.padEnd(15)} ${describe(measured)}${ratio}`);
    }
  }
  console.log('\nat 200/s over 10 connections');
  for (const target of [ringback, limit]) {
    console.log(`  ${target.name.padEnd(15)} ${describe(await measure(target, 10, seconds * 2, 200))}`);
  }
} finally {
  for (const target of targets) target.stop();
}
