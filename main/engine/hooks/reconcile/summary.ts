import type { HookAction, HookPlanStep } from '../../../../preload/contract/index.ts';
import { hookMessages, type Message } from '../../messages/index.ts';

/** One step: "Move to the new address: File version added". Without a hook it removes an unused one. */
export function stepMessage(action: HookAction, hook: Message | undefined): Message {
  return hook === undefined ? hookMessages.removeUnusedStep() : hookMessages[`${action}Step`]({ hook });
}

/** "3 hooks to move, 1 hook to renew". */
export function plannedMessage(steps: readonly HookPlanStep[]): Message {
  return hookMessages.planned(countSteps(steps));
}

/** "3 hooks moved to the new address; 1 hook could not be repaired". */
export function doneMessage(steps: readonly HookPlanStep[]): Message {
  const succeeded = steps.filter((step) => !isFailed(step));
  const failed = steps.filter(isFailed);
  const failedHooks = new Set(failed.map(({ hook, text }) => hook ?? text));
  return hookMessages.done({
    ...countSteps(succeeded),
    ...(failedHooks.size === 0 ? {} : { failed: failedHooks.size }),
  });
}

const countedActions = ['move', 'create', 'activate', 'renew', 'pause', 'remove'] as const;

/** How many hooks each action concerns. A removal that completes another action of the same hook is not counted. */
function countSteps(steps: readonly HookPlanStep[]): Partial<Record<HookAction, number>> {
  const changed = new Set(steps.filter(({ action }) => action !== 'remove').map(({ hook }) => hook));
  const countOf = (action: HookAction): number => {
    if (action !== 'remove') {
      return new Set(steps.filter((step) => countedAs(step) === action).map(({ hook }) => hook)).size;
    }
    return steps.filter((step) => step.action === 'remove' && !(step.hook && changed.has(step.hook))).length;
  };
  const counts = countedActions.map((action) => [action, countOf(action)] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** Resuming a move counts as a move. */
function countedAs({ action }: HookPlanStep): HookAction {
  return action === 'adopt' ? 'move' : action;
}

export function isFailed({ problem }: HookPlanStep): boolean {
  return problem !== undefined;
}
