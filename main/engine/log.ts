import { maskAddresses, maskSecrets } from './messages/index.ts';
import type { LogEntry, LogLevel } from './ports.ts';

/** Writes one entry; `scope` is the part of Ringback that speaks, such as "tunnel". */
type WriteEntry = (scope: string, text: string) => void;

export type Log = Readonly<Record<LogLevel, WriteEntry>>;

/** Masked in the log in addition to what is masked everywhere, since the log may be sent to others. */
const masks: readonly (readonly [RegExp, string])[] = [
  [/((?:api_key|username|password|client_secret|access_token|refresh_token|code|code_verifier)=)[^&\s"']+/gi, '$1…'],
  [
    /("(?:api_?key|password|(?:client_?|signing_?)?secret|access_token|refresh_token)"\s*:\s*")(?:[^"\\]|\\.)*/gi,
    '$1…',
  ],
  [/((?:authorization|token)["']?\s*[:=]\s*["']?)(?:(?:Bearer|Basic)\s+)?[\w.~+/=-]{6,}/gi, '$1…'],
  [/((?:Bearer|Basic)\s+)[\w.~+/=-]{6,}/g, '$1…'],
  [/((?:set-)?cookie["']?\s*[:=]\s*["']?)[^\n"']+/gi, '$1…'],
  [/\b((?:x-amz-(?:signature|credential|security-token)|sig|signature|key)=)[^&\s"'<>]{6,}/gi, '$1…'],
  // Signed links, and credentials in front of a host.
  [/([?&;](?:x-amz-(?:signature|credential|security-token)|sig|signature|key|sv_sig)=)[^&\s"'<>]+/gi, '$1…'],
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@:"']{1,200}:[^\s/@"']{1,200}@/gi, '$1…@'],
  [/(\/in\/[0-9a-f]{4})[0-9a-f]{28}/g, '$1…'],
];

/** The text without credentials, tokens, callback keys and the keys of links. */
export function mask(text: string): string {
  const shown = maskAddresses(maskSecrets(text));
  return masks.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), shown);
}

/** A log that masks every entry before `write` and keeps it one entry, since others wrote much of its text. */
export function createLog(write: (entry: LogEntry) => void): Log {
  const at =
    (level: LogLevel): WriteEntry =>
    (scope, text) =>
      write({ level, scope, text: plain(mask(text)) });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function plain(text: string): string {
  return text
    .replace(/[^\P{Cc}\n]|\p{Cf}/gu, '')
    .trimEnd()
    .replaceAll('\n', '\n    ');
}

/** An error with its causes in one line, for the log. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : ` (cause: ${describe(error.cause)})`;
  const advice = isCodeMissing(error) ? ` ${restart}` : '';
  return `${error.stack ?? error.message}${advice}${cause}`;
}

/** Parts of the program are loaded when they are first needed. */
const restart = 'Was Ringback upgraded while it ran? Files of the version that runs are gone then: restart it.';

function isCodeMissing(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}
