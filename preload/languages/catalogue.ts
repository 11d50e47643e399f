/** Names, numbers and ISO dates of a message. */
export type MessageParameters = Readonly<Record<string, string | number>>;

/** Another message of the same language; empty where it has no text. */
type Say = (code: string, parameters: MessageParameters) => string;

/** A text with {{parameters}}, or a function for what needs a plural, a unit, a choice or other messages. */
export type MessageText = string | ((parameters: MessageParameters, say: Say) => string);

/** The messages of one language: domain → code → text. */
export type MessageCatalogue = Readonly<Record<string, Readonly<Record<string, MessageText>>>>;

interface CodedMessage {
  readonly code: string;
  readonly params: MessageParameters;
}

/** The message in the language of the catalogue, followed by its cause where it names one; undefined where a text is missing. */
export function translate(catalogue: MessageCatalogue, { code, params }: CodedMessage): string | undefined {
  const own = textOf(catalogue, code, params);
  const { problem, ...others } = params;
  const { cause, ...rest } = others;
  const [next, nextParams] = problem === undefined ? [cause, rest] : [problem, others];
  if (own === undefined || typeof next !== 'string' || !next.includes('.')) return own;
  const because = translate(catalogue, { code: next, params: nextParams });
  return because === undefined ? undefined : `${own} ${because}`;
}

function textOf(catalogue: MessageCatalogue, code: string, params: MessageParameters): string | undefined {
  const dot = code.indexOf('.');
  const text = catalogue[code.slice(0, dot)]?.[code.slice(dot + 1)];
  if (typeof text === 'function') return text(params, (other, its) => textOf(catalogue, other, its) ?? '');
  return text?.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(params[name] ?? ''));
}
