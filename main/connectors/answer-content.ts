import type { Answer } from './http.ts';

/** The kind of content of a response that should have contained a token. */
type AnswerContent = 'empty' | 'page' | 'text' | 'json';

export interface ContentParameters {
  readonly host: string;
  readonly content: AnswerContent;
  /** The title of a web page; empty for any other content and for a page without one. */
  readonly title: string;
}

export function contentOf({ text, body }: Pick<Answer, 'text' | 'body'>): Omit<ContentParameters, 'host'> {
  const start = text.slice(0, longestStart).trim();
  if (start === '') return { content: 'empty', title: '' };
  if (start.startsWith('<')) return { content: 'page', title: titleOf(start) };
  return { content: body === undefined ? 'text' : 'json', title: '' };
}

/** Completes a sentence whose subject is the host: what it sent instead of a token. */
export function describeContent({ content, title }: Omit<ContentParameters, 'host'>): string {
  if (content === 'page') return `answered with a web page${title && ` titled "${title}"`} instead of a token`;
  if (content === 'empty') return 'answered with nothing instead of a token';
  return content === 'text' ? 'answered with text instead of a token' : 'answered without a token';
}

const longestStart = 64 * 1024;
const longestTitle = 80;

function titleOf(page: string): string {
  const lower = page.toLowerCase();
  const tag = lower.indexOf('<title');
  const start = tag < 0 ? -1 : lower.indexOf('>', tag) + 1;
  const end = start < 1 ? -1 : lower.indexOf('<', start);
  if (end < 0) return '';
  const title = page.slice(start, end).replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ');
  return title.trim().slice(0, longestTitle);
}
