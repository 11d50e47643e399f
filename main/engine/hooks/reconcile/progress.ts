import type { HookAction, ReconcileProgress } from '../../../../preload/contract/index.ts';
import { toTime } from '../../storage/index.ts';
import type { HookStep } from './plan.ts';

/** How far the present reconciliation is, published a few times a second at most. */
export interface ProgressTracker {
  readonly value: ReconcileProgress;
  /** What is being done, or about to be done, to the hook. */
  actionOf(hook: string): HookAction | undefined;
  start(): void;
  plan(chains: readonly (readonly HookStep[])[]): void;
  /** So many steps of a chain are over; with the last one nothing more is done to the hook. */
  advance(steps: number, finishedHook: string | undefined): void;
  /** Until that time nothing is done; undefined when it continues. */
  waitUntil(time: number | undefined): void;
  finish(at: number): void;
  close(): void;
}

const publishEvery = 250;

export function createProgressTracker(changed: () => void): ProgressTracker {
  const actions = new Map<string, HookAction>();
  let value: ReconcileProgress = { running: false, done: 0, total: 0 };
  let timer: NodeJS.Timeout | undefined;

  const publish = (): void => {
    clearTimeout(timer);
    timer = undefined;
    changed();
  };
  const update = (change: Partial<ReconcileProgress>): void => {
    value = { ...value, ...change };
    timer ??= setTimeout(publish, publishEvery);
  };

  return {
    get value() {
      return value;
    },
    actionOf: (hook) => actions.get(hook),
    start: () => update({ running: true, done: 0, total: 0 }),
    plan(chains) {
      for (const [first] of chains) if (first?.hook !== undefined) actions.set(first.hook, first.action);
      update({ total: value.total + chains.flat().length });
    },
    advance(steps, finishedHook) {
      if (finishedHook !== undefined) actions.delete(finishedHook);
      update({ done: value.done + steps });
    },
    waitUntil(time) {
      const { waitingUntil: _previous, ...rest } = value;
      value = rest;
      update(time === undefined ? {} : { waitingUntil: toTime(time) });
    },
    finish(at) {
      actions.clear();
      update({ running: false, checkedAt: toTime(at) });
      publish();
    },
    close: () => clearTimeout(timer),
  };
}
