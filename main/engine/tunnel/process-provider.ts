import { RingbackError } from '../errors.ts';
import { findProgram, startProgram } from './child-process.ts';
import type { Way, WayOptions } from './provider.ts';

/** A way that a program of the user's makes while it runs. */
export interface ProgramWay {
  readonly name: string;
  readonly parameters: readonly string[];
  /** What to do where it is not installed. */
  readonly missing: string;
  /** The public address, as soon as it can be told from what was said so far; asked after every line, and before the first. */
  ready(said: readonly string[]): string | undefined;
  /** Why there is no way (any more); `happened` is what is certain, as "ended". */
  explain(said: readonly string[], happened: string): RingbackError;
  readonly settles: number;
  readonly repairs?: number;
}

/** Programs connect, sign in and only then tell an address: so many deadlines they get. */
const deadlines = 2;
const mostLines = 100;

export async function openProgramWay(way: ProgramWay, options: WayOptions): Promise<Way> {
  const { name, parameters, settles, repairs } = way;
  const file = await findProgram(name, options.environment);
  if (!file) throw new RingbackError('conflict', `The program ${name} was not found on this computer. ${way.missing}`);
  const told = Promise.withResolvers<string>();
  told.promise.catch(() => {});
  const said: string[] = [];
  const look = (): void => {
    const url = way.ready(said);
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
    options.trouble(reason);
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
    return { url, settles, ...(repairs === undefined ? {} : { repairs }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The last thing it said, for the end of a sentence. */
export function lastWords(said: readonly string[]): string {
  const last = said
    .at(-1)
    ?.slice(0, 200)
    .replace(/[\s.]+$/, '');
  return last ? ` (it said: ${last})` : '';
}
