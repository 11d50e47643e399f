import { isCredentialHeader, maskMembers } from './mask-members.ts';

/** Parameters of links and forms that grant access to what the link names. */
const parameters = [
  'x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|sig|signature|policy|key-pair-id',
  'key|api[_-]?key|token|(?:access|refresh|id|session|security|sas)[_-]?token|code|code_verifier',
  'password|passwd|secret|client[_-]?secret',
].join('|');

/** Headers whose whole value is a credential. */
const credentialHeaders = '(?:set-)?cookie|(?:proxy-)?authorization|x-api-key|x-auth-token';

/** JSON may write "&" as "\u0026" and "/" as "\/". */
const value = String.raw`(?:[^&\s"'<>\\]|\\\/){6,}`;
const parameterBehind = (start: string): RegExp => new RegExp(`((?:${start})(?:${parameters})=)${value}`, 'gi');

type Mask = readonly [RegExp, string | ((match: string, ...groups: string[]) => string)];

/** What is a credential wherever it stands. */
const certain: readonly Mask[] = [
  // A token of three parts (RFC 7519).
  [/(?<![\w-])eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g, 'eyJ…'],
  // User and password of a URL; digits before the first "/" are a port.
  [
    /(\b[a-z][a-z0-9+.-]{0,20}:(?:\/\/|\\\/\\\/))[^\s/@:"'<>[\\]{0,200}:(?!\d{1,5}\\?\/)(?:[^\s@"'<>\\]|\\\/){1,200}@(?:[^\s/@"'<>\\]{1,200}@)*/gi,
    '$1…@',
  ],
  [/((?:\/|\\\/)in(?:\/|\\\/)[0-9a-f]{4})[0-9a-f]{28}/g, '$1…'],
];
const links: readonly Mask[] = [[parameterBehind('[?&#]|&amp;'), '$1…'], ...certain];
const payload: readonly Mask[] = [
  [parameterBehind(String.raw`[?&;#]|\\u0026|\b`), '$1…'],
  // The header in a text or in a list of headers.
  [/(\bauthorization[^a-z0-9]{1,16}(?:value[^a-z0-9]{1,16})?(?:bearer|basic)\s+)(?:[\w.~+/=-]|\\\/){8,}/gi, '$1…'],
  // A line of headers. Within JSON, the value ends with its string.
  [new RegExp(String.raw`(\b(?:${credentialHeaders})[ \t]{0,8}:[ \t]{0,8})[^\s"\\][^"\\\r\n]{0,8000}`, 'gi'), '$1…'],
  [
    /(\bbasic\s+)((?:[a-z0-9+/]|\\\/){8,}={0,2})(?![\w.-])/gi,
    (match, scheme = '', text = '') => (isUserAndPassword(text) ? `${scheme}…` : match),
  ],
  ...certain,
];
const mayHold = /[=@":]|eyj|in\\?\/|basic|bearer/i;

/**
 * A payload as people see it: the keys of signed links, tokens and passwords are concealed, everything else stays as it was,
 * and JSON stays JSON. It is for display only, since it may conceal too much.
 */
export function maskSecrets(text: string): string {
  return mayHold.test(text) ? maskAll(payload, maskMembers(text)) : text;
}

/** A title or sentence, in which only what a link or token grants is concealed: names of files stay as they are. */
export function maskLinks(text: string): string {
  return maskAll(links, text);
}

/** The same as of a payload, of headers. */
export function maskHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [name, isCredentialHeader(name) ? '…' : maskSecrets(text)]),
  );
}

function maskAll(masks: readonly Mask[], text: string): string {
  return masks.reduce(
    (result, [pattern, replacement]) =>
      typeof replacement === 'string' ? result.replace(pattern, replacement) : result.replace(pattern, replacement),
    text,
  );
}

/** Whether it is what Basic authentication sends (RFC 7617), and not a word that follows "Basic". */
function isUserAndPassword(encoded: string): boolean {
  const base64 = encoded.replaceAll('\\/', '/');
  const text = Buffer.from(base64, 'base64').toString();
  return base64.length % 4 === 0 && text.includes(':') && !/[\p{Cc}\ufffd]/u.test(text);
}
