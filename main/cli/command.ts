import { Command, type Help } from 'commander';
import type { Message } from '../engine/messages/index.ts';
import { programMessages as messages } from './messages/index.ts';
import type { Say } from './terminal.ts';

/** A command whose help and usage errors are in the user's language. */
export class TranslatedCommand extends Command {
  readonly #say: Say;

  constructor(name: string | undefined, say: Say) {
    super(name);
    this.#say = say;
  }

  override createCommand(name?: string): Command {
    return new TranslatedCommand(name, this.#say);
  }

  override createHelp(): Help {
    const help = super.createHelp();
    return Object.assign(help, helpTexts(help, this.#say));
  }

  override error(message: string, options: Parameters<Command['error']>[1] = {}): never {
    return super.error(this.#translate(message, options.code), options);
  }

  /** Commander's error code says what is wrong; the word concerned is only in its English text. */
  #translate(text: string, code = ''): string {
    const [sentence = '', suggestion = ''] = text.split('\n');
    const [pattern, toMessage] = usageErrors[code] ?? [];
    const found = pattern?.exec(sentence);
    if (!found || !toMessage) return text;
    const [, names] = /^\(Did you mean (?:one of )?(.*)\?\)$/.exec(suggestion) ?? [];
    const sentences = [toMessage(found.slice(1)), ...(names === undefined ? [] : [messages.didYouMean({ names })])];
    return sentences.map(this.#say).join(' ');
  }
}

type ToMessage = (parts: readonly string[]) => Message;

/** By commander's error code: the pattern that finds the word in its text, and our message. */
const usageErrors: Readonly<Record<string, readonly [RegExp, ToMessage] | undefined>> = {
  'commander.unknownOption': [/ unknown option '(.*)'$/, ([name = '']) => messages.unknownOption({ name })],
  'commander.unknownCommand': [/ unknown command '(.*)'$/, ([name = '']) => messages.unknownCommand({ name })],
  'commander.missingArgument': [/ argument '(.*)'$/, ([name = '']) => messages.missingArgument({ name })],
  'commander.optionMissingArgument': [/ option '(.*)' arg/, ([name = '']) => messages.missingValue({ name })],
  'commander.missingMandatoryOptionValue': [/ option '(.*)' not/, ([name = '']) => messages.missingOption({ name })],
  'commander.excessArguments': [
    / Expected (\d+) .* got (\d+)/,
    ([expected, given]) => messages.tooManyArguments({ expected: Number(expected), given: Number(given) }),
  ],
  'commander.invalidArgument': [
    / (?:option '(.*)' argument '(.*)'|value '(.*)' is invalid for argument '(.*)').* choices are (.*)\.$/,
    ([option, optionValue, value, argument, choices = '']) =>
      messages.notAChoice({
        name: option ?? `<${argument}>`,
        value: optionValue ?? value ?? '',
        choices,
      }),
  ],
};

function helpTexts(help: Help, say: Say): Partial<Help> {
  const headings: Readonly<Record<string, Message | undefined>> = {
    'Usage:': messages.usageHeading(),
    'Arguments:': messages.argumentsHeading(),
    'Options:': messages.optionsHeading(),
    'Global Options:': messages.globalOptionsHeading(),
    'Commands:': messages.commandsHeading(),
  };
  const describe = (description: string, choices: readonly string[] = [], value?: unknown): string => {
    const remarks = [
      ...(choices.length === 0 ? [] : [messages.choices({ choices: choices.join(', ') })]),
      ...(value === undefined || value === '' ? [] : [messages.byDefault({ value: String(value) })]),
    ].map(say);
    return remarks.length === 0 ? description : `${description} (${remarks.join('; ')})`.trimStart();
  };
  const usage = help.commandUsage.bind(help);
  const term = help.subcommandTerm.bind(help);
  const translatePlaces = (text: string): string =>
    text
      .replace('[options]', () => `[${say(messages.optionsPlace())}]`)
      .replace('[command]', () => `[${say(messages.commandPlace())}]`);
  return {
    showGlobalOptions: true,
    commandUsage: (command) => translatePlaces(usage(command)),
    subcommandTerm: (command) => translatePlaces(term(command)),
    styleTitle: (title) => say(headings[title] ?? title),
    optionDescription: ({ description, argChoices, defaultValue }) => describe(description, argChoices, defaultValue),
    argumentDescription: ({ description, argChoices }) => describe(description, argChoices),
  };
}
