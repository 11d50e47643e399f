import { readFileSync, statSync } from 'node:fs';

/** What a settings file holds. */
export interface Content {
  readonly text: string;
  /** True where some bytes are no characters; they are U+FFFD in the text. */
  readonly isDamaged: boolean;
  /** True where the encoding was concluded from bytes that are no UTF-8. */
  readonly isWestern?: boolean;
}

/** The text of a JSON object, without byte order mark and trailing NULs; undefined if there is none, or no file. */
export function readJsonObject(file: string): Content | undefined {
  if (!isFile(file)) return undefined;
  const { text: decoded, ...kind } = decode(readFileSync(file));
  const text = decoded.replace(/^\uFEFF{1,9}/, '').replace(/(?<!\0)\0+$/, '');
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { text, ...kind } : undefined;
  } catch {
    return undefined;
  }
}

/** UTF-16 and UTF-32 are recognised by their marks, or by the NULs beside the first character, which is a brace or blank. */
function decode(bytes: Buffer): Content {
  const wide = decodeUtf32(bytes);
  if (wide !== undefined) return { text: wide, isDamaged: false };
  const [first, second] = bytes;
  const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  const encoding = isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8';
  try {
    return { text: new TextDecoder(encoding, { ignoreBOM: true, fatal: true }).decode(bytes), isDamaged: false };
  } catch {
    const text = new TextDecoder(encoding).decode(bytes);
    // An editor may store letters beyond ASCII in the encoding of Western Windows; then none of them is valid UTF-8.
    const isWestern = encoding === 'utf-8' && !/[^\0-\x7f\ufffd]/.test(text);
    return isWestern
      ? { text: new TextDecoder('windows-1252').decode(bytes), isDamaged: false, isWestern: true }
      : { text, isDamaged: true };
  }
}

/** Undefined where it is no UTF-32. */
function decodeUtf32(bytes: Buffer): string | undefined {
  if (bytes.length < 4 || bytes.length % 4 !== 0) return undefined;
  const isLittle = bytes[2] === 0 && bytes[3] === 0 && (bytes[0] ?? 0) > 0;
  const isBig = bytes[0] === 0 && bytes[1] === 0 && (bytes[3] ?? 0) > 0;
  if (!isLittle && !isBig) return undefined;
  const characters: string[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    const code = isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    if (code > 0x10ffff) return undefined;
    characters.push(String.fromCodePoint(code));
  }
  return characters.join('');
}

/** False also for a folder of that name, or a pipe, of which a read would never return. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** The names of the settings that a JSON text holds. */
export function namesIn(text: string): string {
  return JSON.stringify(Object.keys(JSON.parse(text)));
}
