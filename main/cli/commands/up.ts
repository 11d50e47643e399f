import type { Command } from 'commander';
import { environmentVariables } from '../../headless/environment.ts';
import { storeCompiledCode } from '../compiled-code.ts';
import { CommandFailure, exitCodes } from '../exit.ts';

interface UpOptions {
  readonly dataDir?: string;
  readonly config?: string;
}

/** The headless host needs what this version of Node is the first to have. */
const oldestNode = 24;

/** The host reacts to signals itself: it ends in order. */
export function addUpCommand(program: Command): void {
  program
    .command('up')
    .description('Run the headless host until it is interrupted')
    .option('--config <file>', 'a file with environment variables, one NAME=value a line')
    .addHelpText('after', () => `\nEnvironment:\n${describeVariables()}\n\n${remarks}`)
    .action((_options: object, command: Command) => run(command.optsWithGlobals<UpOptions>()));
}

const remarks = `The environment wins over the file, and both over what is stored in the settings. SIGHUP reads the file again; the
variables before RINGBACK_RECEIVER_BIND take effect at the next start.`;

function describeVariables(): string {
  const width = Math.max(...environmentVariables.map(([name]) => name.length));
  const plain = (meaning: string): string => meaning.replaceAll('`', '');
  return environmentVariables.map(([name, meaning]) => `  ${name.padEnd(width)}  ${plain(meaning)}`).join('\n');
}

async function run({ dataDir, config }: UpOptions): Promise<void> {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    const message = `The host needs Node ${oldestNode} or later; this is ${process.version}.`;
    throw new CommandFailure(exitCodes.failed, message);
  }
  if (dataDir !== undefined) process.env.RINGBACK_DATA_DIR = dataDir;
  if (config !== undefined) process.env.RINGBACK_CONFIG = config;
  storeCompiledCode();
  const { runHeadless } = await import('../../headless/index.ts');
  await runHeadless();
}
