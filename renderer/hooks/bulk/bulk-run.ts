import type { Hook } from '../../../preload/contract/index.ts';

export const bulkActions = ['pause', 'resume', 'remove'] as const;
export type BulkAction = (typeof bulkActions)[number];

interface BulkFailure {
  readonly hook: Hook;
  readonly problem: Error;
}

/** The progress of an action on several hooks. */
export interface BulkProgress {
  readonly done: number;
  readonly failures: readonly BulkFailure[];
}

/** States in which the hook does not exist at the provider. */
const absent = ['missing', 'creating'];

/**
 * The hooks to which an action applies: active ones can be paused, paused ones resumed, all removed. Those of providers
 * that cannot change hooks can only be removed.
 */
export function hooksFor(
  action: BulkAction,
  hooks: readonly Hook[],
  isFixed: (hook: Hook) => boolean = () => false,
): readonly Hook[] {
  if (action === 'remove') return hooks;
  return hooks.filter(
    (hook) => !absent.includes(hook.status) && !isFixed(hook) && (hook.status === 'inactive') === (action === 'resume'),
  );
}

interface BulkRun {
  readonly hooks: readonly Hook[];
  readonly signal: AbortSignal;
  act(hook: Hook): Promise<unknown>;
  onProgress(progress: BulkProgress): void;
}

/** Changes one hook after another; continues after failures, and stops after an abort. */
export async function runBulk({ hooks, signal, act, onProgress }: BulkRun): Promise<void> {
  let progress: BulkProgress = { done: 0, failures: [] };
  for (const hook of hooks) {
    if (signal.aborted) return;
    const failures = await act(hook).then(
      () => progress.failures,
      (problem: unknown) => [...progress.failures, { hook, problem: errorOf(problem) }],
    );
    progress = { done: progress.done + 1, failures };
    onProgress(progress);
  }
}

function errorOf(problem: unknown): Error {
  return problem instanceof Error ? problem : new Error(String(problem));
}
