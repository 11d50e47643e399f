import { type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import type { Outcome } from '../../../preload/contract/index.ts';
import { decrypt, encrypt, type KeyRing } from './keys/index.ts';

/**
 * The versions of the content: under the key that the team was created with, and under one that a rotation created, whose id
 * stands before it. The signature stays as it is in all versions, so that newer ones can be verified too.
 */
const versions = { founding: '1', rotated: '2' } as const;

const text = z.string().nullable();

/** What the receiver says about one event, apart from the bytes it received. */
export const EventContent = z.object({
  /** The source that numbered the event; the receiver's installation when absent. */
  source: z.string().optional(),
  event: z.int().positive(),
  receiver: z.string(),
  hook: z.string(),
  connection: z.string(),
  hookLabel: z.string(),
  connectionName: z.string(),
  connector: z.string(),
  receivedAt: z.number(),
  deliveryId: text,
  /** The provider's name of the event. */
  name: text,
  system: text,
  title: z.string(),
  summary: text,
  outcome: z.enum(['success', 'failed', 'info'] satisfies Outcome[]).nullable(),
  resource: text,
  occurredAt: z.number().nullable(),
  readable: z.boolean(),
  silent: z.boolean(),
  verified: z.string(),
  variant: text,
  headers: z.record(z.string(), z.string()),
  plural: text,
  place: text,
  jobs: text,
  /** Title, summary and plural as messages for other languages, which earlier versions do not send. */
  messages: text.default(null),
  /** What it can be found by besides title and summary: people, files, projects. */
  names: z.string().default(''),
  /** What the receiver calls the resource. */
  resourceName: text.default(null),
});
export type EventContent = z.infer<typeof EventContent>;

/** A message as it lies in the stream. */
interface Envelope {
  readonly headers: Readonly<Record<string, string>>;
  readonly data: Uint8Array;
}

const versionHeader = 'Ringback-Version';
export const signatureHeader = 'Ringback-Signature';

export interface SealingKeys {
  readonly signing: KeyObject;
  /** AES-256 in base64. */
  readonly teamKey: string;
  /** The newest key of a rotation encrypts in place of that one. */
  readonly rotated?: Pick<KeyRing, 'newest'>;
}

/** Encrypts an event for the team and signs it, in another thread. */
export async function sealEvent(
  content: EventContent,
  body: Uint8Array,
  subject: string,
  keys: SealingKeys,
): Promise<Envelope> {
  const head = Buffer.from(JSON.stringify(content));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  const plain = Buffer.concat([length, head, body]);
  const key = keys.rotated?.newest;
  const data = key
    ? Buffer.concat([Buffer.from(key.id, 'hex'), encrypt(plain, key.key)])
    : encrypt(plain, keys.teamKey);
  const version = key ? versions.rotated : versions.founding;
  const signature = (await signAside(signedBytes(version, subject, data), keys.signing)).toString('base64');
  return { headers: { [versionHeader]: version, [signatureHeader]: signature }, data };
}

export interface ReceivedEnvelope {
  readonly subject: string;
  readonly data: Uint8Array;
  header(name: string): string;
}

export interface OpeningKeys {
  /** The receiver's key, from the invitation. */
  readonly signing: KeyObject;
  readonly teamKey: string;
  readonly rotated?: Pick<KeyRing, 'find'>;
}

export type OpenedEnvelope =
  | { readonly kind: 'event'; readonly content: EventContent; readonly body: Uint8Array }
  /** The signature is valid and the content of a later version. */
  | { readonly kind: 'newer'; readonly version: string }
  /** The signature is valid, and the content encrypted under a key that is not known here. */
  | { readonly kind: 'locked' }
  | { readonly kind: 'forged' };

/** Verifies the signature, in another thread, before anything is read. */
export async function openEnvelope(message: ReceivedEnvelope, keys: OpeningKeys): Promise<OpenedEnvelope> {
  const given = message.header(versionHeader);
  const signature = Buffer.from(message.header(signatureHeader), 'base64');
  if (!(await verifyAside(signedBytes(given, message.subject, message.data), keys.signing, signature)))
    return { kind: 'forged' };
  if (given === versions.founding) return openContent(message.data, keys.teamKey, given);
  if (given !== versions.rotated) return { kind: 'newer', version: given };
  const id = Buffer.from(message.data.subarray(0, keyIdLength)).toString('hex');
  const key = keys.rotated?.find(id);
  return key ? openContent(message.data.subarray(keyIdLength), key.key, given) : { kind: 'locked' };
}

function openContent(data: Uint8Array, key: string, given: string): OpenedEnvelope {
  try {
    const plain = decrypt(data, key);
    const end = 4 + plain.readUInt32BE(0);
    const content = EventContent.parse(JSON.parse(plain.subarray(4, end).toString()));
    return { kind: 'event', content, body: new Uint8Array(plain.subarray(end)) };
  } catch {
    return { kind: 'newer', version: given };
  }
}

function signAside(data: Uint8Array, key: KeyObject): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign(null, data, key, (error, signature) => (error ? reject(error) : resolve(signature)));
  });
}

function verifyAside(data: Uint8Array, key: KeyObject, signature: Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    verify(null, data, key, signature, (error, isGenuine) => (error ? reject(error) : resolve(isGenuine)));
  });
}

function signedBytes(given: string, subject: string, data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`ringback-envelope\n${given}\n${subject}\n`), data]);
}

const keyIdLength = 8;
