/** At most so many characters, without half of a surrogate pair at the end. */
export function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/** Line breaks and control characters, and the letter of braille that is a blank. */
const breaks = /[\p{Cc}\p{Zl}\p{Zp}\u2800]+/gu;

/** Scripts whose letters joiners connect or part. */
const joining = [
  ...['Arab', 'Syrc', 'Mong', 'Nkoo', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh'],
  ...['Khmr', 'Mymr', 'Tibt'],
]
  .map((script) => String.raw`\p{sc=${script}}`)
  .join('');

/** Invisible characters that belong to visible ones: in flags of regions, emoji, variants of ideographs, joined letters. */
const meant = [
  String.raw`\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}`,
  String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]|\ufe0f(?=\u20e3)`,
  String.raw`(?<=[\p{Extended_Pictographic}\p{EMod}\ufe0f])\u200d(?=\p{Extended_Pictographic})`,
  String.raw`(?<=\p{Ideographic})[\u{e0100}-\u{e01ef}]|(?<=\p{sc=Mong})[\u180b-\u180d\u180f]`,
  String.raw`(?<=[${joining}])[\u200c\u200d](?=[${joining}])`,
].join('|');
/** Characters that are not seen, and those that reverse or split the text around them. */
const unseen = new RegExp(String.raw`(${meant})|[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]`, 'gu');

/** Matches where there may be such a character; faster than the pattern above. */
const anyUnseen = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/u;

/** More marks above and below one letter than any language has cover the lines around. */
const stacked = /(\p{M}{6})\p{M}+/gu;

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);
const asciiBreaks = /\p{Cc}+/gu;

/** The text without characters that are not seen, but with those that belong to what is. */
export function withoutUnseen(text: string): string {
  return isAscii(text) || !anyUnseen.test(text) ? text : text.replace(unseen, (_, kept?: string) => kept ?? '');
}

/** A name or sentence of the sender's as it is shown: one line, in which nothing disguises what follows. */
export function shownText(text: string, longest: number): string {
  if (isAscii(text)) return shorten(text.replace(asciiBreaks, ' ').trim(), longest);
  const seen = withoutUnseen(text.toWellFormed());
  return shorten(seen.replace(stacked, '$1').replace(breaks, ' ').trim(), longest);
}
