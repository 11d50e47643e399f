const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The tokens of a JSON text, unchanged and without the white space between them; undefined for text that is not JSON. */
export function jsonTokens(text: string): readonly string[] | undefined {
  return isJson(text) ? (text.match(token) ?? []) : undefined;
}

/**
 * Formats JSON with an indent of two spaces. Numbers and strings stay unchanged, since parsing would round long
 * numbers. Undefined for text that is not JSON.
 */
export function prettyJson(text: string): string | undefined {
  const tokens = jsonTokens(text);
  if (!tokens) return undefined;
  const parts: string[] = [];
  let level = 0;
  let previous = '';
  const newLine = () => parts.push('\n', '  '.repeat(level));
  for (const piece of tokens) {
    const closes = piece === '}' || piece === ']';
    const opened = previous === '{' || previous === '[';
    if (closes) level--;
    if (closes ? !opened : opened || previous === ',') newLine();
    parts.push(piece === ':' ? ': ' : piece);
    if (piece === '{' || piece === '[') level++;
    previous = piece;
  }
  return parts.join('');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
