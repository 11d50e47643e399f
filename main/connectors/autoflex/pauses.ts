import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { autoflexMessages } from './messages.ts';

const second = 1000;
const minute = 60 * second;

/** Every wait and limit of requests, in milliseconds. Autoflex10 documents none: these are those of a public client, or generous. */
export const pauses = {
  /** One request may take so long; Servoy starts slowly. */
  attempt: minute,
  /** Answered 202 without saying when to ask again. */
  notReady: 5 * second,
  /** What `retry` may ask for. */
  shortestRetry: second,
  longestRetry: minute,
  /** Answered 429 without Retry-After. */
  limited: minute,
  /** A Retry-After beyond is told to the user instead. */
  longestLimited: 5 * minute,
  /** Before `/webhook` is asked again for an id it does not know; the result may not be committed yet. */
  lookAgain: [2 * second, 5 * second, 15 * second, 30 * second, minute],
  /** How long `/webhook` may say that it is still at it. */
  processing: 10 * minute,
  /** A token is taken for stale; the public client believes in 30 minutes. */
  tokenLife: 25 * minute,
} as const;

/** How often a request is repeated that was answered "not ready" or "too many". */
export const repetitions = 5;

export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** One connection, and how it waits. */
export interface Session {
  readonly context: Context;
  readonly wait: Wait;
}

/** Waits in real time; throws "offline" as soon as the engine closes. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (cause) {
    throw new RingbackError('offline', autoflexMessages.closing(), { cause });
  }
}
