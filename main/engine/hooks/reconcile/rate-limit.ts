import type { RequestQuota } from '../../connector/index.ts';
import { minutes } from '../../timing/index.ts';

/** Waits so many milliseconds; resolves early, never rejects, when aborted. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Keeps the requests of one application below what the provider allows. */
export interface RateLimit {
  /** A request is made, whether or not there is room for it. */
  spend(method: string): void;
  /** Milliseconds until there is room for one of each of these; 0 where there is now. */
  waitFor(methods: readonly string[]): number;
}

/** Shares of the quota sent at once and refilled per minute; together four fifths of it in any minute. */
const burst = 0.4;
const refillShare = 0.4;

interface Bucket {
  level: number;
  at: number;
}

/** A token bucket for each method; it may go below zero, and later requests wait until it is refilled. */
export function createRateLimit({ perMinute }: Pick<RequestQuota, 'perMinute'>, now: () => number): RateLimit {
  const buckets = new Map<string, Bucket>();
  const fill = (method: string): Bucket | undefined => {
    const quota = perMinute[method];
    if (quota === undefined) return undefined;
    const { level, at } = buckets.get(method) ?? { level: quota * burst, at: now() };
    const refilled = (Math.max(0, now() - at) / minutes(1)) * quota * refillShare;
    const bucket = { level: Math.min(quota * burst, level + refilled), at: now() };
    buckets.set(method, bucket);
    return bucket;
  };
  return {
    spend(method) {
      const bucket = fill(method);
      if (bucket) bucket.level -= 1;
    },
    waitFor(methods) {
      const waits = methods.map((method) => {
        const missing = 1 - (fill(method)?.level ?? 1);
        return missing <= 0 ? 0 : (missing / ((perMinute[method] ?? 1) * refillShare)) * minutes(1);
      });
      return Math.ceil(Math.max(0, ...waits));
    },
  };
}
