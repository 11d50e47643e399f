import type { Removal } from '../../preload/contract/index.ts';
import { useAct } from '../queries.ts';

/** Removes things in ten seconds, and until then lets the user undo it. */
export function useRemove() {
  const hold = useAct('removals.hold');
  return {
    ...hold,
    remove: (removals: readonly Removal[], onHeld: () => void = () => {}) =>
      hold.mutate({ removals: [...removals] }, { onSuccess: onHeld }),
  };
}
