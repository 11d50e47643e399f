import type {
  HookAction,
  HookHistoryEntry,
  HookPlan,
  HookPlanStep,
  ReconcileProgress,
} from '../../../../preload/contract.ts';
import { describe, type Log } from '../../log.ts';
import { type Message, referenceOf } from '../../messages/index.ts';
import type { Notifier } from '../../notifications/index.ts';
import { type Ledger, selectHookHistory, toTime } from '../../storage/index.ts';
import { createSerialQueue, type SerialQueue } from '../../timing/index.ts';
import type { HookRecord } from '../records/index.ts';
import { notifyOfFailures } from './failure-notification.ts';
import type { HookStep } from './plan.ts';
import { createProgressTracker } from './progress.ts';
import type { RateLimit, Wait } from './rate-limit.ts';
import { createSchedule } from './schedule.ts';
import { createStepRunner } from './step-runner.ts';
import { doneMessage, plannedMessage } from './summary.ts';
import { createHookSurvey, type HookSurveyOptions, type SurveyedConnection } from './survey.ts';
import { createThrottle } from './throttle.ts';

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

export interface HookReconcilerOptions extends HookSurveyOptions {
  readonly ledger: Ledger;
  readonly notifier: Pick<Notifier, 'queue'>;
  /** Those that have hooks and can be used at present. */
  connections(): readonly string[];
  rateLimitOf(connection: string): RateLimit | undefined;
  label(hook: HookRecord): string;
  queueOf(hook: string): SerialQueue;
  readonly log: Log;
  readonly wait: Wait;
  changed(): void;
}

/** What one round reveals is repaired in the next; more rounds would be a quarrel with the provider. */
const maxRounds = 3;

interface Round {
  readonly steps: readonly HookPlanStep[];
  readonly failed: boolean;
  /** When more will be due, in milliseconds since 1970. */
  readonly nextAt: number;
}

export function createHookReconciler(options: HookReconcilerOptions): HookReconciler {
  const { records, listings, log, now, ledger } = options;
  const ending = new AbortController();
  const { signal } = ending;
  const inSequence = createSerialQueue();
  const progress = createProgressTracker(options.changed);
  const throttle = createThrottle({ ...options, progress, signal });
  const survey = createHookSurvey(options);
  const runner = createStepRunner({ ...options, progress, throttle, signal });

  const surveyAll = async (connection: string | undefined): Promise<readonly SurveyedConnection[]> => {
    const wanted = options.connections().filter((id) => connection === undefined || id === connection);
    const surveys = wanted.map(async (id) => {
      await throttle.admit(id, ['GET']);
      return survey(id);
    });
    return (await Promise.all(surveys)).flatMap((surveyed) => surveyed ?? []);
  };

  const runRound = async (connection: string | undefined, earlier: readonly HookPlanStep[]): Promise<Round> => {
    const surveyed = withoutFailed(await surveyAll(connection), earlier);
    const chains = surveyed.flatMap(({ plan }) => plan.chains);
    if (chains.length > 0) progress.plan(chains);
    const results = await Promise.all(surveyed.map(runner.run));
    const steps = results.flatMap((result) => result.steps);
    const unlisted = listings.problems.some((one) => connection === undefined || one.connection === connection);
    const failed = unlisted || steps.some(isFailed) || results.some(({ complete }) => !complete);
    return { steps, failed, nextAt: Math.min(...surveyed.map(({ plan }) => plan.nextAt)) };
  };

  const runRounds = async (connection: string | undefined): Promise<Round> => {
    let total: Round = { steps: [], failed: false, nextAt: Number.POSITIVE_INFINITY };
    for (let round = 0; round < maxRounds && !signal.aborted; round += 1) {
      const { steps, failed, nextAt } = await runRound(connection, total.steps);
      total = { steps: [...total.steps, ...steps], failed: total.failed || failed, nextAt };
      if (steps.every(isFailed)) break;
    }
    return total;
  };

  const run = async (connection: string | undefined): Promise<HookPlan> => {
    const failedBefore = new Set(records.all.filter(({ failure }) => failure).map(({ id }) => id));
    progress.start();
    const result = await runRounds(connection).finally(() => progress.finish(now()));
    schedule.finished(result);
    if (!signal.aborted) await report(result.steps, failedBefore);
    return toPlan(result.steps, doneMessage(result.steps));
  };

  /** Stores what was done, and notifies of what the user should know. A failure that repeats is stored once. */
  const report = async (steps: readonly HookPlanStep[], failedBefore: ReadonlySet<string>): Promise<void> => {
    const news = steps.filter((step) => !isFailed(step) || step.hook === undefined || !failedBefore.has(step.hook));
    if (news.length > 0) {
      const message = doneMessage(news);
      log.info('hooks', message.text);
      const record = { text: message.text, textMessage: referenceOf(message), steps: news };
      await ledger.write('hookHistory', { at: now(), record: JSON.stringify(record) });
    }
    await notifyOfFailures({ ...options, steps });
  };

  const plan = async (connection: string | undefined): Promise<HookPlan> => {
    const surveyed = await surveyAll(connection);
    const steps = surveyed.flatMap((one) =>
      one.plan.chains.flat().map((step) => runner.toPlanStep(one.connection, step)),
    );
    return toPlan(steps, plannedMessage(steps));
  };
  const toPlan = (steps: readonly HookPlanStep[], message: Message): HookPlan => ({
    steps: [...steps],
    text: message.text,
    textMessage: referenceOf(message),
    problems: [...listings.problems],
  });

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
    reconcile: ({ dryRun = false, connection }) => inSequence(() => (dryRun ? plan(connection) : run(connection))),
    get progress() {
      return progress.value;
    },
    actionOf: progress.actionOf,
    history: (limit) =>
      selectHookHistory(ledger, limit).map((row) => ({
        id: String(row.id),
        at: toTime(row.at),
        ...JSON.parse(String(row.record)),
      })),
    async close() {
      ending.abort();
      await schedule.stopped();
      await inSequence(async () => {});
      progress.close();
    },
  };
}

function isFailed({ problem }: HookPlanStep): boolean {
  return problem !== undefined;
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
