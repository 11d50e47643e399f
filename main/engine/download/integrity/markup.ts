/**
 * The position behind leading white space, comments, processing instructions and, with `declarations`, the document type;
 * the length of the text where nothing follows. Reads each character once.
 */
function skipPreamble(text: string, { declarations = false } = {}): number {
  const skipped = [['<!--', '-->'], ['<?', '?>'], ...(declarations ? [['<!', '>']] : [])] as const;
  for (let at = skipSpace(text, 0); ; at = skipSpace(text, at)) {
    const [start = '', end = ''] = skipped.find(([mark = '']) => text.startsWith(mark, at)) ?? [];
    if (start === '') return at;
    const close = text.indexOf(end, at + start.length);
    if (close < 0) return text.length;
    at = close + end.length;
  }
}

/** The local name of the first element of a document; undefined where the text is none. */
export function rootElement(text: string): string | undefined {
  const at = skipPreamble(text, { declarations: true });
  return text[at] === '<' ? /^<(?:[\w.-]{1,100}:)?([\w.-]{1,100})/.exec(text.slice(at, at + 300))?.[1] : undefined;
}

/** Whether the text begins as a web page does. */
export function isWebPage(text: string): boolean {
  const at = skipPreamble(text);
  return /^<(!doctype\s{1,10}html|html|head|body|script|meta|title)\b/i.test(text.slice(at, at + 50));
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
  return at;
}
