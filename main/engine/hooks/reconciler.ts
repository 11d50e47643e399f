import type {
  HookAction,
  HookHistoryEntry,
  HookPlan,
  HookPlanStep,
  ReconcileProgress,
} from '../../../preload/contract.ts';
import { RingbackError, toProblem } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import type { Notifier } from '../notifications/index.ts';
import type { SerialQueue } from '../serial.ts';
import { type Ledger, selectHookHistory, toTime } from '../storage/index.ts';
import { notifyOfFailures } from './failure-notification.ts';
import { doneText, planText, stepText } from './messages.ts';
import type { HookStep } from './plan.ts';
import type { RateLimit, Wait } from './rate-limit.ts';
import { minute } from './record.ts';
import type { HookRecord } from './records.ts';
import { createHookSteps, methodsOf } from './steps.ts';
import { createHookSurvey, type HookSurveyOptions, type SurveyedConnection } from './survey.ts';

/** Brings the providers in line with what is wanted here, by itself and when asked to. */
export interface HookReconciler {
  /** To be called at start, on waking, and when the public address changed: looks at everything soon. */
  schedule(): void;
  /** Waits for one that is under way. With `dryRun` nothing is changed. */
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

/** All is looked at so often. */
const every = 15 * minute;
/** After a failure it is looked at again sooner, and then less and less soon. */
const soonest = minute;
/** Requests under way that are gathered before the first look. */
const gathering = 200;
/** Milliseconds between two news of the same run. */
const tellEvery = 250;
/** A step that the provider puts off is tried again so often in one run. */
const patience = 5;
/** What one round brings to light is mended in the next; more rounds would be a quarrel with the provider. */
const rounds = 3;

interface Run {
  readonly steps: HookPlanStep[];
  failed: boolean;
  nextAt: number;
}

export function createHookReconciler(options: HookReconcilerOptions): HookReconciler {
  const { records, listings, log, now, wait, changed } = options;
  const ending = new AbortController();
  const survey = createHookSurvey(options);
  const doStep = createHookSteps({ ...options, open: (connection) => options.open(connection) });
  const pending = new Map<string, HookAction>();
  let healing: ReconcileProgress = { running: false, done: 0, total: 0 };
  let sleep = new AbortController();
  let nextAt = Number.POSITIVE_INFINITY;
  let failures = 0;
  let running: Promise<unknown> = Promise.resolve();
  let started = false;
  let poked = false;
  let telling: NodeJS.Timeout | undefined;

  /** Hundreds of steps are told a few times a second. */
  const tell = (change: Partial<ReconcileProgress>): void => {
    healing = { ...healing, ...change };
    telling ??= setTimeout(tellNow, tellEvery);
  };
  const tellNow = (): void => {
    clearTimeout(telling);
    telling = undefined;
    changed();
  };
  const toPlanStep = (connection: string, step: HookStep): HookPlanStep => {
    const record = step.hook === undefined ? undefined : records.byId(step.hook);
    const region = 'remote' in step ? step.remote.region : record?.region;
    return {
      action: step.action,
      connection,
      ...(step.hook === undefined ? {} : { hook: step.hook }),
      ...(region === undefined ? {} : { region }),
      text: stepText(step.action, record && options.label(record)),
    };
  };

  const awaitRateLimit = async (connection: string, methods: readonly string[]): Promise<void> => {
    const limit = options.rateLimitOf(connection);
    for (
      let left = limit?.waitFor(methods) ?? 0;
      left > 0 && !ending.signal.aborted;
      left = limit?.waitFor(methods) ?? 0
    ) {
      await waitTold(left);
    }
  };
  const waitTold = async (milliseconds: number): Promise<void> => {
    // Shorter waits would only make the display flicker.
    if (milliseconds > 1000) tell({ waitingUntil: toTime(now() + milliseconds) });
    await wait(milliseconds, ending.signal);
    if (healing.waitingUntil !== undefined) {
      const { waitingUntil: _over, ...rest } = healing;
      healing = rest;
      tell({});
    }
  };

  /** Gives why it could not be done. */
  const attempt = async (step: HookStep, connection: string): Promise<RingbackError | undefined> => {
    for (let tries = 1; ; tries += 1) {
      await awaitRateLimit(connection, methodsOf[step.action]);
      if (ending.signal.aborted) return closing;
      try {
        const act = () => doStep(step, connection);
        await (step.hook === undefined ? act() : options.queueOf(step.hook)(act));
        return undefined;
      } catch (error) {
        const failure =
          error instanceof RingbackError ? error : new RingbackError('internal', toProblem(error).message);
        if (!(error instanceof RingbackError)) log.warn('hooks', `A hook could not be mended: ${describe(error)}`);
        if (failure.retryAfter === undefined || tries >= patience) return failure;
        await waitTold(failure.retryAfter);
      }
    }
  };

  const execute = async ({ connection, plan: { chains } }: SurveyedConnection, run: Run): Promise<void> => {
    const address = options.address();
    for (const chain of chains) {
      for (const [position, step] of chain.entries()) {
        // Moving on to an address that is no longer the present one would be in vain.
        if (ending.signal.aborted || options.address() !== address) {
          run.failed = true;
          return;
        }
        const told = toPlanStep(connection, step);
        const failure = await attempt(step, connection);
        if (failure === closing) return;
        run.steps.push(failure ? { ...told, problem: failure.message } : told);
        if (step.hook !== undefined) noteTrouble(step.hook, failure);
        if (failure) run.failed = true;
        const last = position === chain.length - 1 || failure !== undefined;
        if (last && step.hook !== undefined) pending.delete(step.hook);
        tell({ done: healing.done + (failure ? chain.length - position : 1) });
        if (failure) break;
      }
    }
  };
  const noteTrouble = (id: string, failure: RingbackError | undefined): void => {
    const hook = records.byId(id);
    if (!hook) return;
    const since = hook.trouble?.since ?? now();
    const trouble = failure && { message: failure.message, since, told: hook.trouble?.told ?? false };
    records.change(new Map([[id, { trouble }]]));
  };

  const planAll = async (connection: string | undefined): Promise<SurveyedConnection[]> => {
    const wanted = options.connections().filter((id) => connection === undefined || id === connection);
    const planned = await Promise.all(
      wanted.map(async (id) => {
        await awaitRateLimit(id, ['GET']);
        return survey(id);
      }),
    );
    return planned.flatMap((one) => one ?? []);
  };
  const round = async (connection: string | undefined, run: Run): Promise<boolean> => {
    // What failed is left for the next run.
    const given = new Set(run.steps.flatMap(({ hook = '', problem }) => (problem === undefined ? [] : [hook])));
    const isOpen = ([first]: readonly HookStep[]): boolean => !given.has(first?.hook ?? '');
    const planned = (await planAll(connection)).map((one) => ({
      ...one,
      plan: { ...one.plan, chains: one.plan.chains.filter(isOpen) },
    }));
    const failedToLook = listings.problems.some((one) => connection === undefined || one.connection === connection);
    if (failedToLook) run.failed = true;
    run.nextAt = Math.min(...planned.map((one) => one.plan.nextAt));
    const chains = planned.flatMap((one) => one.plan.chains);
    if (chains.length === 0) return false;
    for (const [first] of chains) if (first?.hook !== undefined) pending.set(first.hook, first.action);
    tell({ total: healing.total + chains.flat().length });
    const before = run.steps.length;
    await Promise.all(planned.map((one) => execute(one, run)));
    return run.steps.slice(before).some(({ problem }) => problem === undefined);
  };

  const heal = async (connection: string | undefined): Promise<HookPlan> => {
    const run: Run = { steps: [], failed: false, nextAt: Number.POSITIVE_INFINITY };
    const alreadyTroubled = new Set(records.all.filter(({ trouble }) => trouble).map(({ id }) => id));
    tell({ running: true, done: 0, total: 0 });
    try {
      for (let turn = 0; turn < rounds && !ending.signal.aborted && (await round(connection, run)); turn += 1);
    } finally {
      pending.clear();
      tell({ running: false, checkedAt: toTime(now()) });
      tellNow();
    }
    failures = run.failed ? failures + 1 : 0;
    const pause = run.failed ? Math.min(every, soonest * 2 ** (failures - 1)) : every;
    nextAt = poked ? now() : Math.min(now() + pause, Math.max(run.nextAt, now() + soonest));
    if (!ending.signal.aborted) await tellOf(run, alreadyTroubled);
    return { steps: run.steps, text: doneText(run.steps), problems: [...listings.problems] };
  };

  /** Keeps what was done, and rings where the user should know: not for routine, and not twice. */
  const tellOf = async (run: Run, alreadyTroubled: ReadonlySet<string>): Promise<void> => {
    const news = run.steps.filter(
      ({ problem, hook }) => problem === undefined || hook === undefined || !alreadyTroubled.has(hook),
    );
    if (news.length > 0) {
      const text = doneText(news);
      log.info('hooks', `${text}`);
      await options.ledger.write('hookHistory', { at: now(), record: JSON.stringify({ text, steps: news }) });
    }
    await notifyOfFailures({ ...options, steps: run.steps });
  };

  /** One at a time, each after the other. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = running.then(work, work);
    running = turn.catch(() => {});
    return turn;
  };
  const loop = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const left = nextAt - now();
      if (left > 0) {
        sleep = new AbortController();
        await wait(Math.min(left, every), AbortSignal.any([sleep.signal, ending.signal]));
        continue;
      }
      poked = false;
      nextAt = now() + every;
      await inTurn(() => heal(undefined)).catch((error: unknown) => {
        if (!ending.signal.aborted) log.warn('hooks', `The hooks could not be looked at: ${describe(error)}`);
      });
    }
  };
  let looping: Promise<void> = Promise.resolve();

  return {
    schedule() {
      if (ending.signal.aborted) return;
      poked = true;
      nextAt = Math.min(nextAt, now() + gathering);
      sleep.abort();
      if (started) return;
      started = true;
      looping = loop();
    },
    reconcile: ({ dryRun = false, connection }) =>
      inTurn(async () => {
        if (!dryRun) return heal(connection);
        const planned = await planAll(connection);
        const steps = planned.flatMap((one) => one.plan.chains.flat().map((step) => toPlanStep(one.connection, step)));
        return { steps, text: planText(steps), problems: [...listings.problems] };
      }),
    get progress() {
      return healing;
    },
    actionOf: (hook) => pending.get(hook),
    history: (limit) =>
      selectHookHistory(options.ledger, limit).map((row) => ({
        id: String(row.id),
        at: toTime(row.at),
        ...JSON.parse(String(row.record)),
      })),
    async close() {
      ending.abort();
      await looping;
      await running;
      clearTimeout(telling);
    },
  };
}

const closing = new RingbackError('offline', 'Ringback is closing.');
