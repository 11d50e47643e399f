import { RingbackError } from '../../errors.ts';
import type { Message, ProgramOutcome } from '../../messages/index.ts';
import { findProgram, startProgram } from './child-process.ts';
import type { ProviderConnection, ProviderOptions } from './provider.ts';

/** A provider whose connection lasts while a program of the user's runs. */
interface ProcessProvider {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Says how to install it where it is missing. */
  readonly missing: Message;
  /** The public URL, as soon as the output contains it; called before the first line and after each. */
  findUrl(output: readonly string[]): string | undefined;
  /** Why there is no connection. */
  explain(output: readonly string[], outcome: ProgramOutcome): RingbackError;
  readonly startupGrace: number;
  readonly reconnectGrace?: number;
}

/** Programs connect, sign in and only then print a URL, so they get a multiple of the deadline. */
const deadlineFactor = 2;
const maxLines = 100;

export async function openProcessProvider(
  provider: ProcessProvider,
  options: ProviderOptions,
): Promise<ProviderConnection> {
  const { name, parameters, missing, startupGrace, reconnectGrace } = provider;
  const file = await findProgram(name, options.environment);
  if (!file) throw new RingbackError('conflict', missing);
  const found = Promise.withResolvers<string>();
  found.promise.catch(() => {});
  const output: string[] = [];
  const search = (): void => {
    const url = provider.findUrl(output);
    if (url !== undefined) found.resolve(url);
  };
  const program = startProgram(file, parameters, {
    environment: options.environment,
    onLine(line) {
      if (line === '') return;
      output.push(line);
      if (output.length > maxLines) output.shift();
      search();
    },
  });
  search();
  let closing = false;
  program.ended.then(() => {
    if (closing) return;
    const reason = provider.explain(output, 'ended');
    found.reject(reason);
    options.onInterrupted(reason);
  });
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(deadlineFactor * options.deadline)]);
  signal.addEventListener('abort', () => found.reject(provider.explain(output, 'timed-out')), { once: true });
  const close = (): Promise<void> => {
    closing = true;
    return program.stop();
  };
  try {
    const url = await found.promise;
    options.signal.throwIfAborted();
    return { url, startupGrace, ...(reconnectGrace === undefined ? {} : { reconnectGrace }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The last line of the output, shortened, for the end of a sentence; empty where there is none. */
export function lastLine(output: readonly string[]): string {
  const line = output.at(-1)?.slice(0, 200) ?? '';
  return line.replace(/(?<![\s.])[\s.]+$/, '');
}
