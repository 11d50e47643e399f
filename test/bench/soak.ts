import { send, startTarget } from './load.ts';

/**
 * Hours of use in minutes: callbacks, questions of a window and interruptions of the tunnel. Memory must not grow with
 * them; `BENCH_CALLBACKS=200000` is the long form.
 */

const callbacks = Number(process.env.BENCH_CALLBACKS ?? 20_000);
/** The first of them fill caches and compile the code. */
const phases = 10;
const questions = 5;

const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`;

const ringback = await startTarget('Ringback', 'ringback-target.ts');
const ask = async (name: string): Promise<number> => (await ringback.ask?.(name)) ?? Number.NaN;

/** Bytes after a collection: of the process, and of what its main thread has in use. */
interface Memory {
  readonly resident: number;
  readonly heap: number;
}

async function runPhase(): Promise<Memory> {
  await send(ringback, { connections: 10, amount: Math.ceil(callbacks / phases) });
  for (let count = 0; count < questions; count += 1) await ask('window');
  await ask('reconnect');
  return { resident: await ask('memory'), heap: await ask('heap') };
}

function report(name: string, sizes: readonly number[]): void {
  console.log(`\n${name} after each ${callbacks / phases} callbacks: ${sizes.map(megabytes).join(', ')}`);
  console.log(`growth since the second: ${megabytes((sizes.at(-1) ?? 0) - (sizes[1] ?? 0))}`);
}

try {
  const measured: Memory[] = [];
  for (let phase = 0; phase < phases; phase += 1) measured.push(await runPhase());
  report(
    'resident memory',
    measured.map(({ resident }) => resident),
  );
  report(
    'heap of the main thread',
    measured.map(({ heap }) => heap),
  );
} finally {
  ringback.stop();
}
