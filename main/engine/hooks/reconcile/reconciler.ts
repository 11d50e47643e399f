import type {
  HookAction,
  HookHistoryEntry,
  HookPlan,
  HookPlanStep,
  ReconcileProgress,
} from '../../../../preload/contract/index.ts';
import { describe, type Log } from '../../log.ts';
import { type Message, referenceOf } from '../../messages/index.ts';
import type { Notifier } from '../../notifications/index.ts';
import type { Ledger } from '../../storage/index.ts';
import { createSerialQueue, type SerialQueue } from '../../timing/index.ts';
import type { HookRecord } from '../records/index.ts';
import { notifyOfFailures } from './failure-notification.ts';
import { createHookHistory } from './history.ts';
import type { HookListings } from './listings.ts';
import { createProgressTracker } from './progress.ts';
import type { RateLimit, Wait } from './rate-limit.ts';
import { createRounds } from './rounds.ts';
import { createSchedule } from './schedule.ts';
import { createStepRunner, type StepRunner } from './step-runner.ts';
import { doneMessage, plannedMessage } from './summary.ts';
import { createHookSurvey, type HookSurvey, type HookSurveyOptions, type SurveyedConnection } from './survey.ts';
import { createThrottle, type Throttle } from './throttle.ts';

/** Makes the providers have exactly the hooks that are wanted here, on a schedule and on request. */
export interface HookReconciler {
  /** To be called at start, on waking, and when the public address changed: reconciles everything soon. */
  schedule(): void;
  /** Waits for a run in progress. With `dryRun` nothing is changed. */
  reconcile(options: { dryRun?: boolean | undefined; connection?: string | undefined }): Promise<HookPlan>;
  readonly progress: ReconcileProgress;
  /** What is being done, or about to be done, to the hook. */
  actionOf(hook: string): HookAction | undefined;
  /** The latest first. */
  history(limit: number): HookHistoryEntry[];
  close(): Promise<void>;
}

interface HookReconcilerOptions extends HookSurveyOptions {
  readonly ledger: Ledger;
  readonly notifier: Pick<Notifier, 'queue'>;
  /** Those that have hooks and can be used at present. */
  connections(): readonly string[];
  /** Why nothing is looked at or changed at present; undefined where all is. */
  holdReason(): Message | undefined;
  rateLimitOf(connection: string): RateLimit | undefined;
  label(hook: HookRecord): Message;
  queueOf(hook: string): SerialQueue;
  readonly log: Log;
  readonly wait: Wait;
  changed(): void;
}

export function createHookReconciler(options: HookReconcilerOptions): HookReconciler {
  const { records, listings, log, now } = options;
  const ending = new AbortController();
  const { signal } = ending;
  const inSequence = createSerialQueue();
  const progress = createProgressTracker(options.changed);
  const throttle = createThrottle({ ...options, progress, signal });
  const survey = createHookSurvey(options);
  const history = createHookHistory(options);
  const runner = createStepRunner({ ...options, progress, throttle, signal });

  const surveyAll = (connection: string | undefined): Promise<readonly SurveyedConnection[]> =>
    surveyEach(connectionsIn(options, connection), throttle, survey);
  const runRounds = createRounds({ listings, progress, runner, signal, survey: surveyAll });

  const run = async (connection: string | undefined): Promise<HookPlan> => {
    const failedBefore = new Set(records.all.filter(({ failure }) => failure).map(({ id }) => id));
    progress.start();
    const result = await runRounds(connection).finally(() => progress.finish(now()));
    schedule.finished(result);
    if (!signal.aborted) {
      await history.add(result.steps, failedBefore);
      await notifyOfFailures({ ...options, steps: result.steps });
    }
    return toPlan(listings, result.steps, doneMessage(result.steps));
  };

  const plan = async (connection: string | undefined): Promise<HookPlan> => {
    const steps = plannedSteps(await surveyAll(connection), runner);
    return toPlan(listings, steps, plannedMessage(steps));
  };

  const schedule = createSchedule({
    signal,
    wait: options.wait,
    now,
    async run() {
      await inSequence(() => run(undefined)).catch((error: unknown) => {
        if (!signal.aborted) log.warn('hooks', `The hooks could not be reconciled: ${describe(error)}`);
      });
    },
  });

  return {
    schedule: schedule.request,
    reconcile: ({ dryRun = false, connection }) =>
      inSequence(async () => heldPlan(options) ?? (dryRun ? plan(connection) : run(connection))),
    get progress() {
      return progress.value;
    },
    actionOf: progress.actionOf,
    history: history.list,
    async close() {
      ending.abort();
      await schedule.stopped();
      await inSequence(async () => {});
      progress.close();
    },
  };
}

function toPlan({ problems }: HookListings, steps: readonly HookPlanStep[], message: Message): HookPlan {
  return { steps: [...steps], text: message.text, textMessage: referenceOf(message), problems: [...problems] };
}

function heldPlan({ listings, holdReason }: HookReconcilerOptions): HookPlan | undefined {
  const reason = holdReason();
  return reason && { ...toPlan(listings, [], reason), held: true };
}

function plannedSteps(surveyed: readonly SurveyedConnection[], { toPlanStep }: StepRunner): readonly HookPlanStep[] {
  return surveyed.flatMap(({ connection, plan }) => plan.chains.flat().map((step) => toPlanStep(connection, step)));
}

function connectionsIn(options: HookReconcilerOptions, connection: string | undefined): readonly string[] {
  if (options.holdReason()) return [];
  return options.connections().filter((id) => connection === undefined || id === connection);
}

async function surveyEach(
  connections: readonly string[],
  throttle: Throttle,
  survey: HookSurvey,
): Promise<readonly SurveyedConnection[]> {
  const surveys = connections.map(async (id) => {
    await throttle.admit(id, ['GET']);
    return survey(id);
  });
  return (await Promise.all(surveys)).flatMap((surveyed) => surveyed ?? []);
}
