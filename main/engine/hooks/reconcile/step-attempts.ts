import { RingbackError, toError, toProblem } from '../../errors.ts';
import { describe, type Log } from '../../log.ts';
import { hookMessages } from '../../messages/index.ts';
import type { SerialQueue } from '../../timing/index.ts';
import { HooksHeld } from './held.ts';
import type { HookStep } from './plan.ts';
import { createHookSteps, type HookStepsOptions, methodsOf } from './steps.ts';
import type { Throttle } from './throttle.ts';

export interface StepAttemptsOptions extends HookStepsOptions {
  readonly throttle: Throttle;
  readonly signal: AbortSignal;
  readonly log: Log;
  queueOf(hook: string): SerialQueue;
}

/** Carries out one step and returns its failure; {@link closing} if Ringback closes or another computer may act. */
type StepAttempt = (step: HookStep, connection: string) => Promise<RingbackError | undefined>;

/** Attempts of one step in one run, while the provider asks to retry later. */
const maxAttempts = 5;
export const closing = new RingbackError('offline', hookMessages.closing());

export function createStepAttempts(options: StepAttemptsOptions): StepAttempt {
  const { throttle, signal, log } = options;
  const carryOut = createHookSteps(options);

  const attemptOnce = async (step: HookStep, connection: string): Promise<RingbackError | undefined> => {
    try {
      const work = () => carryOut(step, connection);
      await (step.hook === undefined ? work() : options.queueOf(step.hook)(work));
      return undefined;
    } catch (error) {
      if (error instanceof HooksHeld) return closing;
      if (error instanceof RingbackError) return error;
      log.warn('hooks', `A hook could not be repaired: ${describe(error)}`);
      return toError(toProblem(error));
    }
  };

  return async (step, connection) => {
    for (let attempts = 1; ; attempts += 1) {
      await throttle.admit(connection, methodsOf[step.action]);
      if (signal.aborted) return closing;
      const failure = await attemptOnce(step, connection);
      if (failure?.retryAfter === undefined || attempts >= maxAttempts) return failure;
      await throttle.pause(failure.retryAfter);
    }
  };
}
