import type { Argument, Command, Option } from 'commander';

/** A word that may come next, with its description. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** The position of the word being typed in a command line. */
interface Place {
  readonly command: Command;
  /** The option that the word is a value of. */
  readonly option: Option | undefined;
  /** The argument that the word is. */
  readonly argument: Argument | undefined;
  /** Whether options are allowed. */
  readonly takesOptions: boolean;
  /** Whether commands are allowed. */
  readonly takesCommands: boolean;
  /** Put before each candidate: "--hook=" if the value follows its option in the same word. */
  readonly prefix: string;
  /** What candidates must start with, not counting the prefix. */
  readonly current: string;
}

/** The position of a partly typed word after these complete words. */
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

/** The option that this word names, if its value is the next word. */
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

/** The candidates that need no host: commands, options and fixed values. */
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

/** The name of a value in the help: "hook" for `--hook <hook>` and for `<hook>`; undefined if an option is typed. */
export function valueName({ option, argument, takesOptions, current }: Place): string | undefined {
  if (option) return /<([^>.]+)/.exec(option.flags)?.[1];
  return takesOptions && current.startsWith('-') ? undefined : argument?.name();
}
