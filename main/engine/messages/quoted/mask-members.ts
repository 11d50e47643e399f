import { isCredentialName, isSignatureName } from './credential-names.ts';

/**
 * The name of a member, its quotes escaped where the JSON stands within a string of other JSON, and what follows up to its
 * value. Its letters may be escaped, too.
 */
const member = /(?<!\\)(\\{0,15})"((?:[\w.@-]|\\{1,15}u[0-9a-f]{4}){1,80})\1"\s*:\s*/gi;
const escapedLetter = /\\+u([0-9a-f]{4})/gi;
/** A check value of other bytes, as in "sha1hash=…". */
const checkValue = /^sha\d{1,3}(?:hash)?=/;
/** Shorter numbers are counters, switches and versions. */
const number = /-?\d[\d.eE+-]{3,}/y;
/** Backslashes are taken together, also where no quote follows, so that none is looked at twice. */
const structure = /\\+"?|"|[[\]{}]|-?\d[\d.eE+-]{3,}/g;
const colon = /\s*:/y;

/** JSON, or a text that holds some, with the values of these members concealed; JSON stays JSON. */
export function maskMembers(text: string): string {
  const parts: string[] = [];
  let end = 0;
  let from = 0;
  const known = new Map<string, boolean>();
  for (let match = execAt(member, text, 0); match; match = execAt(member, text, from)) {
    const [found, backslashes = '', name = ''] = match;
    from = match.index + found.length;
    const conceals = known.get(name) ?? isConcealed(name);
    known.set(name, conceals);
    if (!conceals) continue;
    const value = maskValue(text, from, backslashes);
    parts.push(text.slice(end, from), value.shown);
    end = value.end;
    from = end;
  }
  return end === 0 ? text : parts.join('') + text.slice(end);
}

function isConcealed(name: string): boolean {
  const letter = (_: string, digits: string): string => String.fromCharCode(Number.parseInt(digits, 16));
  const plain = name.includes('\\') ? name.replace(escapedLetter, letter).replace(/[^\w.@-]/g, '') : name;
  return isCredentialName(plain) || isSignatureName(plain);
}

interface Value {
  readonly shown: string;
  /** Where the text goes on behind it. */
  readonly end: number;
}

function maskValue(text: string, start: number, backslashes: string): Value {
  if (text.startsWith(`${backslashes}"`, start)) return maskString(text, start, backslashes);
  if (text.startsWith('[', start) || text.startsWith('{', start)) return maskNested(text, start, backslashes);
  const found = execAt(number, text, start);
  return found ? { shown: concealed(backslashes), end: start + found[0].length } : { shown: '', end: start };
}

const concealed = (backslashes: string): string => `${backslashes}"…${backslashes}"`;

function maskString(text: string, start: number, backslashes: string): Value {
  const first = start + backslashes.length + 1;
  const { content, end } = endOfString(text, first, quoteLevel(backslashes.length));
  const isShown = content === first || checkValue.test(text.slice(first, Math.min(content, first + 12)));
  return { shown: isShown ? text.slice(start, end) : `${backslashes}"…${text.slice(content, end)}`, end };
}

/** Conceals each string and number of an array or object, but no names of members. */
function maskNested(text: string, start: number, backslashes: string): Value {
  const parts: string[] = [];
  let end = start;
  let depth = 0;
  do {
    const match = execAt(structure, text, end);
    // The end of a string around it cuts it off.
    if (!match || (match[0].endsWith('"') && match[0] !== `${backslashes}"`)) break;
    const [found] = match;
    if (found === '[' || found === '{') depth += 1;
    if (found === ']' || found === '}') depth -= 1;
    const item = maskItem(text, match.index, found, backslashes);
    parts.push(text.slice(end, match.index), item.shown);
    end = item.end;
  } while (depth > 0);
  return { shown: parts.join(''), end };
}

function maskItem(text: string, start: number, found: string, backslashes: string): Value {
  if (found.endsWith('"')) {
    const item = maskString(text, start, backslashes);
    return execAt(colon, text, item.end) ? { shown: text.slice(start, item.end), end: item.end } : item;
  }
  const end = start + found.length;
  const isShown = found.length === 1 || found.startsWith('\\');
  return { shown: isShown ? found : concealed(backslashes), end };
}

/** Where the content of a string ends, and where the string does: at a quote of its own level, or of a string around it. */
function endOfString(text: string, first: number, level: number): { readonly content: number; readonly end: number } {
  for (let quote = text.indexOf('"', first); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let content = quote;
    while (content > first && text.charAt(content - 1) === '\\') content -= 1;
    const found = quoteLevel(quote - content);
    const own = quote - (2 ** found - 1);
    if (found === level) return { content: own, end: quote + 1 };
    if (found < level) return { content: own, end: own };
  }
  return { content: text.length, end: text.length };
}

/**
 * How many strings of JSON contain a quote behind so many backslashes: each level doubles them and adds one for the
 * quote; pairs before that stand for backslashes.
 */
function quoteLevel(count: number): number {
  let level = 0;
  for (let rest = count; rest % 2 === 1; rest = (rest - 1) / 2) level += 1;
  return level;
}

function execAt(pattern: RegExp, text: string, start: number): RegExpExecArray | null {
  pattern.lastIndex = start;
  return pattern.exec(text);
}
