import type { Hook } from '../preload/contract/index.ts';

/** Whether a hook of Ringback does not deliver, although the user did not pause it. */
export function needsAttention({ ours, paused, status, problem }: Hook): boolean {
  return ours && !paused && (problem !== undefined || status === 'inactive' || status === 'missing');
}
