/** Words and phrases of a search text. */
export interface Terms {
  /** Words of three letters or more, which may stand within a name. */
  readonly parts: readonly string[];
  /** Shorter words, with which a word of the name begins. */
  readonly beginnings: readonly string[];
  /** Whole words that follow each other. */
  readonly phrases: readonly string[];
}

export interface SearchTerms {
  readonly required: Terms;
  readonly excluded: Terms;
}

const words = /[\p{L}\p{N}\p{M}]+/gu;

export const wordsOf = (text: string): readonly string[] => text.match(words) ?? [];

/** The text without differences of case, accents and width: "Straße" becomes "strasse", "ｶﾞｲﾄﾞ" becomes "ガイド". */
export function fold(text: string): string {
  const plain = text.normalize('NFKD').replace(/[\u0300-\u036f]+/g, '');
  // Upper case writes ß as SS, lower case does not.
  const folded = plain.toUpperCase().toLowerCase().normalize('NFC');
  // Lower case depends on what follows, and the index knows one sigma only.
  return folded.replaceAll('ς', 'σ');
}

/** Undefined where the text holds no word at all. A phrase stands in quotes; a minus excludes what follows. */
export function searchTermsOf(text: string): SearchTerms | undefined {
  const terms = [...fold(text).matchAll(/-?"[^"]*"?|[^\s"]+/g)].map(([term = '']) => term);
  const isExcluded = (term: string): boolean => /^-["\p{L}\p{N}]/u.test(term);
  const required = toTerms(terms.filter((term) => !isExcluded(term)));
  const excluded = toTerms(terms.filter(isExcluded));
  return isEmpty(required) && isEmpty(excluded) ? undefined : { required, excluded };
}

function isEmpty({ parts, beginnings, phrases }: Terms): boolean {
  return parts.length + beginnings.length + phrases.length === 0;
}

function toTerms(terms: readonly string[]): Terms {
  const isPhrase = (term: string): boolean => /^-?"/.test(term);
  const single = terms.filter((term) => !isPhrase(term)).flatMap(wordsOf);
  const isPart = (word: string): boolean => [...word].length >= 3;
  return {
    parts: single.filter(isPart),
    beginnings: single.filter((word) => !isPart(word)),
    phrases: terms.filter((term) => isPhrase(term) && wordsOf(term).length > 0).map((term) => wordsOf(term).join(' ')),
  };
}

/** Whether these texts match, as the search index would say. */
export function matchesTerms({ required, excluded }: SearchTerms, texts: readonly string[]): boolean {
  const folded = texts.map((text) => ({ text: fold(text), words: wordsOf(fold(text)) }));
  const hasPart = (part: string): boolean => folded.some(({ text }) => text.includes(part));
  const hasBeginning = (beginning: string): boolean =>
    folded.some((one) => one.words.some((word) => word.startsWith(beginning)));
  const hasPhrase = (phrase: string): boolean =>
    folded.some((one) => ` ${one.words.join(' ')} `.includes(` ${phrase} `));
  return (
    required.parts.every(hasPart) &&
    required.beginnings.every(hasBeginning) &&
    required.phrases.every(hasPhrase) &&
    !excluded.parts.some(hasPart) &&
    !excluded.beginnings.some(hasBeginning) &&
    !excluded.phrases.some(hasPhrase)
  );
}
