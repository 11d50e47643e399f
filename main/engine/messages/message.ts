import type { MessageReference } from '../../../preload/contract/index.ts';
import { maskAddresses, maskQuoted, shorten, shownText } from './quoted/index.ts';

/** A sentence for the user: in English, and as a code with parameters so that the window can say it in another language. */
export interface Message extends MessageReference {
  /** The English sentence. */
  readonly text: string;
}
export type MessageParameters = MessageReference['params'];

type Catalogue = Readonly<Record<string, (parameters: never) => string>>;
type Messages<C extends Catalogue> = {
  readonly [Code in keyof C]: (...parameters: Parameters<C[Code]>) => Message;
};

/** The codes of all catalogues that are loaded, each with its domain. */
export const messageCodes = new Set<string>();

/** Makes a function for each code of a catalogue of English texts; the code crosses as `<domain>.<code>`. */
export function defineMessages<C extends Catalogue>(domain: string, catalogue: C): Messages<C> {
  for (const code of Object.keys(catalogue)) messageCodes.add(`${domain}.${code}`);
  const entries = Object.entries(catalogue).map(([code, text]) => [
    code,
    (parameters: MessageParameters = {}): Message => {
      const params = quoted(parameters);
      return { code: `${domain}.${code}`, params, text: text(params as never) };
    },
  ]);
  return Object.fromEntries(entries) as Messages<C>;
}

/** In characters. */
const longestQuote = 2000;

/**
 * A text of others as a message quotes it: one line, bounded, without characters that disguise what follows and without the
 * keys of links, which grant access to files, passwords and tokens. What is not seen goes first, since it could part these.
 */
export function quote(text: string): string {
  const seen = shownText(text.slice(0, 4 * longestQuote), 2 * longestQuote);
  return shorten(maskQuoted(maskAddresses(seen)), longestQuote);
}

function quoted(parameters: MessageParameters): MessageParameters {
  const entries = Object.entries(parameters).map(([name, value]) => [
    name,
    typeof value === 'string' ? quote(value) : value,
  ]);
  return Object.fromEntries(entries);
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

/**
 * Parameters by which one message quotes another: its English text under this name, and its code and parameters for other
 * languages, which `quotedMessage` of the languages reads. One of several sentences is quoted in English, so that none is lost.
 */
export function quotedParameters<Name extends string>(
  name: Name,
  text: string,
  message: MessageReference | undefined,
): Readonly<Record<Name, string>> {
  if (message === undefined || message.next) return { [name]: text } as Readonly<Record<Name, string>>;
  const params = Object.entries(message.params).map(([key, value]) => [`${name}.${key}`, value]);
  const code = { [`${name}.code`]: message.code };
  return { [name]: text, ...code, ...Object.fromEntries(params) } as Readonly<Record<Name, string>>;
}

/** Two messages as one, the second after the first. Each sentence stays one of its own, however many follow each other. */
export function followedBy(first: Message, second: Message): Message {
  const next = [...(first.next ?? []), { code: second.code, params: second.params }, ...(second.next ?? [])];
  return { code: first.code, params: first.params, next, text: `${first.text} ${second.text}` };
}

const verbatimMessages = defineMessages('verbatim', { text: ({ text }: { text: string }) => text });

type Cause = Pick<Error, 'message'> & { readonly reason?: MessageReference | undefined };

/** The message followed by what caused it: in the words of others where that is no message. */
export function withCause(message: Message, cause: Cause): Message {
  return followedBy(message, causeMessage(cause));
}

/** What an error says: in the words of others where that is no message. */
export function causeMessage({ message: text, reason }: Cause): Message {
  return reason ? { ...reason, text: quote(text) } : verbatimMessages.text({ text });
}
