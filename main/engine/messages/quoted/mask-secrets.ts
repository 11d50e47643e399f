/** Parameters of links and forms that grant access to what the link names. */
const parameters = [
  'x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|sig|signature|policy|key-pair-id',
  'key|api[_-]?key|token|(?:access|refresh|id|session|security|sas)[_-]?token|code|code_verifier',
  'password|passwd|secret|client[_-]?secret',
].join('|');
/** Members of JSON, and headers, whose values are credentials. */
const members = [
  'api[_-]?key|x-api-key|private[_-]?key|token|(?:access|refresh|id|session|security|sas|auth)[_-]?token|x-auth-token',
  'password|passwd|secret|(?:client|signing)[_-]?secret|(?:proxy-)?authorization|(?:set-)?cookie',
].join('|');

/** JSON may write "&" as "\u0026" and "/" as "\/". */
const value = String.raw`(?:[^&\s"'<>\\]|\\\/){6,}`;

const masks: readonly (readonly [RegExp, string])[] = [
  [new RegExp(String.raw`((?:[?&;#]|\\u0026|\b)(?:${parameters})=)${value}`, 'gi'), '$1…'],
  [new RegExp(String.raw`("(?:${members})"\s*:\s*")(?:[^"\\]|\\.)+`, 'gi'), '$1…'],
  [/\b((?:bearer|basic)\s+)(?:[\w.~+/=-]|\\\/){16,}/gi, '$1…'],
  // A token of three parts (RFC 7519).
  [/(?<![\w-])eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g, 'eyJ…'],
  [/(\b[a-z][a-z0-9+.-]{0,20}:(?:\/\/|\\\/\\\/))[^\s/@:"'\\]{1,200}:[^\s/@"'\\]{1,200}@/gi, '$1…@'],
  [/((?:\/|\\\/)in(?:\/|\\\/)[0-9a-f]{4})[0-9a-f]{28}/g, '$1…'],
];
const mayHold = /[=@"]|eyj|in\\?\/|bearer|basic/i;
const secretName = new RegExp(`^(?:${members})$`, 'i');

/**
 * A payload as people see it: the keys of signed links, tokens and passwords are concealed, everything else stays as it was,
 * and JSON stays JSON.
 */
export function maskSecrets(text: string): string {
  if (!mayHold.test(text)) return text;
  return masks.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/** The same of headers. */
export function maskHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [name, secretName.test(name) ? '…' : maskSecrets(text)]),
  );
}
