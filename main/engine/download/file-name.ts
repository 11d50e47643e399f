import { parse } from 'content-disposition';
import { decodeHeader } from '../requests/index.ts';
import { type Container, containerInName, containerOf } from './integrity/index.ts';

interface NameSources {
  /** The Content-Disposition header as fetch gives it: one character per byte. */
  readonly disposition: string | null;
  readonly url: string;
  readonly contentType: string | null;
  /** The first bytes of the file. */
  readonly head: Uint8Array;
  /** The content codings that were undone for the content. */
  readonly codings?: readonly string[];
  /** Where neither header nor URL gives a name. */
  readonly fallback: string;
}

interface FileName {
  readonly name: string;
  /** The server's name of it, where its extension does not match the content. */
  readonly serverName?: string;
}

/**
 * The name of a downloaded file, safe on Windows, macOS and Linux: never a path, hidden, reserved, or one of our own
 * working files. The extension of an archive matches its content: gzip bytes called "backup.zip" become
 * "backup.zip.gz".
 */
export function fileNameOf({ disposition, url, contentType, head, fallback, codings = [] }: NameSources): FileName {
  const given =
    safeFileName(dispositionName(disposition)) || safeFileName(lastSegment(url)) || safeFileName(fallback) || 'backup';
  const name = shorten(hasExtension(given) ? given : given + extensionOf(contentType, head));
  const container = containerOf(head);
  // What remains of a name is checked again: "x.part.gz" must not become one of our own files.
  const plainName = safeFileName(withoutCoding(name, container, codings));
  if (plainName !== name && plainName !== '') return { name: plainName, serverName: name };
  const claimed = containerInName(name) ?? container;
  if (container === 'none' || claimed === container) return { name };
  return { name: shorten(name + containerExtensions[container]), serverName: name };
}

/** The name without the extension of an undone coding: "owner.sql.gz", sent as gzip, is "owner.sql". */
function withoutCoding(name: string, container: Container, codings: readonly string[]): string {
  const extension = codings.map((coding) => codingExtensions[coding]).find((one) => one?.container !== container);
  return extension === undefined ? name : name.replace(/\.tgz$/i, '.tar.gz').replace(extension.pattern, '') || name;
}

/** The same name with a number, used where the name is taken: "backup (2).tar.gz". */
export function numbered(name: string, number: number): string {
  const { stem, extension } = split(name);
  return `${stem} (${number})${extension}`;
}

/** RFC 6266: filename* before filename. Many servers put bare UTF-8 or RFC 2047 words into the latter. */
function dispositionName(header: string | null): string {
  if (header === null) return '';
  return decodeWords(decodeHeader(filenameIn(header)));
}

/** Leniently where the header is sent twice or its quotes do not match: the first filename counts. */
function filenameIn(header: string): string {
  try {
    const { parameters } = parse(header);
    const continued = parameters['filename*'] === undefined ? continuedFilename(parameters) : undefined;
    const filename = continued ?? parameters.filename;
    if (filename !== undefined) return filename.replace(/,\s{0,10}(attachment|inline)\b.*/is, '');
  } catch {
    // It does not follow the grammar.
  }
  const [, quoted, bare] = /\bfilename\s*=\s*(?:"([^"]{0,500})|([^";,]{1,500}))/i.exec(header.slice(0, 4000)) ?? [];
  return (quoted ?? bare ?? '').trim();
}

const mostParts = 100;

/**
 * RFC 2231: a name in parts "filename*0*", "filename*1" and so on; the first may begin with the encoding, and parts
 * with a final asterisk are percent-encoded. Undefined if there is none.
 */
function continuedFilename(parameters: Readonly<Record<string, string | undefined>>): string | undefined {
  let charset = 'utf-8';
  const parts: Buffer[] = [];
  for (let number = 0; number < mostParts; number += 1) {
    const encoded = parameters[`filename*${number}*`];
    const literal = encoded ?? parameters[`filename*${number}`];
    if (literal === undefined) break;
    const [, given = charset, rest = literal] =
      encoded !== undefined && number === 0 ? (/^([\w.:-]{0,40})'[^']{0,40}'(.*)$/s.exec(encoded) ?? []) : [];
    charset = given || charset;
    parts.push(encoded === undefined ? Buffer.from(literal, 'latin1') : percentDecoded(rest));
  }
  try {
    return parts.length === 0 ? undefined : new TextDecoder(charset, { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    return parts.length === 0 ? undefined : Buffer.concat(parts).toString('latin1');
  }
}

function percentDecoded(text: string): Buffer {
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

/** RFC 2047: "=?UTF-8?B?…?=" and "=?iso-8859-1?Q?…?=", which browsers read here too. */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?([\w-]{1,40})\?([bq])\?([^?]*)\?=/gi, (word, charset: string, kind: string, content: string) => {
      const bytes = kind.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : quotedBytes(content);
      try {
        return new TextDecoder(charset, { fatal: true }).decode(bytes);
      } catch {
        return word;
      }
    });
}

function quotedBytes(content: string): Buffer {
  const escaped = content.replaceAll('_', ' ');
  const decodedText = escaped.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(decodedText, 'latin1');
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

/** Whether it is a key of the link, which must neither be stored nor shown as a name. */
function isToken(stem: string): boolean {
  if (/^[0-9a-f-]{20,}$/i.test(stem) && /[0-9a-f]{12}/i.test(stem)) return true;
  const [run = ''] = /^[\w.~-]{20,}$/.test(stem) ? (/[A-Za-z0-9]{12,}/.exec(stem) ?? []) : [];
  return /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run);
}

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{fffd}]/gu;
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)/i;
const ownExtension = /\.(part|part\.json|damaged|ringback\.json|ringback\.json\.new)$/i;

/** The last segment of a path as a name that is safe on every system; empty where nothing usable remains. */
export function safeFileName(raw: string): string {
  const cleaned = raw.toWellFormed().normalize('NFC').replace(invisible, '');
  const segment =
    cleaned
      .split(/[/\\]/)
      .map(trim)
      .findLast((part) => part !== '') ?? '';
  const name = trim(segment.replace(/[:*?"<>|]/g, '_'));
  if (ownExtension.test(name)) return `${name}.bin`;
  return reserved.test(name) ? `_${name}` : name;
}

/** Leading dots hide a file on Unix; Windows drops trailing dots and spaces. */
function trim(text: string): string {
  const start = text.search(/[^.\s]/);
  if (start < 0) return '';
  let end = text.length;
  while (/[.\s]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const compound = /\.tar\.[a-z0-9]{1,5}$/i;
const plain = /\.([a-z][a-z0-9]{0,9}|7z|\d{3})$/i;

function hasExtension(name: string): boolean {
  return plain.test(name);
}

function split(name: string): { readonly stem: string; readonly extension: string } {
  const extension = compound.exec(name)?.[0] ?? plain.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}

const longestName = 150;
/** File systems allow 255 bytes, including a number and the extensions of our working files. */
const longestBytes = 220;

function shorten(name: string): string {
  const { stem, extension } = split(name);
  const characters = [...stem].slice(0, longestName - [...extension].length);
  while (Buffer.byteLength(characters.join('') + extension) > longestBytes) characters.pop();
  return trim(characters.join('')) + extension;
}

const extensions: ReadonlyMap<string, string> = new Map(
  Object.entries({
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
  }),
);

const containerExtensions: Readonly<Record<Container, string>> = {
  zip: '.zip',
  gzip: '.gz',
  '7z': '.7z',
  rar: '.rar',
  tar: '.tar',
  bzip2: '.bz2',
  xz: '.xz',
  zstd: '.zst',
  none: '.bin',
};

const codingExtensions: Readonly<
  Record<string, { readonly container: Container | undefined; readonly pattern: RegExp }>
> = {
  gzip: { container: 'gzip', pattern: /\.gz$/i },
  'x-gzip': { container: 'gzip', pattern: /\.gz$/i },
  br: { container: undefined, pattern: /\.br$/i },
  zstd: { container: 'zstd', pattern: /\.zst$/i },
};

/** The first bytes of the content take precedence over its Content-Type. */
function extensionOf(contentType: string | null, head: Uint8Array): string {
  const container = containerOf(head);
  const known = extensions.get(contentType?.split(';')[0]?.trim().toLowerCase() ?? '');
  return container === 'none' ? (known ?? containerExtensions.none) : containerExtensions[container];
}
