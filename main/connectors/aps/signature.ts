import { createHmac, timingSafeEqual } from 'node:crypto';
import type {
  Delivery,
  RejectedDelivery,
  RejectionReason,
  Secret,
  VerifiedDelivery,
} from '../../engine/connector/index.ts';
import { type Message, messageMembers } from '../../engine/messages/index.ts';
import { signatureMessages } from './signature-messages.ts';

type Algorithm = 'sha1' | 'sha256';

/** The parsed signature header. */
interface Signature {
  readonly algorithm: Algorithm;
  readonly digest: Buffer;
  /** The variant of the signature, for a header that allows several. */
  readonly variant?: Message;
}

/**
 * Verifies `x-adsk-signature` of the Webhooks API: `sha1hash=` and the HMAC-SHA1 of the raw bytes in hex. Each secret
 * is tried, so that no event is lost while one is replaced, which takes APS up to ten minutes.
 */
export function verifySignature(delivery: Delivery, secrets: readonly Secret[]): VerifiedDelivery | RejectedDelivery {
  return verify(delivery, secrets, parseStrictly);
}

/**
 * Verifies the signature of the Data Eventing service. It is documented as "HMAC hexdigest" only, so SHA-1 and SHA-256
 * are both accepted, by the length of the digest, with a prefix or without; a prefix must not contradict the length.
 */
export function verifyEitherSignature(
  delivery: Delivery,
  secrets: readonly Secret[],
): VerifiedDelivery | RejectedDelivery {
  return verify(delivery, secrets, parseEither);
}

/** The signature header that the Webhooks API would send with this body. */
export function signatureHeader(body: Uint8Array, secret: string): Readonly<Record<string, string>> {
  return { 'x-adsk-signature': `sha1hash=${sign('sha1', secret, body).toString('hex')}` };
}

function verify(
  { headers, body }: Delivery,
  secrets: readonly Secret[],
  parse: (header: string) => Signature | Message,
): VerifiedDelivery | RejectedDelivery {
  const [header, ...others] = distinct(headers['x-adsk-signature']);
  if (others.length > 0) return rejection(signatureMessages.repeated({ count: others.length + 1 }));
  if (header === undefined) return { ...rejection(missing(headers)), unsigned: true };
  const signature = parse(header);
  if ('code' in signature) return rejection(signature);
  // Anyone could sign with an empty secret.
  const usable = secrets.filter(({ value }) => value !== '');
  if (usable.length === 0) return rejection(signatureMessages.noSecret());
  const match = usable.find(({ value }) => isBy(value, signature, body));
  if (!match) return { ...rejection(signatureMessages.noMatch()), diagnose: () => diagnose(signature, body, usable) };
  const deliveryId = headers['x-adsk-delivery-id'];
  return {
    genuine: true,
    verified: 'signature',
    secret: match.of,
    ...(deliveryId ? { deliveryId } : {}),
    ...(signature.variant ? messageMembers('variant', signature.variant) : {}),
  };
}

function parseStrictly(header: string): Signature | Message {
  const prefix = 'sha1hash=';
  if (!header.startsWith(prefix)) return deviation(header);
  const hex = header.slice(prefix.length);
  if (!/^[0-9a-f]{40}$/i.test(hex)) {
    return /^[0-9a-f]{64}$/i.test(hex) ? signatureMessages.otherAlgorithm() : signatureMessages.notFortyDigits();
  }
  return { algorithm: 'sha1', digest: Buffer.from(hex, 'hex') };
}

/** How the header differs from the expected form, for known deviations. */
function deviation(header: string): Message {
  const trimmed = header.trim();
  if (/^sha1hash=/i.test(trimmed)) return signatureMessages.rewrittenPrefix();
  if (/^[0-9a-f]{40}$/i.test(trimmed)) return signatureMessages.removedPrefix();
  const [, other] = /^([\w-]{1,20})=/.exec(trimmed) ?? [];
  return other === undefined ? signatureMessages.unknownPrefix() : signatureMessages.otherPrefix({ prefix: other });
}

/** Names a signature header of another service where the request has one. */
function missing(headers: Delivery['headers']): Message {
  const other = Object.keys(headers).find((name) => /signature/.test(name));
  return other === undefined
    ? signatureMessages.missing()
    : signatureMessages.missingBesideOther({ header: other.slice(0, 60) });
}

function parseEither(header: string): Signature | Message {
  const [, prefix = '', named, hex = ''] = /^((sha1|sha256)(?:hash)?=)?(.*)$/is.exec(header.trim()) ?? [];
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(hex)) {
    return signatureMessages.neitherLength();
  }
  const algorithm: Algorithm = hex.length === 40 ? 'sha1' : 'sha256';
  if (named && named.toLowerCase() !== algorithm) {
    return signatureMessages.contradiction({ prefix, digits: hex.length });
  }
  const name = algorithm === 'sha1' ? 'HMAC-SHA-1' : 'HMAC-SHA-256';
  const { prefixed, withoutPrefix } = signatureMessages;
  const variant = prefix ? prefixed({ algorithm: name, prefix }) : withoutPrefix({ algorithm: name });
  return { algorithm, digest: Buffer.from(hex, 'hex'), variant };
}

function isBy(secret: string, { algorithm, digest }: Signature, body: Uint8Array | string): boolean {
  return timingSafeEqual(digest, sign(algorithm, secret, body));
}

function sign(algorithm: Algorithm, secret: string, body: Uint8Array | string): Buffer {
  return createHmac(algorithm, secret).update(body).digest();
}

/** The different values of a header that was sent several times. */
function distinct(header: string | undefined): readonly string[] {
  return header === undefined ? [] : [...new Set(header.split(/,\s*/))];
}

function rejection(reason: Message): RejectedDelivery {
  return { genuine: false, ...messageMembers('reason', reason) };
}

/** Limit in bytes for the diagnosis of a body, so that forged deliveries cost little. */
const largestExamined = 16 * 1024;
/** Limit of nesting for that diagnosis, since the indentation of deeper bodies would make them huge. */
const deepestExamined = 32;

function diagnose(signature: Signature, body: Uint8Array, secrets: readonly Secret[]): RejectionReason | undefined {
  const rewritten =
    body.length <= largestExamined &&
    serialisations(body).some((text) => secrets.some(({ value }) => isBy(value, signature, text)));
  return rewritten ? messageMembers('reason', signatureMessages.reserialised()) : undefined;
}

/** The texts that may have been signed if the body was parsed and serialized again in between. */
function serialisations(body: Uint8Array): string[] {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return [];
  }
  if (isDeeper(value, deepestExamined)) return [];
  const indented = [1, 2, 4, '\t'].map((indent) => JSON.stringify(value, null, indent));
  // JSON strings contain no line breaks, so removing those of an indented text gives `{"a": 1, "b": 2}`.
  const spaced = indented[0]?.replace(/,\n */g, ', ').replace(/\n */g, '') ?? '';
  const texts = [JSON.stringify(value), spaced, enveloped(value), ...indented];
  return texts.flatMap((text) => [text, escaped(text)]).flatMap((text) => [text, `${text}\n`]);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

/** As serialized with spaces in the envelope only, around a payload that was serialized before. */
function enveloped(value: unknown): string {
  const members = Object.entries(value ?? {}).map(
    ([name, member]) => `${JSON.stringify(name)}: ${JSON.stringify(member)}`,
  );
  return `{${members.join(', ')}}`;
}

function escaped(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
