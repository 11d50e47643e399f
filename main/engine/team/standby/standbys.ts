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
  /** Whether the receiver's user has decided since then that it does not count any more. */
  forgotten: z.boolean().optional(),
});
export type Standby = z.infer<typeof Standby>;

type Forgotten = Pick<Standby, 'holder' | 'since'>;

/** Forgotten, unless set up again since, which gives it another `since`. */
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

/** Says that this computer stands by, or not any more. One that was forgotten remains so until it is set up again. */
export function writeStandby(
  keys: StandbyKeys,
  session: BrokerSession,
  holder: string,
  standby: Standby | undefined,
): Promise<void> {
  return changeStandbys(keys, session, (standbys) => {
    const known = standbys.find((one) => one.holder === holder);
    const isForgotten = standby !== undefined && known?.forgotten && known.since === standby.since;
    const own = standby && { ...standby, ...(isForgotten ? { forgotten: true } : {}) };
    return [...standbys.filter((one) => one !== known), ...(own ? [own] : [])].slice(-mostStandbys);
  });
}

/** Lets these standbys know that they count no more. */
export function markForgotten(
  keys: StandbyKeys,
  session: BrokerSession,
  isForgotten: (standby: Standby) => boolean,
): Promise<void> {
  return changeStandbys(keys, session, (standbys) =>
    standbys.map((standby) => (isForgotten(standby) ? { ...standby, forgotten: true } : standby)),
  );
}

/** Whether the receiver marked the standby, as it was set up then. */
export async function isListedAsForgotten(
  keys: StandbyKeys,
  session: BrokerSession,
  { holder, since }: Standby,
): Promise<boolean> {
  const standbys = await readStandbys(keys, session);
  return standbys.some((one) => one.holder === holder && one.since === since && one.forgotten === true);
}

async function changeStandbys(
  keys: StandbyKeys,
  session: BrokerSession,
  change: (standbys: readonly Standby[]) => readonly Standby[],
): Promise<void> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const { standbys, revision } = await readEntry(keys, session);
    const next = change(standbys);
    if (JSON.stringify(next) === JSON.stringify(standbys)) return;
    const data = await encryptSigned(next, key, keys);
    if ((await session.writeKey(standbyBucketOf(keys.team), key, data, revision)) !== undefined) return;
  }
  throw new RingbackError('offline', teamMessages.leaseContended());
}
