import type { TunnelLink } from '../../../preload/contract/index.ts';
import { type HealthTimings, type HealthTracker, trackHealth } from './health.ts';
import {
  type MonitorOptions,
  type MonitorTimings,
  type ProviderMonitor,
  type ProviderState,
  startMonitor,
} from './monitor.ts';
import { configuredUrl, type ProviderSettings } from './providers/index.ts';

/** All in milliseconds. */
export interface CandidateTimings extends MonitorTimings, HealthTimings {
  /** How long a provider stays open after another took over: hooks are being moved, and callbacks are on their way. */
  readonly lingerFor: number;
}

export interface CandidateOptions extends Omit<MonitorOptions, 'settings' | 'port' | 'after' | 'onChange' | 'timings'> {
  readonly timings: CandidateTimings;
  onChange(): void;
  /** The promise resolves when the connection is closed. */
  onClosing(closed: Promise<void>): void;
}

/** One configured provider, open or closed. */
export interface Candidate {
  readonly settings: ProviderSettings;
  readonly health: HealthTracker;
  /** Undefined while it is closed. */
  readonly monitor: ProviderMonitor | undefined;
  /** Undefined while it is closed. */
  readonly state: ProviderState | undefined;
  /** Opens it once `after` has resolved; where it is open, it stays open. */
  open(port: number, after: Promise<void>): void;
  /** Closes it after a while, unless it is opened again meanwhile. */
  linger(): void;
  close(): void;
}

export function createCandidate(settings: ProviderSettings, options: CandidateOptions): Candidate {
  const { timings, onChange, onClosing } = options;
  const health = trackHealth(timings, onChange);
  let monitor: ProviderMonitor | undefined;
  let state: ProviderState | undefined;
  let lingering: NodeJS.Timeout | undefined;

  const apply = (next: ProviderState): void => {
    if (!monitor) return;
    state = next;
    if (next.state === 'up') health.setUp();
    else if (next.state === 'down') health.setDown();
    onChange();
  };
  const stopLingering = (): void => {
    clearTimeout(lingering);
    lingering = undefined;
  };
  const close = (): void => {
    stopLingering();
    health.reset();
    if (monitor) onClosing(monitor.stop());
    monitor = undefined;
    state = undefined;
  };

  return {
    settings,
    health,
    get monitor() {
      return monitor;
    },
    get state() {
      return state;
    },
    open(port, after) {
      stopLingering();
      if (monitor) return;
      const url = configuredUrl(settings);
      state = { state: 'connecting', ...(url === undefined ? {} : { url }) };
      monitor = startMonitor({ ...options, settings, port, after, onChange: apply });
    },
    linger() {
      if (!monitor) return;
      lingering ??= setTimeout(() => {
        close();
        onChange();
      }, timings.lingerFor);
    },
    close,
  };
}

/** How the window sees one of several candidates. */
export function describeCandidate(candidate: Candidate, used: boolean, preferred: boolean): TunnelLink {
  const { settings, health, state: { state = 'waiting', ...details } = {} } = candidate;
  const { up, failures } = health.current;
  return { provider: settings.provider, state, ...details, used, proving: preferred && up && failures > 0 };
}
