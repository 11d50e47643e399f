import { Command, CommanderError } from 'commander';
import { HostGoneError } from '../control/index.ts';
import { RingbackError } from '../engine/errors.ts';
import { addBackupCommands } from './commands/backups.ts';
import { addCompletionCommand } from './commands/completion.ts';
import { addConnectionCommands } from './commands/connections.ts';
import { addEventCommands } from './commands/events.ts';
import { addHookCommands } from './commands/hooks.ts';
import { addInstallationCommands } from './commands/installation.ts';
import { addJobCommands } from './commands/jobs.ts';
import { addListenCommands } from './commands/listen.ts';
import { addNotifyCommands } from './commands/notify.ts';
import { addSandboxCommand } from './commands/sandbox.ts';
import { addStatusCommands } from './commands/status.ts';
import { addTeamCommands } from './commands/team.ts';
import { addTransferCommands } from './commands/transfer.ts';
import { addTriggerCommand } from './commands/trigger.ts';
import { addUpCommand } from './commands/up.ts';
import { CommandFailure, type ExitCode, exitCodes } from './exit.ts';
import type { Terminal } from './terminal.ts';

const notes = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no host is running, 4 timed out, 130 interrupted.
Environment: RINGBACK_DATA_DIR (data folder), NO_COLOR (no colors).`;

/** Runs the command that was typed; resolves with its exit code. */
export async function runCommand(words: readonly string[], version: string, terminal: Terminal): Promise<ExitCode> {
  try {
    await createProgram(version, terminal).parseAsync(words, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return isHelp(error) ? exitCodes.done : exitCodes.usage;
    const { exitCode, message } = failureOf(error, terminal);
    if (message) terminal.stderr.write(`${message}\n`);
    return exitCode;
  }
}

function createProgram(version: string, terminal: Terminal): Command {
  const { stdout, stderr } = terminal;
  const program = new Command('ringback')
    .description('Webhooks of Autodesk Platform Services and Autoflex10 on this computer')
    .version(version, '--version')
    .option('--json', 'print JSON: one document, or one object a line')
    .option('--data-dir <folder>', 'the data folder of the host')
    .option('--quiet', 'print results and errors alone')
    .addHelpText('after', notes)
    .showHelpAfterError('Run the command with --help to see how it is used.')
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .exitOverride();
  addUpCommand(program);
  addStatusCommands(program, terminal);
  addInstallationCommands(program, terminal);
  addConnectionCommands(program, terminal);
  addHookCommands(program, terminal);
  addEventCommands(program, terminal);
  addListenCommands(program, terminal);
  addTriggerCommand(program, terminal);
  addJobCommands(program, terminal);
  addBackupCommands(program, terminal);
  addNotifyCommands(program, terminal);
  addTransferCommands(program, terminal);
  addTeamCommands(program, terminal);
  addSandboxCommand(program, terminal);
  addCompletionCommand(program, terminal);
  return program;
}

function isHelp({ code }: CommanderError): boolean {
  return code === 'commander.helpDisplayed' || code === 'commander.version';
}

function failureOf(error: unknown, { signal }: Terminal): Pick<CommandFailure, 'exitCode' | 'message'> {
  if (signal.aborted) return { exitCode: exitCodes.interrupted, message: '' };
  if (error instanceof CommandFailure) return error;
  if (error instanceof RingbackError)
    return { exitCode: error.code === 'invalid-input' ? exitCodes.usage : exitCodes.failed, message: error.message };
  if (error instanceof HostGoneError)
    return {
      exitCode: exitCodes.noHost,
      message: `${error.message} What it was doing continues when it starts again.`,
    };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exitCode: exitCodes.failed, message: `This is a bug in Ringback: ${text}` };
}
