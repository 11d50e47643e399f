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

/** Letters and digits; each emoji is a word of its own, and a flag one of two characters. */
const words = /[\p{L}\p{N}\p{M}]+|\p{RI}{2}|\p{Extended_Pictographic}/gu;

export const wordsOf = (text: string): readonly string[] => text.match(words) ?? [];

/** A letter of a script that is written without spaces between words, or in which one letter is a syllable. */
const dense =
  /[\p{sc=Han}\p{sc=Hangul}\p{scx=Hira}\p{scx=Kana}\p{sc=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** The later letter pairs of a word in a `dense` script, and its last letter: for 北京工程, 京工, 工程 and 程. */
export function innerBeginningsOf(word: string): readonly string[] {
  if (!dense.test(word)) return [];
  const letters = [...word];
  return letters.flatMap((letter, index) => {
    const pair = letter + (letters[index + 1] ?? '');
    return index > 0 && dense.test(pair) ? [pair] : [];
  });
}

/**
 * Marks that a reader may leave out: accents, vowel points of Hebrew and Arabic, the stroke that lengthens Arabic
 * words; and invisible ones, such as soft hyphens, joiners, the fillers of Hangul and the variants of emoji.
 */
const omitted =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u115f\u1160\u3164\uffa0\p{Cf}\p{VS}]+/gu;

/** What people type for letters that their keyboards lack, where Unicode does not decompose the letter. */
const typed: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ ł: 'l', ø: 'o', đ: 'd', ð: 'd', ɖ: 'd', þ: 'th', æ: 'ae', œ: 'oe', ħ: 'h', ŧ: 't', ŋ: 'n', ĸ: 'k', ƀ: 'b' },
    ...{ ɨ: 'i', ʉ: 'u', ɏ: 'y', ɇ: 'e', ƶ: 'z', ǥ: 'g', ς: 'σ' },
    ...{ ة: 'ه', ى: 'ي', ی: 'ي', ک: 'ك' },
  }),
);
const typedLetters = new RegExp(`[${[...typed.keys()].join('')}]`, 'g');

/** Hiragana, each 96 before the letter of katakana with the same sound. */
const hiragana = /[\u3041-\u3096\u309d\u309e]/g;
const toKatakana = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) + 0x60);

/** The text without case, accents, width and kana: "Straße" becomes "strasse", "Łódź" "lodz", "ｶﾞｲﾄﾞ" "ガイド". */
export function fold(text: string): string {
  if (isPlain(text)) return text.toLowerCase();
  const plain = text.normalize('NFKD').replace(omitted, '');
  // Upper case writes ß as SS, lower case does not.
  const folded = plain.toUpperCase().toLowerCase().normalize('NFC');
  return folded.replace(typedLetters, (letter) => typed.get(letter) ?? letter).replace(hiragana, toKatakana);
}

/** Whether nothing is to be folded but the case of ASCII letters. */
export const isPlain = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** Undefined where the text holds no word at all. A phrase stands in quotes; a minus excludes what follows. */
export function searchTermsOf(text: string): SearchTerms | undefined {
  const terms = [...fold(text).matchAll(/-?"[^"]*"?|[^\s"]+/g)].map(([term = '']) => term);
  const isExcluded = (term: string): boolean => /^-["\p{L}\p{N}\p{RI}\p{Extended_Pictographic}]/u.test(term);
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
  const folded = texts.map((text) => {
    const found = wordsOf(fold(text));
    return { text: fold(text), words: found, inner: found.flatMap(innerBeginningsOf) };
  });
  const hasPart = (part: string): boolean => folded.some(({ text }) => text.includes(part));
  const hasBeginning = (beginning: string): boolean =>
    folded.some((one) => [...one.words, ...one.inner].some((word) => word.startsWith(beginning)));
  const hasPhrase = (phrase: string): boolean =>
    folded.some((one) => [one.words, one.inner].some((list) => ` ${list.join(' ')} `.includes(` ${phrase} `)));
  return (
    required.parts.every(hasPart) &&
    required.beginnings.every(hasBeginning) &&
    required.phrases.every(hasPhrase) &&
    !excluded.parts.some(hasPart) &&
    !excluded.beginnings.some(hasBeginning) &&
    !excluded.phrases.some(hasPhrase)
  );
}
