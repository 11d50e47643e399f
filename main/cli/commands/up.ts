import type { Command } from 'commander';
import { environmentVariables } from '../../headless/environment.ts';
import { storeCompiledCode } from '../compiled-code.ts';
import { CommandFailure, exitCodes } from '../exit.ts';
import { statusMessages } from '../messages/index.ts';
import type { Say, Terminal } from '../terminal.ts';

interface UpOptions {
  readonly dataDir?: string;
  readonly config?: string;
}

/** The first version of Node that has what the headless host needs. */
const oldestNode = 24;

/** The host handles signals itself, to shut down in order. */
export function addUpCommand(program: Command, { say }: Terminal): void {
  const { up, upConfig, upEnvironment, upRemarks } = statusMessages;
  program
    .command('up')
    .description(say(up()))
    .option('--config <file>', say(upConfig()))
    .addHelpText('after', () => `\n${say(upEnvironment())}\n${describeVariables(say)}\n\n${say(upRemarks())}`)
    .action((_options: object, command: Command) => run(command.optsWithGlobals<UpOptions>(), say));
}

function describeVariables(say: Say): string {
  const width = Math.max(...environmentVariables.map(([name]) => name.length));
  const plain = (meaning: string): string => meaning.replaceAll('`', '');
  return environmentVariables
    .map(([name, text]) => {
      const meaning = say({ code: `environment.${name}`, params: {}, text });
      return `  ${name.padEnd(width)}  ${plain(meaning)}`;
    })
    .join('\n');
}

async function run({ dataDir, config }: UpOptions, say: Say): Promise<void> {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    const { version } = process;
    throw new CommandFailure(exitCodes.failed, statusMessages.upOldNode({ oldest: oldestNode, version }));
  }
  if (dataDir !== undefined) process.env.RINGBACK_DATA_DIR = dataDir;
  if (config !== undefined) process.env.RINGBACK_CONFIG = config;
  storeCompiledCode();
  const { runHeadless } = await import('../../headless/index.ts');
  await runHeadless(say);
}
