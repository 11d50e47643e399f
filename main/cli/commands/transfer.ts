import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { ImportStep } from '../../../preload/contract/index.ts';
import { CommandFailure, exitCodes, usageFailure } from '../exit.ts';
import { transferMessages as messages, stateMessage } from '../messages/index.ts';
import { hostText, plain } from '../output.ts';
import { readSecrets } from '../secrets.ts';
import { act, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

interface PassphraseOption {
  /** The environment variable that contains it; true where none is named. */
  readonly passphrase?: string | true;
}
interface ImportOptions extends PassphraseOption {
  readonly dryRun?: boolean;
}

export function addTransferCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  program
    .command('export')
    .description(say(messages.export()))
    .argument('[file]')
    .option('--passphrase [VARIABLE]', say(messages.exportPassphrase()))
    .action(act<PassphraseOption>(terminal, exportTo));
  program
    .command('import')
    .description(say(messages.import()))
    .argument('[file]')
    .option('--passphrase [VARIABLE]', say(messages.importPassphrase()))
    .option('--dry-run', say(messages.dryRun()))
    .action(act<ImportOptions>(terminal, importFrom));
}

async function exportTo(session: Session, given: PassphraseOption, name?: string): Promise<void> {
  const { file, ...options } = withFile(given, name);
  const passphrase = await passphraseOf(options, session.terminal, true);
  const { text, undecryptable = [] } = await session.ask('transfer.text', passphrase);
  await writeNew(file, text).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw usageFailure(messages.exists({ file }));
    throw new CommandFailure(exitCodes.failed, messages.notWritten({ file, detail: error.message }));
  });
  session.output.result({ file, undecryptable }, [session.say(messages.exported({ file }))]);
  if (undecryptable.length === 0) return;
  const names = undecryptable.map(plain).join(', ');
  throw new CommandFailure(exitCodes.failed, messages.undecryptable({ names }));
}

/** Writes the file completely or not at all, and never overwrites one. */
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

/** The variable's name after --passphrase is optional: if no file is named, the value is taken as the file. */
function withFile<O extends PassphraseOption>(options: O, file: string | undefined): O & { readonly file: string } {
  if (file !== undefined) return { ...options, file };
  if (typeof options.passphrase !== 'string') throw usageFailure(messages.noFile());
  return { ...options, file: options.passphrase, passphrase: true };
}

async function importFrom(session: Session, given: ImportOptions, name?: string): Promise<void> {
  const { file, ...options } = withFile(given, name);
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw usageFailure(messages.notRead({ file, detail: error.message }));
  });
  const passphrase = await passphraseOf(options, session.terminal);
  const { dryRun = false } = options;
  const result = await session.ask('transfer.import', { text, dryRun, ...passphrase });
  const { say, output } = session;
  const rows = result.steps.map(({ kind, name, state, problem = '', problemMessage }) => [
    messages[`kind-${kind}`](),
    name,
    stateMessage(state),
    hostText(say, problem, problemMessage),
  ]);
  output.table(
    result.steps,
    [messages.part(), messages.name(), messages.state(), messages.problem()],
    rows,
    messages.empty(),
  );
  if (dryRun || !result.steps.some(isUnfinished)) return;
  const again = result.encrypted && !result.decrypted ? messages.withoutCredentials() : messages.incomplete();
  throw new CommandFailure(exitCodes.failed, again);
}

function isUnfinished({ state }: ImportStep): boolean {
  return state === 'failed' || state === 'waiting' || state === 'incomplete';
}

/** A new passphrase is typed twice, because a typing error would be noticed too late. */
async function passphraseOf(
  { passphrase: option }: PassphraseOption,
  terminal: Terminal,
  isNew = false,
): Promise<{ readonly passphrase?: string }> {
  if (option === undefined) return {};
  const [label, again] = [messages.passphrase(), messages.passphraseAgain()].map(terminal.say) as [string, string];
  const isTyped = option === true && terminal.stdin.isTTY === true;
  const names = [option === true ? label : `${label}=${option}`, ...(isNew && isTyped ? [again] : [])];
  const { [label]: passphrase = '', [again]: repeated = passphrase } = await readSecrets(names, terminal);
  if (repeated !== passphrase) throw usageFailure(messages.different());
  return { passphrase };
}
