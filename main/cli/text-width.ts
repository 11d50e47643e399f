import { eastAsianWidth } from 'get-east-asian-width';

const graphemes = new Intl.Segmenter();
/** Characters that all terminals show one column wide. */
const simple = /^[ -~]*$/;
const emoji = /^\p{Emoji_Presentation}|\ufe0f/u;
/** Shown with the character before: marks, joiners, and the later letters of a Korean syllable. */
const attached = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]$/u;

/** Columns that a terminal needs for the text: two for Chinese, Japanese and Korean characters and for emoji. */
export function textWidth(text: string): number {
  if (simple.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

/** The text in at most this many columns; where some of it does not fit, it ends with "…". */
export function cutToWidth(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  if (simple.test(text)) return `${text.slice(0, Math.max(0, columns - 1))}…`;
  let shown = '';
  let width = 1;
  for (const { segment } of graphemes.segment(text)) {
    width += graphemeWidth(segment);
    if (width > columns) break;
    shown += segment;
  }
  return `${shown}…`;
}

export function padToWidth(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}

function graphemeWidth(grapheme: string): number {
  if (emoji.test(grapheme)) return 2;
  let width = 0;
  for (const character of grapheme)
    if (!attached.test(character)) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  return width;
}
