import { z } from 'zod';
import type { BrokerSession } from '../../broker.ts';
import { RingbackError } from '../../errors.ts';
import { teamMessages } from '../../messages/index.ts';
import { days } from '../../timing/index.ts';
import { decrypt, encrypt } from '../keys/index.ts';
import { receiverBucketOf } from '../subjects.ts';

/** The bucket of who receives for the team; kept for good, so that a replaced receiver stays so after any absence. */
export const termBucket = (team: string) => ({ name: receiverBucketOf(team), age: days(36_500), bytes: 1024 ** 2 });

const key = 'receiver';
const Term = z.object({ key: z.literal(key), holder: z.string(), computer: z.string() });
/** Attempts to write what others write at the same time. */
const mostAttempts = 3;

export interface TermOptions {
  readonly team: string;
  /** AES-256 in base64. */
  readonly teamKey: string;
  /** Names this installation on this computer: a copy of its data elsewhere is another holder. */
  readonly holder: string;
  readonly computer: string;
}

/** Whose term it is: nobody's before the first. */
export type TermHolder = 'nobody' | 'own' | { readonly computer: string };

/** The number grows with each term: what is done under a lower one does not count. */
export interface CurrentTerm {
  readonly holder: TermHolder;
  readonly number: number;
}

export async function readTerm(options: TermOptions, session: BrokerSession): Promise<CurrentTerm> {
  const entry = await session.readKey(receiverBucketOf(options.team), key);
  if (!entry) return { holder: 'nobody', number: 0 };
  const { holder, computer } = parseTerm(options, entry.data);
  return { holder: holder === options.holder ? 'own' : { computer }, number: entry.revision };
}

/** From now on this computer receives for the team, and whoever did before does not. Gives the number of the term. */
export async function takeTerm(options: TermOptions, session: BrokerSession): Promise<number> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const { number } = await readTerm(options, session);
    const taken = await takeTermAfter(options, session, number);
    if (taken !== undefined) return taken;
  }
  throw new RingbackError('offline', teamMessages.leaseContended());
}

/** The same, only if no other term began since that one. */
export async function takeTermAfter(
  { team, teamKey, holder, computer }: TermOptions,
  session: BrokerSession,
  previous: number,
): Promise<number | undefined> {
  const term: z.infer<typeof Term> = { key, holder, computer };
  const data = encrypt(Buffer.from(JSON.stringify(term)), teamKey);
  return session.writeKey(receiverBucketOf(team), key, data, previous);
}

/** What cannot be read is of somebody else. */
function parseTerm({ teamKey }: TermOptions, data: Uint8Array): Pick<z.infer<typeof Term>, 'holder' | 'computer'> {
  try {
    return Term.parse(JSON.parse(decrypt(data, teamKey).toString()));
  } catch {
    return { holder: '', computer: '?' };
  }
}
