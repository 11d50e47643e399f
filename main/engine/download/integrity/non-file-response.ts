import { downloadMessages, type Message } from '../../messages/index.ts';
import { containerOf } from './container.ts';
import { errorInJson, isJsonData } from './json-error.ts';
import { isWebPage, rootElement } from './markup.ts';
import { sentence } from './sentence.ts';

/** How much of a file is read to tell a backup from an error; an error message is shorter. */
export const headBytes = 64 * 1024;

/** The beginning of a response or of a file. */
interface Head {
  readonly bytes: Uint8Array;
  /** Nothing follows. */
  readonly complete: boolean;
  readonly contentType: string | null;
  /** Words by which the provider announces a failure in plain text, in its own language. */
  readonly failureWords: readonly string[];
}

/**
 * What the server sent in place of a file; undefined for a file. A zip or gzip archive is a file whatever its
 * Content-Type: its integrity is checked later. Reads the text in linear time.
 */
export function nonFileReason({ bytes, complete, contentType, failureWords }: Head): Message | undefined {
  if (complete && bytes.length === 0) return downloadMessages.emptyFile();
  if (containerOf(bytes) !== 'none') return undefined;
  const text = decode(bytes);
  if (complete && text.trim() === '') return downloadMessages.emptyFile();
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === 'text/html' || type === 'application/xhtml+xml' || isWebPage(text.slice(0, 2048))) {
    return downloadMessages.webPage();
  }
  if (!complete || bytes.length >= headBytes) return undefined;
  const error = errorInJson(text) ?? errorInXml(text);
  if (error !== undefined) return downloadMessages.errorResponse(error === '' ? {} : { text: error });
  return isPlainNote(text, type, failureWords)
    ? downloadMessages.shortText({ text: sentence([withoutLeadingMarkup(text)]) })
    : undefined;
}

/** Text in the encoding that its byte order mark names; UTF-8 without one. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xfe && second === 0xff ? 'utf-16be' : first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

const responseRoot = /^(envelope|response|result|reply|status|message)$/i;
const errorName = /error|fault|exception|failure/i;
const errorElement = /<(?:[\w.-]{1,100}:)?(?:error|fault|exception|errormessage|errorcode)\b/i;
const textElement =
  /<(?:[\w.-]{1,100}:)?(?:message|errormessage|faultstring|text|description|reason|error)\b[^<>]*>\s*([^<\s][^<]*)</i;

/** The same in XML: recognized by the name of its root, or by an element of a response or of a very short document. */
function errorInXml(text: string): string | undefined {
  const root = rootElement(text);
  if (root === undefined) return undefined;
  const isResponse = text.length < shortText || responseRoot.test(root);
  if (!errorName.test(root) && !(isResponse && errorElement.test(text))) return undefined;
  return sentence([textElement.exec(text)?.[1]]);
}

/** In characters. No backup is a shorter text. */
const shortText = 1024;
const failure =
  /\b(errors?|fatal|failed|failure|denied|unauthori[sz]ed|forbidden|not found|invalid|expired|unavailable|timed out)\b|exception\b/i;

/** A short text for people: of the type text/plain, or with a failure in its first line. */
function isPlainNote(text: string, type: string | undefined, failureWords: readonly string[]): boolean {
  if (/[\p{Cc}\u{fffd}]/u.test(text.replace(/\s/g, '')) || isJsonData(text)) return false;
  if (type === 'text/plain' && text.length < shortText) return true;
  if (type === 'text/csv' || text.length >= 4 * shortText) return false;
  const [line = ''] = withoutLeadingMarkup(text).split('\n', 1);
  return line.length < 500 && (failure.test(line) || failureWords.some((word) => contains(line, word)));
}

/** PHP writes its errors into what it delivers, behind line breaks and in bold type. */
function withoutLeadingMarkup(text: string): string {
  const trimmed = text.trim();
  if (!/^<(?:br|b)\b/i.test(trimmed)) return trimmed;
  return trimmed
    .slice(0, 500)
    .replace(/<[^<>]{0,100}>/g, '')
    .trimStart();
}

/** Whether the line contains the word by itself. */
function contains(line: string, word: string): boolean {
  const words = (text: string): string =>
    ` ${text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]/u)
      .join(' ')} `;
  return words(line).includes(words(word));
}
