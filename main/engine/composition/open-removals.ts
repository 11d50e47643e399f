import type { Removal } from '../../../preload/contract/index.ts';
import { createRemovals, type Removals } from '../removals/index.ts';
import type { Closing } from './open-domains.ts';
import type { StorageStage } from './open-storage.ts';

/** Removals that can be undone; those that wait take effect when the engine closes. */
export function openRemovals(
  { ports, log, warn, bus }: Pick<StorageStage, 'ports' | 'log' | 'warn' | 'bus'>,
  closing: Closing,
  remove: (removal: Removal) => Promise<unknown>,
): Removals {
  const removals = createRemovals({
    ...{ log, warn, remove, now: ports.now },
    changed: (outcome) => bus.emit('change', { type: 'removals', ...(outcome ? { outcome } : {}) }),
  });
  closing.add(() => removals.close());
  return removals;
}
