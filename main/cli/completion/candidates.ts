import type { Argument, Command, Option } from 'commander';

/** A word that may come next, and what it is. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** Where the word that is being typed stands in a command line. */
interface Place {
  readonly command: Command;
  /** The option whose value it is. */
  readonly option: Option | undefined;
  /** The argument that it is. */
  readonly argument: Argument | undefined;
  /** Options may stand there. */
  readonly takesOptions: boolean;
  /** Commands may stand there. */
  readonly takesCommands: boolean;
  /** What candidates begin with beside their own text: "--hook=" for a value that follows its option in one word. */
  readonly prefix: string;
  /** The beginning of the candidates that are wanted, without the prefix. */
  readonly current: string;
}

/** The place of a word that begins so, after these complete words. */
export function placeOf(program: Command, words: readonly string[], current: string): Place {
  let command = program;
  let option: Option | undefined;
  let takesOptions = true;
  let count = 0;
  for (const word of words) {
    const isOption = takesOptions && word.startsWith('-');
    if (option?.required || (option && !isOption)) option = undefined;
    else if (takesOptions && word === '--') takesOptions = false;
    else if (isOption) option = optionWithValue(command, word);
    else {
      const child = count === 0 ? command.commands.find((one) => isNamed(one, word)) : undefined;
      if (child) command = child;
      else count += 1;
    }
  }
  const [, name = '', value = ''] = (takesOptions && /^(--[^=]+)=(.*)$/s.exec(current)) || [];
  const joined = option === undefined && name !== '' ? optionWithValue(command, name) : undefined;
  if (joined) return { command, option: joined, ...nothingElse, prefix: `${name}=`, current: value };
  if (option?.required || (option && !current.startsWith('-')))
    return { command, option, ...nothingElse, prefix: '', current };
  const last = command.registeredArguments.at(-1);
  const argument = command.registeredArguments[count] ?? (last?.variadic ? last : undefined);
  return { command, option: undefined, argument, takesOptions, takesCommands: count === 0, prefix: '', current };
}

const nothingElse = { argument: undefined, takesOptions: false, takesCommands: false } as const;

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

/** What the program itself knows for the place. */
export function knownCandidates(place: Place): Candidate[] {
  const { command, option, argument, takesOptions, takesCommands, current } = place;
  if (option) return choicesOf(option);
  const help = command.createHelp();
  if (takesOptions && current.startsWith('-')) {
    const options = [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
    return options.map(({ long, short, description }) => ({ value: long ?? short ?? '', description }));
  }
  const commands = takesCommands ? help.visibleCommands(command) : [];
  return [
    ...commands.map((one) => ({ value: one.name(), description: one.description() })),
    ...(argument ? choicesOf(argument) : []),
  ];
}

function choicesOf({ argChoices = [] }: Pick<Option | Argument, 'argChoices'>): Candidate[] {
  return argChoices.map((value) => ({ value, description: '' }));
}

/** What a value is called in the help: "hook" for `--hook <hook>` and for `<hook>`; undefined where an option is typed. */
export function valueName({ option, argument, takesOptions, current }: Place): string | undefined {
  if (option) return /<([^>.]+)/.exec(option.flags)?.[1];
  return takesOptions && current.startsWith('-') ? undefined : argument?.name();
}
