import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createDemoNatsServer, hasNatsServer } from '../../main/demo/index.ts';
import { type Engine, openEngine } from '../../main/engine/index.ts';
import { connectNats } from '../../main/platform/nats/index.ts';
import { fileFetch } from '../support/file-fetch.ts';
import { memoryStore, mirrorCipher } from '../support/memory-store.ts';
import { type Measure, measure, send, startTarget, type Target } from './load.ts';

/**
 * A team at a real nats-server on this computer: what publishing costs a callback, how long a member that slept needs for
 * what it missed, how late events reach 50 members, and what an outage of the server costs. `--events` of the outage.
 */

const { values } = parseArgs({ options: { events: { type: 'string' } } });
const outageEvents = Number(values.events ?? process.env.BENCH_EVENTS ?? 10_000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const missedEvents = 10_000;
const liveMembers = 50;
const liveRate = 20;

if (!hasNatsServer()) {
  console.log('skipped: nats-server is not installed');
  process.exit();
}

const folder = mkdtempSync(join(tmpdir(), 'ringback-bench-team-'));
const server = await createDemoNatsServer(folder);
const team = await startTarget('publishing', 'ringback-target.ts', String(server.port), folder);
const alone = await startTarget('not publishing', 'ringback-target.ts');
const engines: Engine[] = [];

interface Member {
  readonly engine: Engine;
  readonly database: DatabaseSync;
}

const configure = (): Promise<void> => server.configure(readFileSync(join(folder, 'nats.conf'), 'utf8'));
const askTeam = async (question: string): Promise<number> => (await team.ask?.(question)) ?? Number.NaN;

async function invite(): Promise<string> {
  const number = await askTeam('invite');
  await configure();
  return readFileSync(join(folder, `${number}.invitation`), 'utf8');
}

async function openMember(invitation: string): Promise<Member> {
  const own = mkdtempSync(join(folder, 'member-'));
  const engine = await openEngine({
    connectors: [],
    ports: {
      ...{ folder: own, version: '0', desktop: false, store: memoryStore(), cipher: mirrorCipher },
      ...{ fetch, fetchFile: fileFetch, connectBroker: connectNats },
      ...{ notify: () => {}, open: async () => false, now: Date.now, log: () => {} },
    },
  });
  engines.push(engine);
  const reply = await engine.ask('team.join', { invitation });
  if (!reply.ok) throw new Error(reply.problem.message);
  return { engine, database: new DatabaseSync(join(own, 'events.sqlite'), { readOnly: true }) };
}

function countOf({ database }: Member): number {
  return Number(database.prepare('SELECT count(*) AS count FROM events').get()?.count);
}

async function until(condition: () => boolean | Promise<boolean>): Promise<number> {
  const started = performance.now();
  while (!(await condition())) await delay(20);
  return (performance.now() - started) / 1000;
}

const isPublished = async (): Promise<boolean> => (await askTeam('behind')) === 0;

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

async function measurePublishing(): Promise<void> {
  const taken = new Map<Target, Measure[]>([
    [alone, []],
    [team, []],
  ]);
  for (const target of [alone, team]) await measure(target, 10, seconds);
  for (let round = 0; round < rounds; round += 1)
    for (const [target, measures] of taken) {
      measures.push(await measure(target, 10, seconds));
      await until(isPublished);
    }
  const of = (target: Target, key: keyof Measure): number => median((taken.get(target) ?? []).map((one) => one[key]));
  for (const target of [alone, team])
    console.log(
      `  ${target.name.padEnd(15)} ${of(target, 'rate').toFixed(0)}/s   p50 ${of(target, 'p50')} ms   p99 ${of(target, 'p99')} ms   ${of(target, 'cpu').toFixed(2)} ms of CPU time each`,
    );
  for (const target of [alone, team]) {
    const { p50, p99 } = await measure(target, 10, seconds, 100);
    console.log(`  ${target.name.padEnd(15)} at 100/s   p50 ${p50} ms   p99 ${p99} ms`);
  }
  console.log(`  at full load publishing is ${(of(team, 'rate') / of(alone, 'rate')).toFixed(2)} of it`);
}

async function measureMissed(): Promise<Member> {
  const invitation = await invite();
  await send(team, { connections: 10, amount: missedEvents });
  await until(isPublished);
  const member = await openMember(invitation);
  const taken = await until(() => countOf(member) >= missedEvents);
  console.log(`  a member that slept has ${missedEvents} events after ${taken.toFixed(1)} s`);
  return member;
}

async function measureLive(): Promise<void> {
  const delays: number[] = [];
  const invitations: string[] = [];
  for (let number = 0; number < liveMembers; number += 1) invitations.push(await invite());
  const members = await Promise.all(invitations.map(openMember));
  const before = members.map(countOf);
  for (const { engine } of members)
    engine.listen((change) => {
      if (change.type === 'event') delays.push(Date.now() - Date.parse(change.event.receivedAt));
    });
  await delay(3000);
  const amount = liveRate * seconds * 2;
  await send(team, { connections: 2, overallRate: liveRate, amount });
  await until(() => members.every((member, index) => countOf(member) - (before[index] ?? 0) >= amount));
  const sorted = delays.sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
  console.log(`  ${liveMembers} members, ${liveRate} events/s: stored after p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}

async function measureOutage(member: Member): Promise<void> {
  const before = countOf(member);
  await server.stop();
  await send(team, { connections: 10, amount: outageEvents });
  await configure();
  const taken = await until(async () => countOf(member) - before >= outageEvents && (await isPublished()));
  const repeated = member.database.prepare('SELECT count(*) AS count FROM events WHERE deliveries > 1').get();
  const lost = outageEvents - (countOf(member) - before);
  console.log(
    `  ${outageEvents} events during an outage: ${Math.max(0, lost)} lost, ${Math.max(0, -lost)} double, ${repeated?.count} came twice and were recognized; caught up after ${taken.toFixed(1)} s`,
  );
}

try {
  await configure();
  await until(isPublished);
  console.log(`callbacks over 10 connections (median of ${rounds} rounds of ${seconds} s)`);
  await measurePublishing();
  const member = await measureMissed();
  await measureOutage(member);
  await measureLive();
} finally {
  for (const engine of engines) await engine.close();
  for (const target of [team, alone]) target.stop();
  await server.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
