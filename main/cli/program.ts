import { type Command, CommanderError } from 'commander';
import { HostGoneError } from '../control/index.ts';
import { RingbackError } from '../engine/errors.ts';
import { storedMessage } from '../engine/messages/index.ts';
import { TranslatedCommand } from './command.ts';
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
import { languageOf, sayIn } from './language.ts';
import { programMessages } from './messages/index.ts';
import type { CommandProcess, Terminal } from './terminal.ts';

/** Runs the command that was typed; resolves with its exit code. */
export async function runCommand(
  words: readonly string[],
  version: string,
  process: CommandProcess,
): Promise<ExitCode> {
  const ended = new AbortController();
  const signal = AbortSignal.any([process.signal, ended.signal]);
  const terminal: Terminal = { ...process, signal, say: sayIn(await languageOf(words, process)) };
  const lost = outputFailure(process.stdout);
  try {
    await Promise.race([parse(createProgram(version, terminal), words), lost]);
    await Promise.race([flush(process.stdout), lost]);
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return exitCodes.usage;
    const { exitCode, reason } = failureOf(error, terminal);
    if (reason) terminal.stderr.write(`${terminal.say(reason)}\n`);
    return exitCode;
  } finally {
    // A command that waits for changes would go on without an output.
    ended.abort();
  }
}

async function parse(program: Command, words: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError && isHelp(error))) throw error;
  }
}

/** Rejects once standard output cannot be written, as on a full disk: an incomplete file must not count as success. */
function outputFailure(stdout: Terminal['stdout']): Promise<never> {
  const failure = new Promise<never>((_resolve, reject) => {
    stdout.once('error', ({ code, message: reason }: NodeJS.ErrnoException) => {
      // A reader that ended early, such as `head`, is no failure.
      if (code !== 'EPIPE') reject(new CommandFailure(exitCodes.failed, programMessages.outputLost({ reason })));
    });
  });
  failure.catch(() => {});
  return failure;
}

/** Resolves when all output is written, or after the error that says why it is not. */
function flush(stdout: Terminal['stdout']): Promise<void> {
  return new Promise((resolve) => {
    stdout.write('', () => setImmediate(resolve));
  });
}

function createProgram(version: string, terminal: Terminal): Command {
  const { stdout, stderr, say } = terminal;
  const program = new TranslatedCommand('ringback', say)
    .description(say(programMessages.description()))
    .version(version, '--version', say(programMessages.version()))
    .option('--json', say(programMessages.json()))
    .option('--data-dir <folder>', say(programMessages.dataDir()))
    .option('--quiet', say(programMessages.quiet()))
    .helpOption('-h, --help', say(programMessages.help()))
    .helpCommand('help [command]', say(programMessages.help()))
    .addHelpText('after', `\n${say(programMessages.notes())}`)
    .showHelpAfterError(say(programMessages.seeHelp()))
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .exitOverride();
  addUpCommand(program, terminal);
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

function failureOf(error: unknown, { signal }: Terminal): Pick<CommandFailure, 'exitCode' | 'reason'> {
  if (signal.aborted) return { exitCode: exitCodes.interrupted, reason: '' };
  if (error instanceof CommandFailure) return error;
  if (error instanceof RingbackError)
    return {
      exitCode: error.code === 'invalid-input' ? exitCodes.usage : exitCodes.failed,
      reason: storedMessage(error.message, error.reason),
    };
  if (error instanceof HostGoneError) return { exitCode: exitCodes.noHost, reason: programMessages.hostGone() };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exitCode: exitCodes.failed, reason: programMessages.bug({ detail }) };
}
