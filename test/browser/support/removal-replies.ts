import type { HeldRemoval, MethodName, Removal } from '../../../preload/contract/index.ts';
import type { MethodReply } from './sample.ts';

/** Holds removals until they are undone; the tests let none take effect. */
export function removalReplies(): Partial<Record<MethodName, MethodReply>> {
  let held: HeldRemoval[] = [];
  return {
    'removals.list': () => held,
    'removals.hold': ({ removals }: { removals: Removal[] }) => {
      const one = { id: `held-${held.length}`, until: new Date(Date.now() + 10_000).toISOString(), removals };
      held = [...held, one];
      return one;
    },
    'removals.undo': ({ id }: { id: string }) => {
      held = held.filter((one) => one.id !== id);
      return { undone: true };
    },
  };
}
