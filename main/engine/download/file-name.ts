import { parse } from 'content-disposition';
import { containerInName, containerOf } from './integrity/index.ts';

export interface NameSources {
  /** The Content-Disposition header as fetch gives it: one character per byte. */
  readonly disposition: string | null;
  readonly url: string;
  readonly contentType: string | null;
  /** The first bytes of the file. */
  readonly head: Uint8Array;
  /** Where neither header nor URL give a name. */
  readonly fallback: string;
}

export interface FileName {
  readonly name: string;
  /** As others call it, where that says it is packed in another way than it is. */
  readonly misnomer?: string;
}

/**
 * The name for a download, safe on Windows, macOS and Linux: never a path, hidden, reserved, or one of our own working files.
 * An archive is named as the archive it is: gzip bytes that are called "backup.zip" become "backup.zip.gz".
 */
export function fileNameOf({ disposition, url, contentType, head, fallback }: NameSources): FileName {
  const given =
    safeFileName(dispositionName(disposition)) || safeFileName(lastSegment(url)) || safeFileName(fallback) || 'backup';
  const name = shorten(hasEnding(given) ? given : given + endingOf(contentType, head));
  const container = containerOf(head);
  const claimed = containerInName(name) ?? container;
  if (container === 'none' || claimed === container) return { name };
  return { name: shorten(name + containerEndings[container]), misnomer: name };
}

/** The same name with a number, for where it is taken: "backup (2).tar.gz". */
export function numbered(name: string, number: number): string {
  const { stem, ending } = split(name);
  return `${stem} (${number})${ending}`;
}

/** RFC 6266: filename* before filename. Many servers put bare UTF-8 into the latter. */
function dispositionName(header: string | null): string {
  const name = header === null ? undefined : parse(header).parameters.filename;
  if (name === undefined || /[^\0-\xff]/.test(name)) return name ?? '';
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(name, 'latin1'));
  } catch {
    return name;
  }
}

function lastSegment(url: string): string {
  const segment = decoded(new URL(url).pathname.split('/').findLast((part) => part !== '') ?? '');
  return isToken(split(segment).stem) ? '' : segment;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A key that opens the link is no name: it would be kept and shown. */
function isToken(stem: string): boolean {
  if (/^[0-9a-f-]{20,}$/i.test(stem) && /[0-9a-f]{12}/i.test(stem)) return true;
  const [run = ''] = /^[\w.~-]{20,}$/.test(stem) ? (/[A-Za-z0-9]{12,}/.exec(stem) ?? []) : [];
  return /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run);
}

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{fffd}]/gu;
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)/i;
const ownEnding = /\.(part|part\.json|ringback\.json)$/i;

/** The last segment of a path as a name that is safe on every system; empty where nothing usable is left. */
export function safeFileName(raw: string): string {
  const cleaned = raw.toWellFormed().normalize('NFC').replace(invisible, '');
  const segment =
    cleaned
      .split(/[/\\]/)
      .map(trim)
      .findLast((part) => part !== '') ?? '';
  const name = trim(segment.replace(/[:*?"<>|]/g, '_'));
  if (ownEnding.test(name)) return `${name}.bin`;
  return reserved.test(name) ? `_${name}` : name;
}

/** Leading dots hide a file on Unix; Windows drops trailing dots and spaces. */
function trim(text: string): string {
  return text.replace(/^[.\s]+|[.\s]+$/g, '');
}

const compound = /\.tar\.[a-z0-9]{1,5}$/i;
const plain = /\.([a-z][a-z0-9]{0,9}|7z|\d{3})$/i;

function hasEnding(name: string): boolean {
  return plain.test(name);
}

function split(name: string): { readonly stem: string; readonly ending: string } {
  const ending = compound.exec(name)?.[0] ?? plain.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - ending.length), ending };
}

const longestName = 150;
/** File systems allow 255 bytes; a number and the endings of our working files come on top. */
const longestBytes = 220;

function shorten(name: string): string {
  const { stem, ending } = split(name);
  const characters = [...stem].slice(0, longestName - [...ending].length);
  while (Buffer.byteLength(characters.join('') + ending) > longestBytes) characters.pop();
  return trim(characters.join('')) + ending;
}

const endings: Readonly<Record<string, string>> = {
  'application/zip': '.zip',
  'application/x-zip': '.zip',
  'application/x-zip-compressed': '.zip',
  'application/gzip': '.gz',
  'application/x-gzip': '.gz',
  'application/x-7z-compressed': '.7z',
  'application/x-tar': '.tar',
  'application/zstd': '.zst',
  'application/sql': '.sql',
  'application/x-sql': '.sql',
  'application/json': '.json',
  'application/xml': '.xml',
  'text/xml': '.xml',
  'text/csv': '.csv',
};

const containerEndings = { zip: '.zip', gzip: '.gz', none: '.bin' } as const;

/** What its first bytes say comes before what its server says. */
function endingOf(contentType: string | null, head: Uint8Array): string {
  const container = containerOf(head);
  const known = endings[contentType?.split(';')[0]?.trim().toLowerCase() ?? ''];
  return container === 'none' ? (known ?? containerEndings.none) : containerEndings[container];
}
