import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildCommand } from '../../build/cli.ts';
import { createVariedStore } from './varied-store.ts';

/**
 * `npm run bench -- start --events 1000000`: until the headless host is ready, the processor's time until then, and its
 * resident memory when it has been idle, with an empty store and a full one; from the bundle and from the sources, taking
 * turns in one run. `--store FILE` copies a store that is there already.
 */

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    store: { type: 'string' },
  },
});
const root = join(import.meta.dirname, '..', '..');
/** Milliseconds after which what the start left over is done. */
const settling = 3_000;
/** Linux counts a process's time in hundredths of a second. */
const tick = 10;

interface Started {
  readonly ready: number;
  readonly processor: number;
  readonly resident: number;
}

const programs = {
  bundle: [join(root, 'out', 'cli', 'index.js'), 'up'],
  sources: [join(root, 'main', 'headless', 'index.ts')],
} as const;

async function start(program: readonly string[], folder: string): Promise<Started> {
  const env = { ...process.env, RINGBACK_DATA_DIR: folder, RINGBACK_KEYRING: 'off', RINGBACK_PORT: '0' };
  const startedAt = performance.now();
  const child = spawn(process.execPath, program, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  await once(createInterface(child.stdout), 'line');
  const ready = performance.now() - startedAt;
  const processor = processorTime(child.pid ?? 0);
  await delay(settling);
  const resident = residentMegabytes(child.pid ?? 0);
  child.kill();
  await once(child, 'exit');
  return { ready, processor, resident };
}

function processorTime(pid: number): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) * tick;
}

function residentMegabytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return (Number(kilobytes) * 1024) / 1e6;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

async function compare(title: string, folder: string): Promise<void> {
  const measured = { bundle: [] as Started[], sources: [] as Started[] };
  for (let round = 0; round < Number(values.rounds); round += 1) {
    measured.bundle.push(await start(programs.bundle, folder));
    measured.sources.push(await start(programs.sources, folder));
  }
  console.log(`\n${title} (median of ${values.rounds} rounds)   ready   processor   idle memory`);
  for (const [name, list] of Object.entries(measured)) {
    const of = (key: keyof Started): string => median(list.map((one) => one[key])).toFixed(0);
    console.log(`  ${name.padEnd(36)}${of('ready')} ms   ${of('processor')} ms   ${of('resident')} MB`);
  }
}

if (process.platform !== 'linux') {
  console.log('skipped: the memory of a process is read from /proc');
} else {
  await buildCommand();
  const folder = await mkdtemp(join(tmpdir(), 'ringback-bench-'));
  try {
    await compare('an empty store', join(folder, 'empty'));
    const full = join(folder, 'full');
    mkdirSync(full);
    const file = join(full, 'events.sqlite');
    if (values.store === undefined) createVariedStore(file, Number(values.events));
    else copyFileSync(values.store, file);
    await compare(`${Number(values.events).toLocaleString('en')} events`, full);
  } finally {
    await rm(folder, { recursive: true });
  }
}
