import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Delivery, Proof, Refusal, Secret } from '../engine/connector.ts';

const prefix = 'sha1hash=';

/**
 * Decides over `x-adsk-signature`: `sha1hash=` and the hex HMAC-SHA1 of the raw bytes.
 * Every secret counts, so that nothing is lost while one is replaced (APS takes up to ten minutes).
 */
export function verifySignature({ headers, body }: Delivery, secrets: readonly Secret[]): Proof | Refusal {
  const header = headers['x-adsk-signature'];
  if (header === undefined) return refusal('The signature is missing (no header x-adsk-signature).');
  if (!header.startsWith(prefix)) return refusal('The signature has an unknown prefix; only "sha1hash=" is known.');
  const hex = header.slice(prefix.length);
  if (!/^[0-9a-f]{40}$/i.test(hex)) return refusal('The signature is malformed: it is not 40 hexadecimal digits.');
  // An empty secret would let anyone sign.
  const usable = secrets.filter(({ value }) => value !== '');
  if (usable.length === 0) return refusal('The signature cannot be checked: no secret is known for this address.');
  const given = Buffer.from(hex, 'hex');
  const match = usable.find(({ value }) => timingSafeEqual(given, sign(value, body)));
  if (!match) return refusal(whyNoMatch(given, body, usable));
  const deliveryId = headers['x-adsk-delivery-id'];
  return { genuine: true, verified: 'signature', secret: match.of, ...(deliveryId ? { deliveryId } : {}) };
}

function sign(secret: string, body: Uint8Array | string): Buffer {
  return createHmac('sha1', secret).update(body).digest();
}

function refusal(reason: string): Refusal {
  return { genuine: false, reason };
}

/** Larger bodies are not looked into: a forged delivery must stay cheap. */
const largestExamined = 16 * 1024;
/** Nor are bodies that nest deeper than any real one: written anew with indents they would grow beyond measure. */
const deepestExamined = 32;

function whyNoMatch(given: Buffer, body: Uint8Array, secrets: readonly Secret[]): string {
  const rewritten =
    body.length <= largestExamined &&
    serialisations(body).some((text) => secrets.some(({ value }) => timingSafeEqual(given, sign(value, text))));
  return rewritten
    ? 'The signature does not match: the body was re-serialised on the way. A proxy or tunnel changes it; the bytes must pass untouched.'
    : 'The signature does not match the body and the known secrets.';
}

/** The texts that may have been signed, if somebody parsed the body and wrote it anew. */
function serialisations(body: Uint8Array): string[] {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return [];
  }
  if (isDeeper(value, deepestExamined)) return [];
  const indented = [1, 2, 4, '\t'].map((indent) => JSON.stringify(value, null, indent));
  // No line break stands inside a JSON string, so what is left of an indented text is `{"a": 1, "b": 2}`.
  const spaced = indented[0]?.replace(/,\n */g, ', ').replace(/\n */g, '') ?? '';
  const texts = [JSON.stringify(value), spaced, enveloped(value), ...indented];
  return texts.flatMap((text) => [text, escaped(text)]).flatMap((text) => [text, `${text}\n`]);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

/** As written by who puts blanks into the envelope around a payload that was ready. */
function enveloped(value: unknown): string {
  const members = Object.entries(value ?? {}).map(
    ([name, member]) => `${JSON.stringify(name)}: ${JSON.stringify(member)}`,
  );
  return `{${members.join(', ')}}`;
}

function escaped(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
