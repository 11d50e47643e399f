import { lineOf, nodesOf, type SourceFile, type SyntaxNode } from './source.ts';
import { allowedWords, bannedWords } from './words.ts';

/** A banned word that a file contains, and what to write instead. */
interface BannedWord {
  readonly place: string;
  readonly word: string;
  readonly use: string;
}

interface TextPart {
  readonly text: string;
  readonly start: number;
}

const banned = bannedWords.flatMap(({ words, use }) => words.map((word) => ({ word, use, pattern: ` ${word} ` })));

/** Matches any banned word; nearly every text needs only this one test. */
const anyBanned = new RegExp(` (?:${banned.map(({ word }) => word).join('|')}) `);
const allowedNames = new Set(allowedWords.map(({ name }) => name));

/** Every banned word in the identifiers, strings and comments of a file. */
export function findBannedWords(file: SourceFile): BannedWord[] {
  const parts = [
    ...nodesOf(file.program).flatMap(textOf),
    ...file.comments.map(({ value, start }) => ({ text: value, start })),
  ];
  const allowedHere = allowedWords.filter(({ files }) => files?.includes(file.path));
  // Most names occur many times in a file.
  const distinct = new Set(parts.map(({ text }) => text));
  const suspicious = new Set([...distinct].filter((text) => anyBanned.test(wordsOf(text))));
  return parts.flatMap(({ text, start }) => {
    if (!suspicious.has(text)) return [];
    const words = wordsOf(withoutAllowed(text, allowedHere));
    return banned
      .filter(({ pattern }) => words.includes(pattern))
      .map(({ word, use }) => ({ place: `${file.path}:${lineOf(file.text, start)}`, word, use }));
  });
}

/** The identifier or string that the node itself contains. */
function textOf(node: SyntaxNode): TextPart[] {
  const { type, start, name, value } = node;
  if (/Identifier$/.test(type) && typeof name === 'string') return [{ text: name, start }];
  if (/^(Literal|JSXText)$/.test(type) && typeof value === 'string') return [{ text: value, start }];
  if (type === 'TemplateElement') return [{ text: (value as { readonly raw: string }).raw, start }];
  return [];
}

function withoutAllowed(text: string, allowedHere: typeof allowedWords): string {
  return allowedNames.has(text) ? '' : allowedHere.reduce((rest, { name }) => rest.replaceAll(name, ''), text);
}

/** The words of a name or a sentence in lower case, between spaces: ` create hook plan `. */
function wordsOf(text: string): string {
  const words = text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').match(/[A-Za-z]+/g) ?? [];
  return ` ${words.join(' ').toLowerCase()} `;
}
