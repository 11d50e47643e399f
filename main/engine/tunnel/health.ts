import type { ProviderHealth } from './selection.ts';

/** All in milliseconds. */
export interface HealthTimings {
  /** A provider that comes up while others also try is used only after this time. */
  readonly settleAfter: number;
  /** How long a provider that failed must work before it is preferred again; longer each time another took over from it. */
  readonly recoveryPeriod: number;
}

/** Follows the health of one provider over time. */
export interface HealthTracker {
  readonly current: ProviderHealth;
  setUp(): void;
  /** It failed once more. */
  setDown(): void;
  /** It is closed: nothing is known of it any more. */
  reset(): void;
  /** Another provider takes over from it. */
  setReplaced(): void;
  /** While it recovers, the recovery period starts again. */
  restartRecovery(): void;
}

/** The recovery period is multiplied by two at most this often. */
const maxDoublings = 3;
const unknown: ProviderHealth = { up: false, failures: 0, settled: false };

/** `onChange` is called for changes by time alone. */
export function trackHealth({ settleAfter, recoveryPeriod }: HealthTimings, onChange: () => void): HealthTracker {
  let current = unknown;
  let replacements = 0;
  let upSince = 0;
  let timers: readonly NodeJS.Timeout[] = [];

  const stopTimers = (): void => {
    for (const timer of timers) clearTimeout(timer);
  };
  const changeAfter = (milliseconds: number, change: Partial<ProviderHealth>): NodeJS.Timeout =>
    setTimeout(() => {
      current = { ...current, ...change };
      onChange();
    }, milliseconds);
  const startTimers = (): void => {
    stopTimers();
    const recovery = recoveryPeriod * 2 ** Math.min(replacements, maxDoublings);
    timers = [changeAfter(settleAfter, { settled: true }), changeAfter(recovery, { failures: 0 })];
  };

  return {
    get current() {
      return current;
    },
    setUp() {
      if (current.up) return;
      current = { ...current, up: true };
      upSince = performance.now();
      startTimers();
    },
    setDown() {
      const longestRecovery = recoveryPeriod * 2 ** maxDoublings;
      if (current.up && performance.now() - upSince > longestRecovery) replacements = 0;
      stopTimers();
      current = { up: false, settled: false, failures: current.failures + 1 };
    },
    reset() {
      stopTimers();
      current = unknown;
    },
    setReplaced() {
      replacements += 1;
    },
    restartRecovery() {
      if (current.up && current.failures > 0) startTimers();
    },
  };
}
