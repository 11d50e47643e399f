import { containerOf } from './container.ts';

/** As much of a file as is looked at to tell a backup from an error; an error message is shorter. */
export const headBytes = 64 * 1024;

const markup = /^(\s|<!--.*?-->|<\?xml[^>]*>)*<(!doctype\s+html|html|head|body|script|meta|title)\b/is;

/**
 * Says in plain words what the server sent in place of a file; undefined for a file.
 * A zip or gzip archive counts as a file whatever its Content-Type: the proof will tell.
 */
export function impostorReason(head: Uint8Array, complete: boolean, contentType: string | null): string | undefined {
  if (complete && head.length === 0) return 'The server sent an empty file instead of a backup.';
  if (containerOf(head) !== 'none') return undefined;
  const text = Buffer.from(head)
    .toString('utf8')
    .replace(/^\u{feff}/u, '');
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === 'text/html' || type === 'application/xhtml+xml' || markup.test(text.slice(0, 2048))) {
    return 'The server sent a web page instead of a backup.';
  }
  const error = complete && head.length < headBytes ? errorIn(text) : undefined;
  if (error === undefined) return undefined;
  return `The server sent an error instead of a backup${error === '' ? '' : `: ${error}`}.`;
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
  return typeof first === 'string' ? first.trim().replace(/\s+/g, ' ').replace(/\.+$/, '').slice(0, 200) : '';
}
