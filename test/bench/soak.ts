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

async function runPhase(): Promise<number> {
  await send(ringback, { connections: 10, amount: Math.ceil(callbacks / phases) });
  for (let count = 0; count < questions; count += 1) await ask('window');
  await ask('reconnect');
  return ask('memory');
}

try {
  const resident: number[] = [];
  for (let phase = 0; phase < phases; phase += 1) resident.push(await runPhase());
  const [first = 0] = resident.slice(1);
  console.log(`\nmemory after each ${callbacks / phases} callbacks: ${resident.map(megabytes).join(', ')}`);
  console.log(`growth since the second: ${megabytes((resident.at(-1) ?? 0) - first)}`);
} finally {
  ringback.stop();
}
