import { type Command, Option } from 'commander';
import { completionScripts, hostCandidates, knownCandidates, placeAfter, valueName } from '../completion/index.ts';
import { dataFolderIn } from '../language.ts';
import { statusMessages } from '../messages/index.ts';
import { plain } from '../output.ts';
import { act, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

interface WordOptions {
  readonly current?: string;
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
    .argument('[words...]')
    .action(
      act<WordOptions>(terminal, (session, { current = '' }, ...words) =>
        printCandidates(program, session, current, words),
      ),
    )
    .hook('preAction', (_program, command) => {
      // The folder that the typed command names.
      const folder = dataFolderIn(command.args);
      if (folder !== undefined) program.setOptionValue('dataDir', folder);
    });
}

/** One line for each: the word, a tab, what it is. */
async function printCandidates(
  program: Command,
  { terminal, ask }: Session,
  current: string,
  words: readonly string[],
): Promise<void> {
  const place = placeAfter(program, words);
  const name = current.startsWith('-') ? undefined : valueName(place);
  const ofHost = name === undefined ? [] : await hostCandidates(name, place.command.name(), ask);
  const all = [...knownCandidates(place, current), ...ofHost].filter(({ value }) => value.startsWith(current));
  const lines = all.map(({ value, description }) => `${plain(value)}\t${plain(description)}\n`);
  terminal.stdout.write(lines.join(''));
}
