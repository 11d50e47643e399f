import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildCommand } from '../../../build/cli.ts';

/** The files that Node runs where a test starts a process, and the folder of the threads that an engine starts. */
interface Programs {
  readonly host: string;
  readonly command: string;
  /** The engine starts those beside its modules where absent. */
  readonly threads?: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly programs: Programs;
  }
}

const sources: Programs = { host: 'main/headless/index.ts', command: 'main/cli/index.ts' };
const built: Programs = { host: 'out/cli/headless.js', command: 'out/cli/index.js', threads: 'out/cli' };
const root = resolve(import.meta.dirname, '../../..');

/** Built, which start in a third of the processor time; the sources while tests are watched, since those change. */
export async function setup({ provide, vitest }: TestProject): Promise<void> {
  const { watch } = vitest.config;
  if (!watch) await buildCommand();
  const { host, command, threads } = watch ? sources : built;
  provide('programs', {
    ...{ host: join(root, host), command: join(root, command) },
    ...(threads === undefined ? {} : { threads: join(root, threads) }),
  });
}
