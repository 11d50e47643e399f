import { type Command, Option } from 'commander';
import type { ControlClient } from '../../control/index.ts';
import {
  completionScripts,
  expandHome,
  hostCandidates,
  knownCandidates,
  placeOf,
  unquote,
  valueName,
} from '../completion/index.ts';
import { findRunningHost } from '../find-host.ts';
import { dataFolderIn } from '../language.ts';
import { statusMessages } from '../messages/index.ts';
import { plain } from '../output.ts';
import type { Terminal } from '../terminal.ts';

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

interface WordOptions {
  readonly current?: string;
  /** The words are given as typed, with quotes and backslashes. */
  readonly typed?: boolean;
}

export function addCompletionCommand(program: Command, terminal: Terminal): void {
  program
    .command('completion')
    .description(terminal.say(statusMessages.completion()))
    .addArgument(program.createArgument('<shell>').choices(shells))
    .addHelpText('after', `\n${terminal.say(statusMessages.completionExample())}`)
    .action((shell: string) => void terminal.stdout.write(completionScripts[shell] ?? ''));
  program
    .command('complete-word', { hidden: true })
    .description(terminal.say(statusMessages.completeWord()))
    .addOption(new Option('--current <word>').default(''))
    .option('--typed')
    .argument('[words...]')
    .action((words: string[], options: WordOptions) => printCandidates(program, terminal, options, words));
}

/** One line for each candidate: the word, a tab, its description. */
async function printCandidates(
  program: Command,
  terminal: Terminal,
  { current: last = '', typed = false }: WordOptions,
  complete: readonly string[],
): Promise<void> {
  const [current = '', ...words] = [last, ...complete].map((word) => (typed ? unquote(word) : word));
  const place = placeOf(program, words, current);
  const name = valueName(place);
  const folder = dataFolderIn(words);
  const find = (signal: AbortSignal): Promise<ControlClient | undefined> =>
    findRunningHost(folder && expandHome(folder), terminal, signal);
  const ofHost = name === undefined ? [] : await hostCandidates(name, place.command.name(), find);
  const all = [...knownCandidates(place), ...ofHost].filter(({ value }) => value.startsWith(place.current));
  const lines = all.map(({ value, description }) => `${place.prefix}${plain(value)}\t${plain(description)}\n`);
  terminal.stdout.write(lines.join(''));
}
