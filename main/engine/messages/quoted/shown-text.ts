/** At most so many characters, without half of a surrogate pair at the end. */
export function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/** Line breaks and control characters. */
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Characters that reverse, hide or split the text around them. Those that join emoji and letters of some scripts stay. */
const disruptive = /[\u{61c}\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2069}\u{feff}\u{fff9}-\u{fffb}]+/gu;

/** A name or sentence of the sender's as it is shown: one line, in which nothing disguises what follows. */
export function shownText(text: string, longest: number): string {
  return shorten(text.replace(disruptive, '').replace(breaks, ' ').trim(), longest);
}
