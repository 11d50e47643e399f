import { type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import type { BrokerSession } from '../../broker.ts';
import { hours, isRecent } from '../../timing/index.ts';
import { backupBucketOf } from '../subjects.ts';

/** In a bucket that members may read. */
const key = 'receiver-asleep';
const Sleep = z.object({ at: z.number(), signature: z.base64() });
/** After so many milliseconds a computer that went to sleep counts as one that is away. */
const longestSleep = hours(12);

/** Says that the receiver goes to sleep, or where `at` is absent that it is awake. */
export async function writeSleep(
  session: BrokerSession,
  team: string,
  signing: KeyObject,
  at: number | undefined,
): Promise<void> {
  const bucket = backupBucketOf(team);
  const entry = await session.readKey(bucket, key);
  if (at === undefined && !entry?.data.length) return;
  const signature = at === undefined ? '' : sign(null, signedBytes(team, at), signing).toString('base64');
  const data = at === undefined ? new Uint8Array() : Buffer.from(JSON.stringify({ at, signature }));
  await session.writeKey(bucket, key, data, entry?.revision ?? 0);
}

/** When the receiver went to sleep, in milliseconds since 1970; undefined where it did not, or too long ago. */
export async function readSleep(
  session: BrokerSession,
  team: string,
  verifying: KeyObject,
  now: number,
): Promise<number | undefined> {
  const entry = await session.readKey(backupBucketOf(team), key);
  if (!entry?.data.length) return undefined;
  const { at, signature } = Sleep.parse(JSON.parse(Buffer.from(entry.data).toString()));
  const isGenuine = verify(null, signedBytes(team, at), verifying, Buffer.from(signature, 'base64'));
  return isGenuine && isRecent(at, longestSleep, now) ? at : undefined;
}

function signedBytes(team: string, at: number): Buffer {
  return Buffer.from(`ringback-asleep\n${team}\n${at}`);
}
