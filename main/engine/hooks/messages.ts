import type { HookAction, HookPlanStep } from '../../../preload/contract.ts';

/** One step for people: "Move to the new address: File version added". Without a hook it is a leftover. */
export function stepText(action: HookAction, label: string | undefined): string {
  return label === undefined ? 'Remove a leftover of this Ringback' : `${orders[action]}: ${label}`;
}

const orders: Readonly<Record<HookAction, string>> = {
  move: 'Move to the new address',
  create: 'Create again',
  adopt: 'Take up what was begun',
  activate: 'Switch on again',
  pause: 'Pause',
  renew: 'Renew before it expires',
  remove: 'Remove what is superseded',
};

/** "to move", "moved to the new address"; in the order in which they are told. */
const told: readonly (readonly [HookAction, plan: string, done: string])[] = [
  ['move', 'to move', 'moved to the new address'],
  ['create', 'to create again', 'created again'],
  ['activate', 'to switch on again', 'switched on again'],
  ['renew', 'to renew', 'renewed'],
  ['pause', 'to pause', 'paused'],
  ['remove', 'to clear away', 'cleared away'],
];

/** "3 hooks to move, 1 hook to renew". */
export function planText(steps: readonly HookPlanStep[]): string {
  return sum(steps, 1) || 'Nothing to do';
}

/** "3 hooks moved to the new address; 1 hook could not be mended". */
export function doneText(steps: readonly HookPlanStep[]): string {
  const failed = new Set(steps.filter(({ problem }) => problem !== undefined).map((step) => step.hook ?? step.text));
  const trouble = failed.size > 0 ? `${count(failed.size)} could not be mended` : '';
  const done = sum(
    steps.filter(({ problem }) => problem === undefined),
    2,
  );
  return [done, trouble].filter(Boolean).join('; ') || 'Nothing to do';
}

function sum(steps: readonly HookPlanStep[], form: 1 | 2): string {
  const moving = new Set(steps.filter(({ action }) => action !== 'remove').map(({ hook }) => hook));
  const of = (action: HookAction): number => {
    // Clearing the old place is a part of moving; finishing a move is one.
    const fitting = steps.filter((step) =>
      action === 'remove' ? step.action === action && !(step.hook && moving.has(step.hook)) : asTold(step) === action,
    );
    return action === 'remove' ? fitting.length : new Set(fitting.map(({ hook }) => hook)).size;
  };
  return told.flatMap((words) => (of(words[0]) > 0 ? `${count(of(words[0]))} ${words[form]}` : [])).join(', ');
}

function asTold({ action }: HookPlanStep): HookAction {
  return action === 'adopt' ? 'move' : action;
}

export function count(hooks: number): string {
  return hooks === 1 ? '1 hook' : `${hooks} hooks`;
}
