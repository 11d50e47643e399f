/** Endings of names of credentials, whatever stands before them: "webhookSecret", "db.password". */
const endings = [
  'api[_-]?keys?|private[_-]?key|access[_-]?key|shared[_-]?key|account[_-]?key|token|jwt|bearer|credentials?',
  'passw(?:or)?d|passphrase|pwd|secrets?|(?:proxy-)?authorization|(?:set-)?cookie',
].join('|');

/** Headers of API gateways that carry tokens, also with an addition behind: "x-ads-token-data". */
const gatewayHeaders = 'x-ads-(?:token|auth|access|session|key|secret|signature)[\\w-]{0,40}';

const credential = new RegExp(`(?:^|[\\w.@-])(?:${endings})$|^(?:${gatewayHeaders})$`, 'i');

/** Members of signed forms. As headers they verify a callback, and grant access to nothing. */
const signature =
  /^(?:sig|signature|x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|awsaccesskeyid)$/i;

export const isCredentialName = (name: string): boolean => credential.test(name);
export const isSignatureName = (name: string): boolean => signature.test(name);

/** Sentences may hold these too: with a colon and a blank behind them they may announce anything not in quotes. */
export const commonNames = 'secret|token';
const uncommon = (name: string): string => `(?<=[\\w-])${name}|${name}(?!:[ \\t]{1,8}[^ \\t"'\\\\])`;

/** Ends of the names of passwords in a text: any value behind them is one. */
export const passwordNames = `passw(?:or)?d|passphrase|pwd|${uncommon('secret')}`;

/** Ends of the names of tokens in a text, where what stands behind them may as well be a word. */
export const tokenNames = `(?:api|access|shared|account|private)[_-]?key|${uncommon('token')}|jwt|credential|assertion|session_?id|${gatewayHeaders}`;
