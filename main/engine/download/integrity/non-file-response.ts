import { containerOf } from './container.ts';

/** As much of a file as is looked at to tell a backup from an error; an error message is shorter. */
export const headBytes = 64 * 1024;

const markup = /^(\s|<!--.*?-->|<\?xml[^>]*>)*<(!doctype\s+html|html|head|body|script|meta|title)\b/is;

/**
 * Says in plain words what the server sent in place of a file; undefined for a file.
 * A zip or gzip archive counts as a file whatever its Content-Type: the proof will tell.
 */
export function nonFileReason(head: Uint8Array, complete: boolean, contentType: string | null): string | undefined {
  if (complete && head.length === 0) return 'The server sent an empty file instead of a backup.';
  if (containerOf(head) !== 'none') return undefined;
  const text = Buffer.from(head)
    .toString('utf8')
    .replace(/^\u{feff}/u, '');
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === 'text/html' || type === 'application/xhtml+xml' || markup.test(text.slice(0, 2048))) {
    return 'The server sent a web page instead of a backup.';
  }
  if (!complete || head.length >= headBytes) return undefined;
  const error = errorIn(text) ?? errorInXml(text);
  if (error !== undefined) return `The server sent an error instead of a backup${error === '' ? '' : `: ${error}`}.`;
  return isNote(text, type) ? `The server sent a short text instead of a backup: ${sentence([text])}.` : undefined;
}

/** The server's own words, or "" where it gives none; undefined where the text is no JSON error. */
function errorIn(text: string): string | undefined {
  let value = parsed(text);
  if (typeof value === 'string') value = parsed(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  const codes = [fields.successCode, fields.statusCode, fields.status].map(Number);
  const failed = codes.some((code) => code >= 400 && code < 1000) || fields.success === false;
  const empty = Object.keys(fields).every((name) => ['message', 'retry', 'successCode', 'status'].includes(name));
  const said = [fields.error, fields.errorMessage, fields.errors].find(Boolean);
  if (!failed && !empty && said === undefined) return undefined;
  return sentence([fields.message, fields.error, fields.errorMessage, messageOf(fields.error), messageOf(fields.data)]);
}

const rootElement = /^(?:\s|<\?xml.*?\?>|<!--.*?-->)*<(?:[\w.-]+:)?([\w.-]+)/is;
const errorElement = /<(?:[\w.-]+:)?(?:error|fault|exception|errormessage|errorcode)\b/i;
const wordsElement =
  /<(?:[\w.-]+:)?(?:message|errormessage|faultstring|text|description|reason|error)\b[^>]*>\s*([^<\s][^<]*)</i;

/** The same for XML: told by the name of its root, or an element of an answer or of a very short document. */
function errorInXml(text: string): string | undefined {
  const root = rootElement.exec(text)?.[1];
  if (root === undefined) return undefined;
  const isAnswer = text.length < shortText || /^(envelope|response|result|reply|status|message)$/i.test(root);
  if (!/error|fault|exception|failure/i.test(root) && !(isAnswer && errorElement.test(text))) return undefined;
  return sentence([wordsElement.exec(text)?.[1]]);
}

/** In characters. No backup of anything is so short a text. */
const shortText = 1024;
const trouble =
  /\b(errors?|fatal|failed|failure|denied|unauthori[sz]ed|forbidden|not found|invalid|expired|unavailable|timed out)\b|exception\b/i;
/** Autoflex10 is Dutch. */
const dutchTrouble = /\b(fout|mislukt|niet gevonden|ongeldig|verlopen|geweigerd|geen toegang)\b/i;

/** A few words for people: what calls itself plain text and is short, or speaks of trouble in its first line. */
function isNote(text: string, type: string | undefined): boolean {
  if (/[\p{Cc}\u{fffd}]/u.test(text.replace(/\s/g, '')) || typeof parsed(text) === 'object') return false;
  if (type === 'text/plain' && text.length < shortText) return true;
  if (type === 'text/csv') return false;
  const [first = ''] = text.trim().split('\n', 1);
  return text.length < 4 * shortText && first.length < 500 && (trouble.test(first) || dutchTrouble.test(first));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.trim());
  } catch {
    return undefined;
  }
}

function messageOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'message' in value ? value.message : undefined;
}

function sentence(candidates: readonly unknown[]): string {
  const first = candidates.find((value) => typeof value === 'string' && value.trim() !== '');
  if (typeof first !== 'string') return '';
  // Links may hold what opens them.
  const shown = first.replace(/(https?:\/\/[^\s/"'<>]+)[^\s"'<>]*/gi, '$1').trim();
  return shown.replace(/\s+/g, ' ').replace(/\.+$/, '').slice(0, 200);
}
