import type { Removal } from '../../preload/contract/index.ts';
import { useAct } from '../queries.ts';

/** Removes items after ten seconds, in which the user can undo it. */
export function useRemove() {
  const hold = useAct('removals.hold');
  return {
    ...hold,
    remove: (removals: readonly Removal[], onHeld: () => void = () => {}) =>
      hold.mutate({ removals: [...removals] }, { onSuccess: onHeld }),
  };
}
