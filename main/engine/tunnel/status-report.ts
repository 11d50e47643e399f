import { isDeepStrictEqual } from 'node:util';
import type { TunnelStatus } from '../../../preload/contract/index.ts';
import { describe, type Log } from '../log.ts';

/** The current status: reports each change, and logs those of the state. */
interface StatusReport {
  readonly current: TunnelStatus;
  set(next: TunnelStatus): void;
  /** From now on changes are reported. */
  start(): void;
  /** Later changes are not reported any more. */
  stop(): void;
}

interface StatusReportOptions {
  readonly initial: TunnelStatus;
  /** Milliseconds since 1970. */
  now(): number;
  readonly log: Log;
  changed(status: TunnelStatus): void;
}

export function createStatusReport({ initial, now, log, changed }: StatusReportOptions): StatusReport {
  let current = initial;
  let since = now();
  let reporting = false;
  return {
    get current() {
      return current;
    },
    set(next) {
      if (isDeepStrictEqual(next, current)) return;
      if (next.state !== current.state || next.provider !== current.provider) {
        log.info('tunnel', `${describeChange(current, next)} after ${now() - since} ms`);
        since = now();
      }
      current = next;
      if (!reporting) return;
      try {
        changed(next);
      } catch (error) {
        log.warn('tunnel', describe(error));
      }
    },
    start() {
      reporting = true;
    },
    stop() {
      reporting = false;
    },
  };
}

function describeChange(last: TunnelStatus, { provider, state, problem }: TunnelStatus): string {
  const reason = problem === undefined ? '' : `: ${problem}`;
  return `${last.provider} ${last.state} → ${provider} ${state}${reason}`;
}
