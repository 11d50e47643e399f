import { z } from 'zod';
import type { BrokerSession } from '../../broker.ts';
import { RingbackError } from '../../errors.ts';
import { teamMessages } from '../../messages/index.ts';
import { standbyBucketOf } from '../subjects.ts';
import { decryptSigned, encryptSigned, type StandbyKeys } from './signed-value.ts';

export const Standby = z.object({
  /** Names the installation on its computer. */
  holder: z.string(),
  computer: z.string(),
  /** Seconds without a receiver after which it takes over; absent where only its user lets it. */
  after: z.int().min(1).optional(),
  /** When its user set it up, by its own clock, in milliseconds since 1970; earlier versions do not say. */
  since: z.number().optional(),
});
export type Standby = z.infer<typeof Standby>;

type Forgotten = Pick<Standby, 'holder' | 'since'>;

/** Whether a standby was forgotten, and not set up again since: then it has another time, which its clock may have put earlier. */
export function isForgotten({ holder, since }: Standby, forgotten: readonly Forgotten[]): boolean {
  return forgotten.some((one) => one.holder === holder && one.since === since);
}

const key = 'standbys';
const mostStandbys = 20;
/** Attempts to write what others write at the same time. */
const mostAttempts = 3;

async function readEntry(keys: StandbyKeys, session: BrokerSession) {
  const entry = await session.readKey(standbyBucketOf(keys.team), key);
  const standbys = entry ? z.array(Standby).parse(await decryptSigned(entry.data, key, keys)) : [];
  return { standbys, revision: entry?.revision ?? 0 };
}

/** Which computers stand by. Rejects where somebody else wrote there. */
export async function readStandbys(keys: StandbyKeys, session: BrokerSession): Promise<readonly Standby[]> {
  return (await readEntry(keys, session)).standbys;
}

/** Says that this computer stands by, or not any more. */
export async function writeStandby(
  keys: StandbyKeys,
  session: BrokerSession,
  holder: string,
  standby: Standby | undefined,
): Promise<void> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const { standbys, revision } = await readEntry(keys, session);
    const others = standbys.filter((one) => one.holder !== holder);
    const next = [...others, ...(standby ? [standby] : [])].slice(-mostStandbys);
    if (JSON.stringify(next) === JSON.stringify(standbys)) return;
    const data = await encryptSigned(next, key, keys);
    if ((await session.writeKey(standbyBucketOf(keys.team), key, data, revision)) !== undefined) return;
  }
  throw new RingbackError('offline', teamMessages.leaseContended());
}
