import type { Connection, Hook, Status } from '../../preload/contract.ts';

export const steps = ['connection', 'tunnel', 'hook', 'wait'] as const;
export type Step = (typeof steps)[number];

export interface Progress {
  readonly connections: readonly Connection[];
  readonly tunnel: Status['tunnel']['state'];
  readonly hooks: readonly Hook[];
}

/** What a newcomer should do next, until the first event has come. */
export function nextStep({ connections, tunnel, hooks }: Progress): Step {
  if (connections.length === 0) return 'connection';
  if (tunnel === 'off') return 'tunnel';
  if (!hooks.some((hook) => hook.ours)) return 'hook';
  return 'wait';
}
