import { defineMessages } from '../../engine/messages/index.ts';

/** How a delivery of Autodesk is signed, and why a signature is not accepted. */
export const signatureMessages = defineMessages('apsSignature', {
  prefixed: ({ algorithm, prefix }: { algorithm: string; prefix: string }) => `${algorithm} with the prefix ${prefix}`,
  withoutPrefix: ({ algorithm }: { algorithm: string }) => `${algorithm} without a prefix`,

  repeated: ({ count }: { count: number }) => `The signature header was sent ${count} times with different values.`,
  noSecret: () => 'The signature cannot be checked: no secret is known for this address.',
  missing: () => 'The signature is missing (no header x-adsk-signature).',
  missingBesideOther: ({ header }: { header: string }) =>
    `The signature is missing (no header x-adsk-signature). There is ${header} instead, which another sender or a proxy sets.`,
  unknownPrefix: () => 'The signature has an unknown prefix; only "sha1hash=" is known.',
  rewrittenPrefix: () =>
    'The signature has an unknown prefix; only "sha1hash=" is known, in small letters and without blanks before it. Something on the way rewrote it.',
  removedPrefix: () =>
    'The signature has an unknown prefix; only "sha1hash=" is known. It is missing: something on the way removed it.',
  otherPrefix: ({ prefix }: { prefix: string }) =>
    `The signature has an unknown prefix; only "sha1hash=" is known. It begins with "${prefix}=", as another sender or algorithm would write it.`,
  notFortyDigits: () => 'The signature is malformed: it is not 40 hexadecimal digits.',
  otherAlgorithm: () =>
    'The signature is malformed: it is not 40 hexadecimal digits; 64 digits are of HMAC-SHA-256, another algorithm.',
  neitherLength: () => 'The signature is malformed: it is neither 40 nor 64 hexadecimal digits.',
  contradiction: ({ prefix, digits }: { prefix: string; digits: number }) =>
    `The signature contradicts itself: its prefix says "${prefix}", its length ${digits} digits.`,
  noMatch: () => 'The signature does not match the body and the known secrets.',
  reserialised: () =>
    'The signature does not match: the body was re-serialised on the way. A proxy or tunnel changes it; the bytes must pass untouched.',
});
