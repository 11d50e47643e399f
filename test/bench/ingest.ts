import { setTimeout as delay } from 'node:timers/promises';
import { type Measure, measure, send, startTarget, type Target } from './load.ts';
import { startWebhook } from './webhook-target.ts';

/**
 * Signed 1.3 KB callbacks against Ringback (verify, durable write, 2xx), against the limit of a durable receiver
 * (`limit-target.ts`), and against responders that verify the same and store nothing; taking turns in one run.
 */

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const loads = [1, 10, 50];
/** Seconds until the code is compiled. */
const warmUp = 5;

const ringback = await startTarget('Ringback', 'ringback-target.ts');
const limit = await startTarget('limit', 'limit-target.ts');
const bare = await startTarget('node:http', 'plain-target.ts', 'http');
const express = await startTarget('express', 'plain-target.ts', 'express');
const targets: readonly Target[] = [ringback, limit, bare, express];

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

type Results = ReadonlyMap<string, readonly Measure[]>;

/** What each target did in each round, in which they take turns. */
async function compare(connections: number): Promise<Results> {
  const taken = new Map<string, Measure[]>();
  const turn = async (target: Target): Promise<void> => {
    const measures = taken.get(target.name) ?? [];
    taken.set(target.name, [...measures, await measure(target, connections, seconds)]);
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const target of targets) await turn(target);
    await takeTurnOfWebhook(turn);
  }
  return taken;
}

/** It answers first and runs a program for each callback afterwards, which would be at the cost of the next turn: so it is ended. */
async function takeTurnOfWebhook(turn: (target: Target) => Promise<void>): Promise<void> {
  const webhook = await startWebhook();
  if (!webhook) return;
  await turn(webhook);
  webhook.stop();
  await delay(1000);
}

/** The median of the ratios within a round: what disturbs a round disturbs both. */
function ratio(own: readonly Measure[], others: readonly Measure[], of: 'rate' | 'cpu'): string {
  return median(own.map((one, round) => one[of] / (others[round]?.[of] ?? Number.NaN))).toFixed(2);
}

/** Commits for each delivery over one connection, before anything else: no figure depends less on the machine. */
async function commitsPerDelivery(): Promise<number> {
  const amount = 200;
  const before = (await ringback.ask?.('commits')) ?? Number.NaN;
  await send(ringback, { connections: 1, amount });
  return (((await ringback.ask?.('commits')) ?? Number.NaN) - before) / amount;
}

try {
  console.log(`commits for each delivery over one connection: ${(await commitsPerDelivery()).toFixed(2)}`);
  for (const target of targets) await measure(target, 10, warmUp);
  for (const connections of loads) {
    console.log(`\n${connections} connections (median of ${rounds} rounds of ${seconds} s)`);
    const results = await compare(connections);
    const own = results.get(ringback.name) ?? [];
    for (const [name, measures] of results) {
      const isKnown = !Number.isNaN(measures[0]?.cpu ?? Number.NaN);
      const cpu = isKnown ? `, its CPU time ${ratio(own, measures, 'cpu')} times` : '';
      const compared = name === ringback.name ? '' : `   Ringback is ${ratio(own, measures, 'rate')} of it${cpu}`;
      console.log(`  ${name.padEnd(15)} ${describe(middle(measures))}${compared}`);
    }
    if (!results.has('adnanh/webhook')) console.log('  skipped: adnanh/webhook is not installed');
  }
  console.log('\nat 200/s over 10 connections');
  for (const target of [ringback, limit]) {
    console.log(`  ${target.name.padEnd(15)} ${describe(await measure(target, 10, seconds * 2, 200))}`);
  }
} finally {
  for (const target of targets) target.stop();
}
