import { RingbackError } from '../errors.ts';
import { findProgram, startProgram } from './child-process.ts';
import type { ProviderConnection, ProviderOptions } from './provider.ts';

/** A way that a program of the user's makes while it runs. */
export interface ProcessProvider {
  readonly name: string;
  readonly parameters: readonly string[];
  /** What to do where it is not installed. */
  readonly installHint: string;
  /** The public address, as soon as it can be told from what was said so far; asked after every line, and before the first. */
  findUrl(said: readonly string[]): string | undefined;
  /** Why there is no way (any more); `happened` is what is certain, as "ended". */
  explain(said: readonly string[], happened: string): RingbackError;
  readonly startupGrace: number;
  readonly reconnectGrace?: number;
}

/** Programs connect, sign in and only then tell an address: so many deadlines they get. */
const deadlines = 2;
const mostLines = 100;

export async function openProcessProvider(way: ProcessProvider, options: ProviderOptions): Promise<ProviderConnection> {
  const { name, parameters, startupGrace: settles, reconnectGrace: repairs } = way;
  const file = await findProgram(name, options.environment);
  if (!file)
    throw new RingbackError('conflict', `The program ${name} was not found on this computer. ${way.installHint}`);
  const told = Promise.withResolvers<string>();
  told.promise.catch(() => {});
  const said: string[] = [];
  const look = (): void => {
    const url = way.findUrl(said);
    if (url !== undefined) told.resolve(url);
  };
  const program = startProgram(file, parameters, {
    environment: options.environment,
    line(text) {
      if (text === '') return;
      said.push(text);
      if (said.length > mostLines) said.shift();
      look();
    },
  });
  look();
  let closing = false;
  program.ended.then(() => {
    if (closing) return;
    const reason = way.explain(said, 'ended');
    told.reject(reason);
    options.onInterrupted(reason);
  });
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(deadlines * options.deadline)]);
  signal.addEventListener('abort', () => told.reject(way.explain(said, 'told no public address in time')), {
    once: true,
  });
  const close = (): Promise<void> => {
    closing = true;
    return program.stop();
  };
  try {
    const url = await told.promise;
    options.signal.throwIfAborted();
    return { url, startupGrace: settles, ...(repairs === undefined ? {} : { reconnectGrace: repairs }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The last thing it said, for the end of a sentence. */
export function lastLine(said: readonly string[]): string {
  const last = said
    .at(-1)
    ?.slice(0, 200)
    .replace(/[\s.]+$/, '');
  return last ? ` (it said: ${last})` : '';
}
