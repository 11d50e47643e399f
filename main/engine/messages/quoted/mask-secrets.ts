import { commonNames, isCredentialName, passwordNames, tokenNames } from './credential-names.ts';
import { maskMembers } from './mask-members.ts';
import { hasExtension, isName, isReadable, isSentence } from './readable-name.ts';
import { withoutUnseen } from './shown-text.ts';

/** Parameters of links and forms that grant access to what the link names. */
const parameters = [
  'x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|sig|signature|policy|key-pair-id',
  'key|api[_-]?key|token|(?:access|refresh|id|session|security|sas)[_-]?token|code|code_verifier|awsaccesskeyid',
  'password|passwd|secret|client[_-]?secret',
].join('|');

/** A character in percent-encoding, also where an address is encoded as a part of another, once more each time. */
const encoded = (digits: string): string => `%(?:25){0,3}(?:${digits})`;
/** JSON may write "&" as "\u0026" and "/" as "\/". */
const parameterStart = String.raw`[?&#]|&amp;|\\{1,15}u0026|${encoded('3f|26|23')}`;
const equals = `(?:=|${encoded('3d')})`;
const value = String.raw`(?:[^&\s"'<>\\]|\\\/){6,}`;
const parameterBehind = (start: string): RegExp => new RegExp(`((?:${start})(?:${parameters})${equals})${value}`, 'gi');

type Replace = string | ((match: string, ...groups: string[]) => string);
type Mask = readonly [RegExp, Replace];

/** A token of the Bearer scheme, and not a word that follows "Bearer". */
const bearer: Mask = [
  /(\bbearer\s+)((?:[\w.~+=-]|\\?\/){16,})/gi,
  (match, scheme = '', token = '') => (isToken(token) && !isReadable(token) ? `${scheme}…` : match),
];
/** What Basic authentication sends. */
const basic: Mask = [
  /(\bbasic\s+)((?:[a-z0-9+/]|\\\/){8,}={0,2})(?![\w.-])/gi,
  (match, scheme = '', text = '') => (isUserAndPassword(text) ? `${scheme}…` : match),
];

/** Credentials that are recognized wherever they stand. */
const certain: readonly Mask[] = [
  // A token of three parts (RFC 7519).
  [/(?<![\w-])eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g, 'eyJ…'],
  // User and password of a URL; digits before the first "/" are a port.
  [
    /(\b[a-z][a-z0-9+.-]{0,20}:(?:\/\/|\\\/\\\/))[^\s/@:"'<>[\\]{0,200}:(?!\d{1,5}\\?\/)(?:[^\s@"'<>\\]|\\\/){1,200}@(?:[^\s/@"'<>\\]{1,200}@)*/gi,
    '$1…@',
  ],
  // The same in percent-encoding.
  [
    new RegExp(
      String.raw`(\b[a-z][a-z0-9+.-]{0,20}${encoded('3a')}(?:${encoded('2f')}){2})[\w.~+-]{0,200}${encoded('3a')}[\w.~+!*%-]{1,200}${encoded('40')}`,
      'gi',
    ),
    '$1…@',
  ],
  [/((?:\/|\\\/)in(?:\/|\\\/)[0-9a-f]{4})[0-9a-f]{28}/g, '$1…'],
  [/((?:%2f)in%2f[0-9a-f]{4})[0-9a-f]{28}/gi, '$1…'],
  [/(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)[^"'<>-]{1,10000}/g, '$1…'],
  // Tokens that their issuers mark by a prefix.
  [/(?<![\w-])(gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|[sr]k_live_)[\w-]{12,}/g, '$1…'],
  [/(?<![\w-])(AKIA|ASIA)[A-Z0-9]{12,}(?![\w-])/g, '$1…'],
  [/(?<![\w-])(AIza)[\w-]{30,}/g, '$1…'],
];
const links: readonly Mask[] = [[parameterBehind(parameterStart), '$1…'], bearer, ...certain];
/** Most titles hold nothing of all that. */
const mayLink = /[?&#%@]|\/in\\?\/|u0026|eyJ|bearer|-----B|(?:gh[pousr]|pat)_|glpat|xox|A[KS]IA|AIza|k_live/i;

/** Behind the name of a credential: what parts it from its value, and a quote that is no quote of JSON. */
const separator = String.raw`'?[ \t]{0,8}[:=][ \t]{0,8}(?:\\{1,15}["']|')?`;
const plainValue = String.raw`[^\s"'<>&;,\\{}[\]]`;
const named = (names: string, end: string): RegExp => new RegExp(`((?:${names})${separator})(${end})`, 'gi');
/** An element of XML. */
const element = new RegExp(String.raw`((?:${passwordNames}|${tokenNames})>)[^<>"\\]{1,8000}`, 'gi');
/** An attribute of XML, or a setting in quotes. In JSON this could be the end of a string. */
const quotedValue = new RegExp(
  String.raw`((?:${passwordNames}|${tokenNames})[ \t]{0,8}[:=][ \t]{0,8}")[^"\r\n]{1,8000}`,
  'gi',
);

/** Behind these names or schemes something may be concealed in a text that is no link. */
const mayName =
  /passw|passphrase|pwd|secret|[_-]?key|token|jwt|credential|assertion|session|x-ads-|cookie|authoriz|basic|sig|\\u00/i;

/** Behind a word that a sentence may hold. */
const common: Mask = [
  new RegExp(String.raw`((?<![\w-])(?:${commonNames}):[ \t]{1,8})(${plainValue}{4,8000})`, 'gi'),
  (match, start = '', text = '') => (isName(text) ? match : `${start}…`),
];
const headerLine = (names: string, line: string): RegExp =>
  new RegExp(String.raw`(\b(?:${names})[ \t]{0,8}:[ \t]{0,8})(${line})`, 'gi');
const concealUnlessSentence = (match: string, start = '', text = ''): string =>
  isSentence(text) ? match : `${start}…`;
/** Lines of headers, of which some are called as a sentence may be. */
const headerLines = (line: string): readonly Mask[] => [
  [headerLine('x-api-key|x-auth-token', line), '$1…'],
  [headerLine('(?:set-)?cookie|(?:proxy-)?authorization', line), concealUnlessSentence],
];
/** Within JSON, the value ends with its string. */
const lineOfPayload = String.raw`[^\s"\\][^"\\\r\n]{0,8000}`;
const lineOfText = String.raw`[^\r\n]{1,8000}`;

const payload: readonly Mask[] = [
  [parameterBehind(parameterStart), '$1…'],
  [parameterBehind(String.raw`;|\b`), concealUnlessFile],
  // The header in a text or in a list of headers.
  [/(\bauthorization[^a-z0-9]{1,16}(?:value[^a-z0-9]{1,16})?(?:bearer|basic)\s+)(?:[\w.~+/=-]|\\\/){8,}/gi, '$1…'],
  ...headerLines(lineOfPayload),
  common,
  [named(passwordNames, `${plainValue}{1,8000}`), '$1…'],
  [named(tokenNames, `${plainValue}{6,8000}`), concealToken],
  [element, '$1…'],
  bearer,
  basic,
  ...certain,
];
/** A text of others in a sentence: names of files stay as they are. */
const quoted: readonly Mask[] = [
  ...headerLines(lineOfText),
  common,
  [named(`${passwordNames}|${tokenNames}|\\b(?:sig|signature)`, `${plainValue}{4,8000}`), concealUnlessName],
  [quotedValue, '$1…'],
  [element, '$1…'],
  bearer,
  basic,
  ...certain,
];
const mayHold =
  /[=@":<']|%(?:25){0,3}3[ad]|eyj|in\\?\/|basic|bearer|(?:gh[pousr]|pat)_|-----B|glpat|xox|AKIA|ASIA|AIza|k_live/i;
const isJson = /^\s*["[{]/;

/**
 * A payload as people see it: the keys of signed links, tokens and passwords are concealed, everything else stays as it was,
 * and JSON stays JSON. It is for display only, since it may conceal too much.
 */
export function maskSecrets(text: string): string {
  return maskSeen(text, (seen) => {
    if (!mayHold.test(seen)) return seen;
    const masked = maskAll(payload, maskMembers(seen));
    return isJson.test(seen) ? masked : masked.replace(quotedValue, '$1…');
  });
}

/** A title or sentence, in which only what a link or token grants is concealed: names of files stay as they are. */
export function maskLinks(text: string): string {
  return mayLink.test(text) ? maskAll(links, text) : text;
}

/** What others wrote, such as the reason of a failure, in which passwords and tokens are concealed as well. */
export function maskQuoted(text: string): string {
  if (mayName.test(text)) return maskAll(quoted, text.includes('"') ? maskMembers(text) : text);
  return maskLinks(text);
}

/** The same as of a payload, of headers. */
export function maskHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [name, isCredentialName(name) ? '…' : maskSecrets(text)]),
  );
}

/** A text whose credentials are only hidden from the masks by characters that nobody sees is shown without these. */
function maskSeen(text: string, mask: (text: string) => string): string {
  const seen = withoutUnseen(text);
  if (seen === text) return mask(text);
  const masked = mask(seen);
  return masked === seen ? mask(text) : masked;
}

function maskAll(masks: readonly Mask[], text: string): string {
  return masks.reduce(
    (result, [pattern, replacement]) =>
      typeof replacement === 'string' ? result.replace(pattern, replacement) : result.replace(pattern, replacement),
    text,
  );
}

/** Whether it is what Basic authentication sends (RFC 7617), and not a word that follows "Basic". */
function isUserAndPassword(encodedText: string): boolean {
  const base64 = encodedText.replaceAll('\\/', '/');
  const text = Buffer.from(base64, 'base64').toString();
  return base64.length % 4 === 0 && text.includes(':') && !/[\p{Cc}\ufffd]/u.test(text);
}

const isToken = (text: string): boolean => /\d/.test(text) && /[a-z]/i.test(text) && !hasExtension(text);

/** Shows a value that is a file's name; in a list of several values, the extension at the end may belong to another one. */
function concealUnlessFile(match: string, start = ''): string {
  const text = match.slice(start.length);
  return hasExtension(text) && !/[;,|]/.test(text) ? match : `${start}…`;
}

function concealToken(match: string, start = '', text = ''): string {
  return isToken(text) ? `${start}…` : match;
}

/** Shows a file's name, and a word behind a colon, which may say what is wrong with a password. */
function concealUnlessName(match: string, start = '', text = ''): string {
  const isWord = start.includes(':') && /^\p{L}+[.!?]?$/u.test(text);
  return isWord || hasExtension(text) ? match : `${start}…`;
}
