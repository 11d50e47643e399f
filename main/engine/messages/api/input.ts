import type { z } from 'zod';
import { type Requirement, requirements } from '../../../../preload/contract/index.ts';
import { defineMessages, type Message, referenceOf } from '../message.ts';

interface Place {
  /** The path of the field, such as "target.url"; empty for the input as a whole. */
  readonly place: string;
}

const kinds = {
  text: 'a text',
  number: 'a number',
  wholeNumber: 'a whole number',
  truth: 'true or false',
  list: 'a list',
  object: 'an object',
} as const;

const subject = ({ place }: Place): string => (place === '' ? 'The input' : `"${place}"`);
const must =
  (text: string) =>
  (place: Place): string =>
    `${subject(place)} ${text}.`;

/** What is wrong with the input of a method, each about one of its fields. */
const inputMessages = defineMessages('input', {
  missing: must('is missing'),
  kind: ({ kind, ...place }: Place & { kind: keyof typeof kinds }) => must(`must be ${kinds[kind]}`)(place),
  empty: must('must not be empty'),
  shortest: ({ count, ...place }: Place & { count: number }) => must(`must have at least ${count} characters`)(place),
  longest: ({ count, ...place }: Place & { count: number }) => must(`must have at most ${count} characters`)(place),
  lowest: ({ limit, ...place }: Place & { limit: number }) => must(`must be at least ${limit}`)(place),
  highest: ({ limit, ...place }: Place & { limit: number }) => must(`must be at most ${limit}`)(place),
  fewest: ({ count, ...place }: Place & { count: number }) => must(`must have at least ${count} entries`)(place),
  most: ({ count, ...place }: Place & { count: number }) => must(`must have at most ${count} entries`)(place),
  choice: ({ choices, ...place }: Place & { choices: string }) => must(`must be one of: ${choices}`)(place),
  unknown: ({ names, ...place }: Place & { names: string }) => must(`has no member ${names}`)(place),
  email: must('must be an e-mail address'),
  time: must('must be a time such as 2030-01-31T08:00:00Z'),
  invalid: must('is not valid'),
  more: ({ count }: { count: number }) =>
    count === 1 ? 'One more thing is wrong.' : `${count} more things are wrong.`,
  ...(Object.fromEntries(Object.entries(requirements).map(([name, text]) => [name, must(text)])) as Readonly<
    Record<Requirement, (place: Place) => string>
  >),
});

const requirementOf: ReadonlyMap<string, Requirement> = new Map(
  Object.entries(requirements).map(([name, text]) => [text, name as Requirement]),
);

const kindOf: Readonly<Record<string, keyof typeof kinds | undefined>> = {
  string: 'text',
  number: 'number',
  int: 'wholeNumber',
  boolean: 'truth',
  array: 'list',
  object: 'object',
  record: 'object',
};

type Issue = z.core.$ZodIssue;

/** Issues that are described: an input of 1 MB can have a hundred thousand. */
const mostDescribed = 10;

/** What is wrong, one sentence per field, and how much more there is. Issues must hold their input (`reportInput`). */
export function describeInput(issues: readonly Issue[]): Message {
  const sentences = issues.slice(0, mostDescribed).map((issue) => describeIssue(issue, issue.path));
  if (issues.length > mostDescribed) sentences.push(inputMessages.more({ count: issues.length - mostDescribed }));
  const [first = inputMessages.invalid({ place: '' }), ...others] = sentences;
  if (others.length === 0) return first;
  const text = sentences.map((sentence) => sentence.text).join(' ');
  return { ...first, next: others.map(referenceOf), text };
}

function describeIssue(issue: Issue, path: readonly PropertyKey[]): Message {
  const place = { place: path.map(String).join('.') };
  const requirement = requirementOf.get(issue.message);
  if (requirement !== undefined) return inputMessages[requirement](place);
  switch (issue.code) {
    case 'invalid_type':
      return describeType(issue, place);
    case 'too_small':
      return describeSize(issue.origin, Number(issue.minimum), place, smallest);
    case 'too_big':
      return describeSize(issue.origin, Number(issue.maximum), place, largest);
    case 'invalid_value':
      return describeChoice(issue.values, issue.input, place);
    case 'invalid_format':
      return (formats[issue.format] ?? inputMessages.invalid)(place);
    case 'unrecognized_keys':
      return inputMessages.unknown({ ...place, names: issue.keys.map((key) => `"${key}"`).join(', ') });
    case 'invalid_union':
      return describeUnion(issue, path);
    default:
      return inputMessages.invalid(place);
  }
}

const formats: Readonly<Record<string, ((place: Place) => Message) | undefined>> = {
  email: inputMessages.email,
  datetime: inputMessages.time,
};

function describeType({ expected, input }: Extract<Issue, { code: 'invalid_type' }>, place: Place): Message {
  if (input === undefined && place.place !== '') return inputMessages.missing(place);
  const kind = kindOf[expected];
  return kind === undefined ? inputMessages.invalid(place) : inputMessages.kind({ ...place, kind });
}

interface Sizes {
  characters(parameters: Place & { count: number }): Message;
  entries(parameters: Place & { count: number }): Message;
  number(parameters: Place & { limit: number }): Message;
}
const smallest: Sizes = {
  characters: (size) => (size.count === 1 ? inputMessages.empty({ place: size.place }) : inputMessages.shortest(size)),
  entries: (size) => (size.count === 1 ? inputMessages.empty({ place: size.place }) : inputMessages.fewest(size)),
  number: inputMessages.lowest,
};
const largest: Sizes = {
  characters: inputMessages.longest,
  entries: inputMessages.most,
  number: inputMessages.highest,
};

function describeSize(origin: string, limit: number, place: Place, sizes: Sizes): Message {
  if (origin === 'string') return sizes.characters({ ...place, count: limit });
  if (origin === 'array' || origin === 'set') return sizes.entries({ ...place, count: limit });
  return sizes.number({ ...place, limit });
}

function describeChoice(values: readonly unknown[], input: unknown, place: Place): Message {
  if (input === undefined && place.place !== '') return inputMessages.missing(place);
  return inputMessages.choice({ ...place, choices: values.map(String).join(', ') });
}

type Discriminated = { readonly input?: unknown; readonly discriminator?: string | undefined };

/** Of several possible shapes the one that fits best, which is the one with the fewest issues. */
function describeUnion(issue: Extract<Issue, { code: 'invalid_union' }>, path: readonly PropertyKey[]): Message {
  const place = { place: path.map(String).join('.') };
  if ('options' in issue && issue.options !== undefined) return describeChoice(issue.options, inputAt(issue), place);
  const [closest = []] = issue.errors.toSorted((one, other) => one.length - other.length);
  const [first] = closest;
  return first === undefined ? inputMessages.invalid(place) : describeIssue(first, [...path, ...first.path]);
}

/** The value of the member by which the shapes are told apart; the issue holds the object. */
function inputAt({ input, discriminator = '' }: Discriminated): unknown {
  return typeof input === 'object' && input !== null ? Reflect.get(input, discriminator) : input;
}
