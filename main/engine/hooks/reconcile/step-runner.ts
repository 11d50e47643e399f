import type { HookPlanStep } from '../../../../preload/contract/index.ts';
import type { RingbackError } from '../../errors.ts';
import { type Message, referenceOf } from '../../messages/index.ts';
import type { HookRecord, HookRecords } from '../records/index.ts';
import type { HookStep } from './plan.ts';
import type { ProgressTracker } from './progress.ts';
import { closing, createStepAttempts, type StepAttemptsOptions } from './step-attempts.ts';
import { stepMessage } from './summary.ts';
import type { SurveyedConnection } from './survey.ts';

interface StepRunnerOptions extends StepAttemptsOptions {
  readonly progress: ProgressTracker;
  label(hook: HookRecord): Message;
}

interface StepResults {
  readonly steps: readonly HookPlanStep[];
  /** False where steps remain because the public address changed or Ringback is closing. */
  readonly complete: boolean;
}

export interface StepRunner {
  /** Carries out the planned steps of a connection. A chain ends at its first failure. */
  run(planned: SurveyedConnection): Promise<StepResults>;
  /** The step as it is shown and stored. */
  toPlanStep(connection: string, step: HookStep): HookPlanStep;
}

export function createStepRunner(options: StepRunnerOptions): StepRunner {
  const { records, progress, signal } = options;
  const attempt = createStepAttempts(options);

  const toPlanStep = (connection: string, step: HookStep): HookPlanStep => {
    const record = step.hook === undefined ? undefined : records.byId(step.hook);
    return describeStep(connection, step, record, record && options.label(record));
  };
  const runChain = async (
    connection: string,
    chain: readonly HookStep[],
    isCurrent: () => boolean,
  ): Promise<StepResults> => {
    const steps: HookPlanStep[] = [];
    for (const [position, step] of chain.entries()) {
      if (signal.aborted || !isCurrent()) return { steps, complete: false };
      const planStep = toPlanStep(connection, step);
      const failure = await attempt(step, connection);
      if (failure === closing) return { steps, complete: false };
      steps.push(withFailure(planStep, failure));
      if (step.hook !== undefined) storeFailure(records, step.hook, failure, options.now());
      const remaining = chain.length - position;
      progress.advance(failure ? remaining : 1, failure || remaining === 1 ? step.hook : undefined);
      if (failure) break;
    }
    return { steps, complete: true };
  };

  return {
    toPlanStep,
    async run({ connection, plan }) {
      const address = options.address();
      const steps: HookPlanStep[] = [];
      for (const chain of plan.chains) {
        // Registering hooks at an address that is no longer the present one would be in vain.
        const results = await runChain(connection, chain, () => options.address() === address);
        steps.push(...results.steps);
        if (!results.complete) return { steps, complete: false };
      }
      return { steps, complete: true };
    },
  };
}

function describeStep(
  connection: string,
  step: HookStep,
  record: HookRecord | undefined,
  label: Message | undefined,
): HookPlanStep {
  const region = 'remote' in step ? step.remote.region : record?.region;
  const message = stepMessage(step.action, label);
  return {
    action: step.action,
    connection,
    ...(step.hook === undefined ? {} : { hook: step.hook }),
    ...(region === undefined ? {} : { region }),
    text: message.text,
    textMessage: referenceOf(message),
  };
}

function withFailure(step: HookPlanStep, failure: RingbackError | undefined): HookPlanStep {
  if (!failure) return step;
  const { message, reason } = failure;
  return { ...step, problem: message, ...(reason ? { problemMessage: reason } : {}) };
}

function storeFailure(records: HookRecords, id: string, error: RingbackError | undefined, now: number): void {
  const hook = records.byId(id);
  if (!hook) return;
  const { since = now, notified = false } = hook.failure ?? {};
  records.change(
    new Map([[id, { failure: error && { message: error.message, reason: error.reason, since, notified } }]]),
  );
}
