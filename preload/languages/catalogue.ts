/** Names, numbers and ISO dates of a message. */
export type MessageParameters = Readonly<Record<string, string | number>>;

/** Translates another message of the same language; empty where it has no text. */
type Say = (code: string, parameters: MessageParameters) => string;

/** A text with {{parameters}}, or a function for messages with plurals, units, choices or other messages. */
export type MessageText = string | ((parameters: MessageParameters, say: Say) => string);

/** The messages of one language: domain → code → text. */
export type MessageCatalogue = Readonly<Record<string, Readonly<Record<string, MessageText>>>>;

interface Sentence {
  readonly code: string;
  readonly params: MessageParameters;
}

interface CodedMessage extends Sentence {
  /** The following sentences. */
  readonly next?: readonly Sentence[] | undefined;
}

/** The message in the language of the catalogue, with its following sentences; undefined where a text is missing. */
export function translate(catalogue: MessageCatalogue, { next = [], ...first }: CodedMessage): string | undefined {
  const texts = [first, ...next].map((sentence) => sentenceOf(catalogue, sentence));
  return texts.includes(undefined) ? undefined : texts.join(' ');
}

/** The text of one sentence. Messages of an earlier version name the next in the parameter "problem" or "cause". */
function sentenceOf(catalogue: MessageCatalogue, { code, params }: Sentence): string | undefined {
  const own = textOf(catalogue, code, params);
  const { problem, ...others } = params;
  const { cause, ...rest } = others;
  const [following, followingParams] = problem === undefined ? [cause, rest] : [problem, others];
  if (own === undefined || find(catalogue, String(following)) === undefined) return own;
  return `${own} ${sentenceOf(catalogue, { code: String(following), params: followingParams })}`;
}

function find(catalogue: MessageCatalogue, code: string): MessageText | undefined {
  const dot = code.indexOf('.');
  return catalogue[code.slice(0, dot)]?.[code.slice(dot + 1)];
}

function textOf(catalogue: MessageCatalogue, code: string, params: MessageParameters): string | undefined {
  const text = find(catalogue, code);
  if (text === undefined) return undefined;
  const given = withQuotes(catalogue, params);
  if (typeof text === 'function') return text(given, (other, its) => textOf(catalogue, other, its) ?? '');
  return text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(given[name] ?? ''));
}

/** Replaces parameters that quote a message by its text in the catalogue; the English text stays where there is none. */
function withQuotes(catalogue: MessageCatalogue, params: MessageParameters): MessageParameters {
  const quotes = Object.keys(params).flatMap((key) => {
    const [name] = /^[^.]+(?=\.code$)/.exec(key) ?? [];
    const text = name === undefined ? undefined : textOf(catalogue, String(params[key]), paramsOf(name, params));
    return name === undefined || !text ? [] : [[name, text]];
  });
  return quotes.length === 0 ? params : { ...params, ...Object.fromEntries(quotes) };
}

/** The parameters of the message that is quoted under this name. */
function paramsOf(quoted: string, params: MessageParameters): MessageParameters {
  const prefix = `${quoted}.`;
  const own = Object.entries(params).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
}
