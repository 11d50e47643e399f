import { syncTime } from './disk.ts';
import { type Measure, measure, startTarget, type Target } from './load.ts';
import { startWebhook } from './webhook-target.ts';

/**
 * `npm run bench`: signed 1.3 KB callbacks against Ringback (verify, durable write, 2xx) and against responders that
 * verify the same and store nothing, taking turns in one run. On a noisy machine only the ratios mean something.
 */

console.log(`this disk takes ${syncTime().toFixed(1)} ms for a synced write of 64 KB`);

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const loads = [1, 10, 50];

const ringback = await startTarget('Ringback', 'ringback-target.ts');
const others: Target[] = [
  await startTarget('node:http', 'plain-target.ts', 'http'),
  await startTarget('express', 'plain-target.ts', 'express'),
];
const webhook = await startWebhook();
if (webhook) others.push(webhook);
else console.log('skipped: adnanh/webhook is not installed');
const targets = [ringback, ...others];

const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
function middle(measures: readonly Measure[]): Measure {
  const of = (key: keyof Measure): number => median(measures.map((one) => one[key]));
  return { rate: of('rate'), p50: of('p50'), p99: of('p99') };
}

try {
  for (const target of targets) await measure(target, 10, 1);
  for (const connections of loads) {
    const taken = new Map<Target, Measure[]>(targets.map((target) => [target, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const target of targets) taken.get(target)?.push(await measure(target, connections, seconds));
    }
    const own = middle(taken.get(ringback) ?? []);
    console.log(`\n${connections} connections (median of ${rounds} rounds of ${seconds} s)`);
    for (const [target, measures] of taken) {
      const { rate, p50, p99 } = middle(measures);
      const ratio = target === ringback ? '' : `   Ringback is ${(own.rate / rate).toFixed(2)} of it`;
      console.log(
        `  ${target.name.padEnd(15)} ${rate.toFixed(0).padStart(6)}/s   p50 ${p50} ms   p99 ${p99} ms${ratio}`,
      );
    }
  }
  const calm = await measure(ringback, 10, seconds * 2, 200);
  console.log(`\nat 200/s over 10 connections   Ringback p50 ${calm.p50} ms   p99 ${calm.p99} ms`);
} finally {
  for (const target of targets) target.stop();
}
