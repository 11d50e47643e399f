import type { IncomingHttpHeaders } from 'node:http';
import type { BackupFile } from './backup-files.ts';
import type { Behaviour } from './behaviour.ts';

/** The requested bytes from `from` up to, not including, `to`; "unsatisfiable" where the file has none of them. */
export type Wanted = { readonly from: number; readonly to: number; readonly isPart: boolean } | 'unsatisfiable';

/** Parses a Range header of one range (RFC 9110); the whole file where a condition fails or several ranges are requested. */
export function wanted(
  headers: IncomingHttpHeaders,
  file: BackupFile,
  { ranges, validator }: Behaviour['download'],
): Wanted {
  const whole = { from: 0, to: file.size, isPart: false };
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? [];
  if (!ranges || (first === '' && last === '')) return whole;
  const condition = headers['if-range'];
  if (condition !== undefined && !strongValidators(file, validator).includes(String(condition))) return whole;
  const from = first === '' ? Math.max(0, file.size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? file.size : Math.min(Number(last) + 1, file.size);
  return from >= file.size || from >= to ? 'unsatisfiable' : { from, to, isPart: true };
}

/** The ETag and Last-Modified headers of the response. */
export function validators(
  file: BackupFile,
  validator: Behaviour['download']['validator'],
): { readonly etag?: string; readonly 'last-modified'?: string } {
  const etag = validator === 'weak-etag' ? `W/"${file.tag}"` : `"${file.tag}"`;
  const hasTag = validator !== 'last-modified' && validator !== 'none';
  const hasTime = validator === 'both' || validator === 'last-modified';
  return {
    ...(hasTag ? { etag } : {}),
    ...(hasTime ? { 'last-modified': new Date(file.modified).toUTCString() } : {}),
  };
}

function strongValidators(file: BackupFile, validator: Behaviour['download']['validator']): string[] {
  return Object.values(validators(file, validator)).filter((text) => !text.startsWith('W/'));
}
