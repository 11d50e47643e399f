import { hash } from 'node:crypto';
import { fold, innerBeginningsOf, type SearchTerms, type Terms, wordsOf } from './text.ts';

/**
 * The index holds every three characters that follow each other (trigrams), of the words of an event and of keys for its
 * hook, connection, kind and outcome. So one expression intersects all conditions of a query within the index, newest
 * first, whichever of them are rare.
 */

/** What an event is found by besides its words. */
type KeyKind = 'hook' | 'connection' | 'event' | 'outcome';

/**
 * Words have two spaces around them, so that "  t" and " to" find their beginnings; three spaces separate texts. Behind
 * each text are the inner beginnings of its words.
 */
export function toIndexedText(texts: readonly string[]): string {
  const parts = texts
    .map((text) => wordsOf(fold(text)))
    .flatMap((words) => [words.join('  '), words.flatMap(innerBeginningsOf).join('  ')])
    .filter((part) => part !== '');
  return parts.length > 0 ? `  ${parts.join('   ')}  ` : '';
}

/** Characters for private use (U+E000 to U+F8FF), which no word holds. */
const privateUse = { first: 0xe000, count: 6400 } as const;

/** Three characters that stand for a value; another value may have the same, but hardly ever does. */
export function keyOf(kind: KeyKind, value: string): string {
  const digest = hash('sha256', `${kind} ${value}`, 'buffer');
  return [0, 4, 8]
    .map((at) => String.fromCharCode(privateUse.first + (digest.readUInt32LE(at) % privateUse.count)))
    .join('');
}

/** What a query requires of an event; of each list of keys, one must occur. */
interface IndexConditions {
  readonly terms?: SearchTerms | undefined;
  /** Parts of words that occur besides. */
  readonly parts?: readonly string[];
  readonly keys: readonly (readonly string[])[];
}

const allOutcomes = ['success', 'failed', 'info', 'null'].map((outcome) => keyOf('outcome', outcome));

/** The conditions in the language of the index. */
export function matchExpression({ terms, parts = [], keys }: IndexConditions): string {
  const required = [...(terms ? expressionsOf(terms.required) : []), ...parts.map(quote), ...keys.map(anyOf)];
  const excluded = terms ? expressionsOf(terms.excluded) : [];
  // The index cannot list what lacks something, but it can take that from everything.
  const all = (required.length > 0 ? required : [anyOf(allOutcomes)]).join(' AND ');
  return excluded.length > 0 ? `(${all}) NOT (${excluded.join(' OR ')})` : all;
}

function expressionsOf({ parts, beginnings, phrases }: Terms): string[] {
  const beginning = (word: string): string => ([...word].length === 1 ? `  ${word}` : ` ${word}`);
  const phrase = (words: string): string => `  ${words.split(' ').join('  ')}  `;
  return [...parts, ...beginnings.map(beginning), ...phrases.map(phrase)].map(quote);
}

const quote = (text: string): string => `"${text}"`;
const anyOf = (keys: readonly string[]): string => `(${keys.map(quote).join(' OR ')})`;

/** The parts by which the index finds texts that contain this one: its words of three or more ASCII letters or digits. */
export function partsOf(text: string): string[] {
  const found = text.match(/(?<!\P{ASCII})[A-Za-z0-9]{3,}(?!\P{ASCII})/gu) ?? [];
  return found.map((word) => word.toLowerCase());
}
