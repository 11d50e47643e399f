import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import type { Removals } from './removals.ts';

/** The contract's questions about removals that can be undone. */
export function removalMethods(removals: Removals): MethodHandlers<MethodsOf<'removals'>> {
  return {
    'removals.hold': (input) => removals.hold(input.removals),
    'removals.undo': ({ id }) => ({ undone: removals.undo(id) }),
    'removals.list': () => [...removals.held],
  };
}
