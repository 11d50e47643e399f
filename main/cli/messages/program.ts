import { defineMessages } from '../../engine/messages/index.ts';

interface Named {
  readonly name: string;
}

/** The kinds of things an argument can name, and the command that lists each. */
export const namedKinds = {
  connection: 'connections ls',
  hook: 'hooks ls',
  backup: 'backup ls',
  place: 'notify ls',
  member: 'team members',
  standby: 'team status',
} as const;

interface NamedKind extends Named {
  readonly kind: keyof typeof namedKinds;
}

/** Help that all commands share, and usage errors. */
export const programMessages = defineMessages('cli', {
  description: () => 'Webhooks of Autodesk Platform Services and Autoflex10 on this computer',
  json: () => 'print JSON: one document, or one object a line',
  dataDir: () => 'the data folder of the host',
  quiet: () => 'print results and errors alone',
  version: () => 'print the version',
  help: () => 'show how a command is used',
  notes: () =>
    `Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no Ringback is running, 4 timed out, 130 interrupted.
Environment: RINGBACK_DATA_DIR (data folder), NO_COLOR (no colors), LC_ALL, LC_MESSAGES and LANG (language).`,
  seeHelp: () => 'Run the command with --help to see how it is used.',
  usageHeading: () => 'Usage:',
  argumentsHeading: () => 'Arguments:',
  optionsHeading: () => 'Options:',
  globalOptionsHeading: () => 'Global options:',
  commandsHeading: () => 'Commands:',
  optionsPlace: () => 'options',
  commandPlace: () => 'command',
  choices: ({ choices }: { choices: string }) => `choices: ${choices}`,
  byDefault: ({ value }: { value: string }) => `default: ${value}`,

  unknownOption: ({ name }: Named) => `There is no option ${name}.`,
  unknownCommand: ({ name }: Named) => `There is no command "${name}".`,
  didYouMean: ({ names }: { names: string }) => `Did you mean ${names}?`,
  missingArgument: ({ name }: Named) => `The argument <${name}> is missing.`,
  missingValue: ({ name }: Named) => `The option ${name} needs a value.`,
  missingOption: ({ name }: Named) => `The option ${name} is required.`,
  tooManyArguments: ({ expected, given }: { expected: number; given: number }) =>
    `There are too many arguments: ${given} instead of ${expected === 0 ? 'none' : `${expected} at most`}.`,
  notAChoice: ({ name, value, choices }: Named & { value: string; choices: string }) =>
    `${name} cannot be "${value}". Choose one of: ${choices}`,

  hostGone: () => 'Ringback has ended. What it was doing continues when it starts again.',
  bug: ({ detail }: { detail: string }) => `This is a bug in Ringback: ${detail}`,
  noHost: () => 'No Ringback is running. Start the desktop application, or run: ringback up',
  noHostOn: ({ folder }: { folder: string }) =>
    `No Ringback is running on the data folder ${folder}. Start the desktop application, or run: ringback up`,
  waitingForHost: () => 'Ringback has ended. Waiting until it runs again.',
  outputLost: ({ reason }: { reason: string }) => `The output could not be written completely: ${reason}`,
  waitOver: () => 'The time for waiting is over; the work continues. Look at it again later.',

  nothingNamed: ({ kind, name }: NamedKind) =>
    `There is no ${kind} "${name}". List them with: ringback ${namedKinds[kind]}`,
  severalNamed: ({ kind, name, count }: NamedKind & { count: number }) =>
    `"${name}" names ${count} ${kind}s. Type more of the id.`,
  needsPair: ({ option, text }: { option: string; text: string }) => `${option} needs key=value, not "${text}".`,
  noDuration: ({ text }: { text: string }) => `"${text}" is no duration such as 90s, 15m, 2h or 7d.`,
  noTime: ({ text }: { text: string }) => `"${text}" is neither a date nor a duration such as 15m, 2h or 7d.`,
  noPort: ({ option, lowest, text }: { option: string; lowest: number; text: string }) =>
    `${option} needs a port from ${lowest} to 65535, not "${text}".`,
  noWholeNumber: (wrong: { option: string; lowest: number; highest: number; text: string }) =>
    `${wrong.option} needs a whole number from ${wrong.lowest} to ${wrong.highest}, not "${wrong.text}".`,
  variableUnset: ({ field }: { field: string }) =>
    `--secret ${field}=… must name an environment variable that is set; a secret itself does not belong in an argument.`,
  noLine: ({ field }: { field: string }) => `Standard input holds no line for the secret "${field}".`,
  secretInArgument: ({ field }: { field: string }) =>
    `"${field}" is a secret, which does not belong in an argument. Use --secret ${field}.`,
  removed: ({ name }: Named) => `Removed ${name}`,
});
