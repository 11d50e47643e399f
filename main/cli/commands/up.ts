import type { Command } from 'commander';
import { environmentVariables } from '../../headless/environment.ts';
import { CommandFailure, exitCodes } from '../exit.ts';

interface UpOptions {
  readonly dataDir?: string;
}

/** The headless host needs what this version of Node is the first to have. */
const oldestNode = 24;

/** The host reacts to signals itself: it ends in order. */
export function addUpCommand(program: Command): void {
  program
    .command('up')
    .description('Run the headless host until it is interrupted')
    .addHelpText('after', () => `\nEnvironment:\n${describeVariables()}`)
    .action((_options: object, command: Command) => run(command.optsWithGlobals<UpOptions>()));
}

function describeVariables(): string {
  return environmentVariables.map(([name, meaning]) => `  ${name.padEnd(23)} ${meaning}`).join('\n');
}

async function run({ dataDir }: UpOptions): Promise<void> {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    const message = `The host needs Node ${oldestNode} or later; this is ${process.version}.`;
    throw new CommandFailure(exitCodes.failed, message);
  }
  if (dataDir !== undefined) process.env.RINGBACK_DATA_DIR = dataDir;
  const { runHeadless } = await import('../../headless/index.ts');
  await runHeadless();
}
