import { RingbackError } from '../errors.ts';
import { tunnelMessages } from '../messages/index.ts';
import { type StatusProblem, statusProblem } from './problem.ts';
import { CooldownError, type ProviderSettings } from './providers/index.ts';

/** All in milliseconds. */
export interface RetryTimings {
  readonly minRetryDelay: number;
  readonly maxRetryDelay: number;
  /** The longest wait while nothing responds: retries cost nobody anything, and the network may return any moment. */
  readonly maxRetryDelayOffline: number;
  /** The wait after a rejected sign-in: servers lock out clients that try too often. */
  readonly unauthorizedRetryDelay: number;
}

/** What an attempt ended with, and how long to wait before the next. */
interface AttemptFailure {
  readonly problem: StatusProblem;
  readonly maxDelay: number;
  readonly minDelay: number;
  /** Not even a requested check ends the wait early. */
  readonly isCooldown: boolean;
}

/** `wasOpen`: the attempt had opened a connection before it failed. */
export function classifyFailure(
  error: unknown,
  timings: RetryTimings,
  { provider, wasOpen }: { readonly provider: ProviderSettings['provider']; readonly wasOpen: boolean },
): AttemptFailure {
  const { maxRetryDelay, maxRetryDelayOffline, unauthorizedRetryDelay } = timings;
  const failure = { maxDelay: maxRetryDelay, minDelay: 0, isCooldown: false };
  if (!(error instanceof RingbackError)) return { ...failure, problem: statusProblem(tunnelMessages.internal()) };
  const problem = statusProblem(error);
  if (error instanceof CooldownError) return { ...failure, problem, minDelay: error.cooldown, isCooldown: true };
  if (error.code === 'unauthorized') return { ...failure, problem, minDelay: unauthorizedRetryDelay };
  // A relay that assigned a name and does not respond to it would assign another one each time.
  const isCheap = error.code === 'offline' && !(wasOpen && provider === 'localtunnel');
  return { ...failure, problem, maxDelay: isCheap ? maxRetryDelayOffline : maxRetryDelay };
}

/** The wait before the next attempt, growing with their number and varied so that clients do not retry together. */
export function retryDelay(attempts: number, maximum: number, { minRetryDelay }: RetryTimings): number {
  const delay = Math.min(maximum, minRetryDelay * 1.6 ** attempts);
  return Math.max(minRetryDelay, delay * (0.75 + Math.random() / 4));
}
