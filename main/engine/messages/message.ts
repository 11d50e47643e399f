import type { MessageReference } from '../../../preload/contract/index.ts';
import { maskAddresses, maskQuoted, shorten, shownText } from './quoted/index.ts';

/** A sentence for the user: in English, and as a code with parameters so that the window can say it in another language. */
export interface Message extends MessageReference {
  /** The English sentence. */
  readonly text: string;
}
export type MessageParameters = MessageReference['params'];

type Catalogue = Readonly<Record<string, (parameters: never) => string>>;
/** What a message takes: a text may be another message, which is quoted in the language of the user. */
type Given<P> = { readonly [Name in keyof P]: string extends P[Name] ? P[Name] | Message : P[Name] };
type GivenAll<P extends readonly unknown[]> = { [Position in keyof P]: Given<P[Position]> };
type Messages<C extends Catalogue> = {
  readonly [Code in keyof C]: (...parameters: GivenAll<Parameters<C[Code]>>) => Message;
};
type GivenParameters = Readonly<Record<string, string | number | Message | undefined>>;

/** The codes of all catalogues that are loaded, each with its domain. */
export const messageCodes = new Set<string>();

/** Makes a function for each code of a catalogue of English texts; the code crosses as `<domain>.<code>`. */
export function defineMessages<C extends Catalogue>(domain: string, catalogue: C): Messages<C> {
  for (const code of Object.keys(catalogue)) messageCodes.add(`${domain}.${code}`);
  const entries = Object.entries(catalogue).map(([code, text]) => [
    code,
    (parameters: GivenParameters = {}): Message => {
      const given = Object.entries(parameters);
      const english = given.map(([name, value]) => [
        name,
        typeof value === 'object' ? nested(value, value.text) : safe(value),
      ]);
      const params = Object.fromEntries(given.flatMap(withReference)) as MessageParameters;
      return { code: `${domain}.${code}`, params, text: text(Object.fromEntries(english) as never) };
    },
  ]);
  return Object.fromEntries(entries) as Messages<C>;
}

/** In characters. */
const longestQuote = 2000;

/**
 * A text of others as a message quotes it: one line, bounded, without characters that disguise what follows and without the
 * keys of links, which grant access to files, passwords and tokens. Invisible characters go first: they could split a key.
 */
export function quote(text: string): string {
  const seen = shownText(text.slice(0, 4 * longestQuote), 2 * longestQuote);
  return shorten(maskQuoted(maskAddresses(seen)), longestQuote);
}

/** A text of a message within another: what that quotes is masked, and its own words are not to be taken for secrets. */
function nested({ code }: MessageReference, text: string): string {
  if (!messageCodes.has(code)) return quote(text);
  return shorten(shownText(text, 2 * longestQuote), longestQuote);
}

function safe<V extends string | number | undefined>(value: V): V | string {
  return typeof value === 'string' ? quote(value) : value;
}

type Parameter = readonly [name: string, value: string | number | undefined];

/**
 * A parameter that is a message crosses as its English text under its name, and beside it as its code and parameters,
 * for other languages: "hook", "hook.code", "hook.place". One of several sentences is quoted in English.
 */
function withReference([name, value]: [string, GivenParameters[string]]): readonly Parameter[] {
  if (typeof value !== 'object') return [[name, safe(value)]];
  const { code, params, next } = value;
  const text = nested(value, value.text);
  if (next) return [[name, text]];
  const own = Object.entries(params).map(
    ([key, one]): Parameter => [`${name}.${key}`, typeof one === 'string' ? nested(value, one) : one],
  );
  return [[name, text], [`${name}.code`, code], ...own];
}

/** The part of a message that crosses to the window beside its English text. */
export function referenceOf({ code, params, next }: MessageReference): MessageReference {
  return { code, params, ...(next ? { next } : {}) };
}

type Constants<T extends Readonly<Record<string, string>>> = { readonly [Code in keyof T]: Message };

/** The messages of a catalogue of English texts without parameters. */
export function defineTexts<T extends Readonly<Record<string, string>>>(domain: string, texts: T): Constants<T> {
  const entries = Object.entries(texts).map(([code, text]) => {
    messageCodes.add(`${domain}.${code}`);
    return [code, { code: `${domain}.${code}`, params: {}, text }];
  });
  return Object.fromEntries(entries);
}

type Members<Name extends string> = { readonly [N in Name]: string } & {
  readonly [N in `${Name}Message`]: MessageReference;
};

/** The message as two members of what crosses to the window: its English text by this name, and its reference. */
export function messageMembers<Name extends string>(name: Name, message: Message): Members<Name> {
  return { [name]: message.text, [`${name}Message`]: referenceOf(message) } as Members<Name>;
}

/** The same for what failed. */
export function problemMembers(message: Message): { readonly message: string; readonly reason: MessageReference } {
  return { message: message.text, reason: referenceOf(message) };
}

/** A stored text with its reference, where it has one. */
export function storedMessage(text: string, reference: MessageReference | null | undefined): Message | string {
  return reference ? { ...reference, text } : text;
}

/** Two messages as one, the second after the first. Each sentence stays one of its own, however many follow each other. */
export function followedBy(first: Message, second: Message): Message {
  const next = [...(first.next ?? []), { code: second.code, params: second.params }, ...(second.next ?? [])];
  return { code: first.code, params: first.params, next, text: `${first.text} ${second.text}` };
}

const verbatimMessages = defineMessages('verbatim', { text: ({ text }: { text: string }) => text });

type Cause = Pick<Error, 'message'> & { readonly reason?: unknown };

/** The message followed by what caused it: in the words of others where that is no message. */
export function withCause(message: Message, cause: Cause): Message {
  return followedBy(message, causeMessage(cause));
}

/** What an error says: in the words of others where that is no message. */
export function causeMessage({ message: text, reason }: Cause): Message {
  return isReference(reason) ? { ...reason, text: nested(reason, text) } : verbatimMessages.text({ text });
}

/** Errors of Node have a "reason" too, which is a text. */
function isReference(reason: unknown): reason is MessageReference {
  if (typeof reason !== 'object' || reason === null) return false;
  const { code, params } = reason as Partial<MessageReference>;
  return typeof code === 'string' && typeof params === 'object' && params !== null;
}
