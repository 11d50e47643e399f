import type { Hook } from '../../../preload/contract/index.ts';
import { minutes } from '../timing/index.ts';

interface MonitoringQuestion {
  readonly hooks: readonly Hook[];
  /** Whether callbacks arrive at present. */
  readonly reachable: boolean;
  /** Whether they have arrived ever since the hooks were last looked at. */
  readonly unbroken: boolean;
  readonly now: number;
  /** Until when a hook was monitored, in milliseconds since 1970. */
  monitoredAt(hook: string): number | undefined;
}

/** How sure it is that the hooks deliver what happens. */
export interface Monitoring {
  /** They deliver at present. */
  readonly delivering: readonly Hook[];
  /** Those of them that were not monitored before. */
  readonly fresh: readonly Hook[];
  /** They may have missed something. */
  readonly doubtful: readonly Hook[];
  /** Paused ones that are monitored no longer: nobody wants to know what they miss. */
  readonly paused: readonly Hook[];
}

/** A hook is in doubt once no listing has confirmed it for so long; there is one every quarter of an hour. */
const monitoredFor = minutes(20);

export function judgeMonitoring({ hooks, reachable, unbroken, now, monitoredAt }: MonitoringQuestion): Monitoring {
  const wanted = hooks.filter(({ paused }) => !paused);
  const delivering = wanted.filter((hook) => reachable && delivers(hook));
  const isDoubtful = (hook: Hook): boolean => {
    const at = monitoredAt(hook.id);
    return at !== undefined && (!unbroken || !delivering.includes(hook) || now - at > monitoredFor);
  };
  return {
    delivering,
    fresh: delivering.filter(({ id }) => monitoredAt(id) === undefined),
    doubtful: wanted.filter(isDoubtful),
    paused: hooks.filter(({ id, paused }) => paused && monitoredAt(id) !== undefined),
  };
}

function delivers({ current, status }: Hook): boolean {
  return current === true && (status === 'active' || status === 'reactivated');
}
