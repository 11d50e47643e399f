import { sign, verify } from 'node:crypto';
import { z } from 'zod';
import type { BrokerSession } from '../broker.ts';
import { describe } from '../log.ts';
import { coalesce, seconds } from '../timing/index.ts';
import type { OpeningKeys, SealingKeys } from './envelope.ts';
import {
  createKeyRing,
  decryptWith,
  encryptFor,
  formatTeamKeys,
  type KeyRing,
  parseTeamKeys,
  type TeamKey,
} from './keys/index.ts';
import type { JoinedRecord, MemberRecord } from './record.ts';
import { requestSubject } from './subjects.ts';

/** A member asks the receiver for the keys of the team, when it gets what is encrypted under one that it does not have. */
export const KeyRequest = z.object({ keys: z.literal(true) });

const KeyResponse = z.object({ encrypted: z.base64(), signature: z.base64() });
type KeyResponse = z.infer<typeof KeyResponse>;

/** Milliseconds in which the receiver must respond. */
const timeout = seconds(10);

/** The keys, for the owner of the member's own key alone. */
export function respondWithKeys(
  { id, user }: Pick<MemberRecord, 'id' | 'user'>,
  signing: SealingKeys['signing'],
  { all }: KeyRing,
): KeyResponse {
  const encrypted = encryptFor(user, Buffer.from(formatTeamKeys(all)));
  return {
    encrypted: encrypted.toString('base64'),
    signature: sign(null, signedBytes(id, encrypted), signing).toString('base64'),
  };
}

/** Throws for what the receiver did not sign, or what is for another member. */
export function readKeys(data: Uint8Array, member: string, seed: string, signing: OpeningKeys['signing']): TeamKey[] {
  const response = KeyResponse.parse(JSON.parse(Buffer.from(data).toString()));
  const encrypted = Buffer.from(response.encrypted, 'base64');
  if (!verify(null, signedBytes(member, encrypted), signing, Buffer.from(response.signature, 'base64')))
    throw new Error('the receiver did not sign the keys');
  return parseTeamKeys(decryptWith(encrypted, seed).toString());
}

function signedBytes(member: string, encrypted: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`ringback-keys\n${member}\n`), encrypted]);
}

/** The receiver did not send the key of a message. */
export class MissingKey extends Error {}

interface KeyRequestOptions {
  readonly team: Pick<JoinedRecord, 'id' | 'member'>;
  /** The seed of the member's own nkey. */
  readonly seed: string;
  readonly signing: OpeningKeys['signing'];
  readonly ring: KeyRing;
  session(): BrokerSession | undefined;
  /** Stores all keys that are known now. */
  learned(keys: readonly TeamKey[]): Promise<void>;
}

/** Requests the keys once for all waiting callers; keys are used only after they are stored. */
export function createKeyRequests({
  team,
  seed,
  signing,
  ring,
  session,
  learned,
}: KeyRequestOptions): () => Promise<void> {
  return coalesce(async () => {
    const current = session();
    if (!current) throw new Error('the server of the team is not connected');
    const request = Buffer.from(JSON.stringify({ keys: true } satisfies z.infer<typeof KeyRequest>));
    const subject = requestSubject(team.id, team.member.id);
    const data = await current.request(subject, request, timeout).catch((error) => {
      throw new MissingKey(`the receiver did not respond: ${describe(error)}`);
    });
    const keys = readKeys(data, team.member.id, seed, signing);
    const merged = createKeyRing(formatTeamKeys(ring.all));
    if (!merged.add(keys)) return;
    await learned(merged.all);
    ring.add(keys);
  });
}
