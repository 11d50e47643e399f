import type { HookPlanStep } from '../../../../preload/contract/index.ts';
import type { HookListings } from './listings.ts';
import type { HookStep } from './plan.ts';
import type { ProgressTracker } from './progress.ts';
import type { StepRunner } from './step-runner.ts';
import { isFailed } from './summary.ts';
import type { SurveyedConnection } from './survey.ts';

/** What one or several rounds of surveying and repairing have done. */
interface Round {
  readonly steps: readonly HookPlanStep[];
  readonly failed: boolean;
  /** When more will be due, in milliseconds since 1970. */
  readonly nextAt: number;
}

interface RoundsOptions {
  readonly listings: Pick<HookListings, 'problems'>;
  readonly progress: ProgressTracker;
  readonly runner: Pick<StepRunner, 'run'>;
  readonly signal: AbortSignal;
  survey(connection: string | undefined): Promise<readonly SurveyedConnection[]>;
}

/** Each round of a run repairs what the one before revealed; after these, something else keeps changing the hooks. */
const maxRounds = 3;

/** Surveys and repairs one connection, or all, until nothing is left to do. */
export function createRounds(options: RoundsOptions): (connection: string | undefined) => Promise<Round> {
  const { listings, progress, runner, signal } = options;

  const runRound = async (connection: string | undefined, earlier: readonly HookPlanStep[]): Promise<Round> => {
    const surveyed = withoutFailed(await options.survey(connection), earlier);
    const chains = surveyed.flatMap(({ plan }) => plan.chains);
    if (chains.length > 0) progress.plan(chains);
    const results = await Promise.all(surveyed.map(runner.run));
    const steps = results.flatMap((result) => result.steps);
    const unlisted = listings.problems.some((one) => connection === undefined || one.connection === connection);
    const failed = unlisted || steps.some(isFailed) || results.some(({ complete }) => !complete);
    return { steps, failed, nextAt: Math.min(...surveyed.map(({ plan }) => plan.nextAt)) };
  };

  return async (connection) => {
    let total: Round = { steps: [], failed: false, nextAt: Number.POSITIVE_INFINITY };
    for (let round = 0; round < maxRounds && !signal.aborted; round += 1) {
      const { steps, failed, nextAt } = await runRound(connection, total.steps);
      total = { steps: [...total.steps, ...steps], failed: total.failed || failed, nextAt };
      if (steps.every(isFailed)) break;
    }
    return total;
  };
}

/** Without the hooks that failed in an earlier round: they are left to the next run. */
function withoutFailed(
  surveyed: readonly SurveyedConnection[],
  earlier: readonly HookPlanStep[],
): readonly SurveyedConnection[] {
  const failed = new Set(earlier.filter(isFailed).map(({ hook = '' }) => hook));
  const isOpen = ([first]: readonly HookStep[]): boolean => !failed.has(first?.hook ?? '');
  return surveyed.map((one) => ({ ...one, plan: { ...one.plan, chains: one.plan.chains.filter(isOpen) } }));
}
