import type { Argument, Command, Option } from 'commander';

/** A word that may come next, and what it is. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** Where the next word of a command line stands. */
interface Place {
  readonly command: Command;
  /** The option whose value it is. */
  readonly option: Option | undefined;
  /** The argument that it is. */
  readonly argument: Argument | undefined;
  /** Options may stand there. */
  readonly takesOptions: boolean;
}

/** The place after these complete words. */
export function placeAfter(program: Command, words: readonly string[]): Place {
  let command = program;
  let option: Option | undefined;
  let takesOptions = true;
  let count = 0;
  for (const word of words) {
    // bash takes "--hook=id" for three words.
    if (option && word === '=') continue;
    if (option) option = undefined;
    else if (takesOptions && word === '--') takesOptions = false;
    else if (takesOptions && word.startsWith('-')) option = optionWithValue(command, word);
    else {
      const child = count === 0 ? command.commands.find((one) => isNamed(one, word)) : undefined;
      if (child) command = child;
      else count += 1;
    }
  }
  const last = command.registeredArguments.at(-1);
  const argument = command.registeredArguments[count] ?? (last?.variadic ? last : undefined);
  return { command, option, argument, takesOptions };
}

/** The option that this word names, if it takes the next word as its value. */
function optionWithValue(command: Command, word: string): Option | undefined {
  for (let one: Command | null = command; one; one = one.parent) {
    const option = one.options.find((candidate) => candidate.long === word || candidate.short === word);
    if (option) return option.required || option.optional ? option : undefined;
  }
  return undefined;
}

function isNamed(command: Command, word: string): boolean {
  return command.name() === word || command.aliases().includes(word);
}

/** The words that the program itself knows for the place. */
export function knownCandidates({ command, option, argument, takesOptions }: Place, current: string): Candidate[] {
  if (option) return choicesOf(option);
  const help = command.createHelp();
  if (takesOptions && current.startsWith('-')) {
    const options = [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
    return options.map(({ long, short, description }) => ({ value: long ?? short ?? '', description }));
  }
  const commands = help.visibleCommands(command).map((one) => ({ value: one.name(), description: one.description() }));
  return [...commands, ...(argument ? choicesOf(argument) : [])];
}

function choicesOf({ argChoices = [] }: Pick<Option | Argument, 'argChoices'>): Candidate[] {
  return argChoices.map((value) => ({ value, description: '' }));
}

/** What a value is called in the help: "hook" for `--hook <hook>` and for `<hook>`. */
export function valueName({ option, argument }: Place): string | undefined {
  return option ? /<([^>.]+)/.exec(option.flags)?.[1] : argument?.name();
}
