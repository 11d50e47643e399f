import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { autoflexMessages } from './messages.ts';

const second = 1000;
const minute = 60 * second;

/** Milliseconds; undocumented by Autoflex10, so taken from a public client or chosen generously. */
export const pauses = {
  /** Timeout of one attempt; Servoy starts slowly. */
  attempt: minute,
  /** Delay after a 202 that does not say when to retry. */
  notReady: 5 * second,
  /** The bounds for a delay that the response requests in `retry`. */
  shortestRetry: second,
  longestRetry: minute,
  /** Delay after a 429 without Retry-After. */
  limited: minute,
  /** A longer Retry-After is reported to the user instead. */
  longestLimited: 5 * minute,
  /** Delays before `/webhook` is queried again for an unknown id, since the result may not be committed yet. */
  lookupDelays: [2 * second, 5 * second, 15 * second, 30 * second, minute],
  /** How long `/webhook` may report that the result is not ready. */
  processing: 10 * minute,
  /** The age at which a token is replaced; the public client assumes that it is valid for 30 minutes. */
  tokenLife: 25 * minute,
} as const;

/** Limit of repetitions after "not ready" or 429. */
export const repetitions = 5;

export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** A connection, and the function that waits between attempts. */
export interface Session {
  readonly context: Context;
  readonly wait: Wait;
}

/** Waits for that time; throws "offline" as soon as the engine closes. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (cause) {
    throw new RingbackError('offline', autoflexMessages.closing(), { cause });
  }
}
