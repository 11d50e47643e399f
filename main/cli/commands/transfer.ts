import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { ImportStep } from '../../../preload/contract/index.ts';
import { CommandFailure, exitCodes, usageFailure } from '../exit.ts';
import { plain } from '../output.ts';
import { readSecrets } from '../secrets.ts';
import { act, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

interface PassphraseOption {
  /** True without a variable. */
  readonly passphrase?: string | true;
}
interface ImportOptions extends PassphraseOption {
  readonly dryRun?: boolean;
}

const help = 'read a passphrase from a prompt, from standard input, or from that environment variable';

export function addTransferCommands(program: Command, terminal: Terminal): void {
  program
    .command('export')
    .description('Write settings, connections, hooks and rules to a file for another computer')
    .argument('[file]')
    .option('--passphrase [VARIABLE]', `include credentials, encrypted: ${help}`)
    .action(act<PassphraseOption>(terminal, exportTo));
  program
    .command('import')
    .description('Take over what another computer exported')
    .argument('[file]')
    .option('--passphrase [VARIABLE]', help)
    .option('--dry-run', 'say what would be imported, and change nothing')
    .action(act<ImportOptions>(terminal, importFrom));
}

async function exportTo(session: Session, given: PassphraseOption, name?: string): Promise<void> {
  const { file, ...options } = withFile(given, name);
  const passphrase = await passphraseOf(options, session.terminal, true);
  const { text, undecryptable = [] } = await session.ask('transfer.text', passphrase);
  await writeNew(file, text).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw usageFailure(`${file} exists already. Choose another name.`);
    throw new CommandFailure(exitCodes.failed, `${file} could not be written: ${error.message}`);
  });
  session.output.result({ file, undecryptable }, [`Exported to ${file}`]);
  if (undecryptable.length === 0) return;
  const names = undecryptable.map(plain).join(', ');
  const message = `Credentials of these could not be decrypted and are not in the file: ${names}. Enter them again, or on the other computer.`;
  throw new CommandFailure(exitCodes.failed, message);
}

/** A file that is written completely or not at all, and replaces none. */
async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, '', { mode: 0o600, flag: 'wx' });
  const partial = `${file}.${process.pid}.part`;
  try {
    await writeFile(partial, text, { mode: 0o600, flag: 'wx', flush: true });
    await rename(partial, file);
  } catch (error) {
    await Promise.all([rm(partial, { force: true }), rm(file, { force: true })]);
    throw error;
  }
}

/** A value that follows --passphrase is the file where no other is named: the name of a variable is optional. */
function withFile<O extends PassphraseOption>(options: O, file: string | undefined): O & { readonly file: string } {
  if (file !== undefined) return { ...options, file };
  if (typeof options.passphrase !== 'string') throw usageFailure('The file is missing.');
  return { ...options, file: options.passphrase, passphrase: true };
}

async function importFrom(session: Session, given: ImportOptions, name?: string): Promise<void> {
  const { file, ...options } = withFile(given, name);
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw usageFailure(`${file} could not be read: ${error.message}`);
  });
  const passphrase = await passphraseOf(options, session.terminal);
  const { dryRun = false } = options;
  const result = await session.ask('transfer.import', { text, dryRun, ...passphrase });
  const rows = result.steps.map(({ kind, name, state, problem = '' }) => [kind, plain(name), state, plain(problem)]);
  session.output.table(result.steps, [['PART', 'NAME', 'STATE', 'PROBLEM'], ...rows], 'The file is empty.');
  if (dryRun || !result.steps.some(isUnfinished)) return;
  const again =
    result.encrypted && !result.decrypted
      ? 'The file holds credentials, which were not imported. Import it again with --passphrase.'
      : 'Not everything could be imported. Import the file again afterwards.';
  throw new CommandFailure(exitCodes.failed, again);
}

function isUnfinished({ state }: ImportStep): boolean {
  return state === 'failed' || state === 'waiting' || state === 'incomplete';
}

/** A new one that is typed is asked for twice: nobody could tell that it was mistyped. */
async function passphraseOf(
  { passphrase: option }: PassphraseOption,
  terminal: Terminal,
  isNew = false,
): Promise<{ readonly passphrase?: string }> {
  if (option === undefined) return {};
  const again = 'passphrase again';
  const isTyped = option === true && terminal.stdin.isTTY === true;
  const names = [option === true ? 'passphrase' : `passphrase=${option}`, ...(isNew && isTyped ? [again] : [])];
  const { passphrase = '', [again]: repeated = passphrase } = await readSecrets(names, terminal);
  if (repeated !== passphrase) throw usageFailure('The two passphrases are different. Nothing was exported.');
  return { passphrase };
}
