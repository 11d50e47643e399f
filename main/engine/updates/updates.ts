import { defaultUpdateSettings, type UpdateSettings, type UpdateStatus } from '../../../preload/contract/index.ts';
import { RingbackError, toProblem } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import { updateMessages } from '../messages/index.ts';
import type { UpdateSource } from '../ports.ts';
import { createSerialQueue, hours, minutes } from '../timing/index.ts';

/** Looks for newer versions of Ringback, downloads them, and has them installed at the right moment. */
export interface Updates {
  readonly status: UpdateStatus;
  /** Looks now; where Ringback replaces itself, also downloads. */
  check(): Promise<UpdateStatus>;
  /** Restarts with the downloaded version. Throws while a backup or a job is in progress. */
  install(): void;
  /** The settings, or what is in progress, may have changed. */
  wake(): void;
  close(): Promise<void>;
}

interface UpdatesOptions {
  /** Absent where the host cannot be updated. */
  readonly source: UpdateSource | undefined;
  settings(): UpdateSettings | undefined;
  /** Whether a backup or a job is in progress. */
  busy(): boolean;
  publish(status: UpdateStatus): void;
  now(): number;
  /** From 0 to 1, different at each call. */
  random(): number;
  readonly log: Log;
}

/** The first check comes within five minutes of the start, each further one after a day and up to two hours. */
const firstCheck = minutes(5);
const interval = hours(24);
const jitter = hours(2);

interface UpdateRun {
  readonly options: UpdatesOptions;
  readonly closing: AbortSignal;
  status: UpdateStatus;
}

export function openUpdates(options: UpdatesOptions): Updates {
  const closing = new AbortController();
  const run: UpdateRun = { options, closing: closing.signal, status: initialStatus(options) };
  const queue = createSerialQueue();
  const check = (): Promise<UpdateStatus> => queue(() => checkNow(run));
  const timer = options.source === undefined ? undefined : startChecks(options, () => void check());
  return {
    get status() {
      return run.status;
    },
    check,
    install: () => install(run),
    wake() {
      const known = offReason(options);
      if (known !== run.status.offBecause) set(run, initialStatus(options));
      if (run.status.postponed && !options.busy()) void queue(() => download(run));
    },
    async close() {
      timer?.stop();
      closing.abort();
      await queue(async () => {});
    },
  };
}

function startChecks({ random }: UpdatesOptions, check: () => void): { stop(): void } {
  let timer: NodeJS.Timeout;
  const next = (delay: number): void => {
    timer = setTimeout(() => {
      check();
      next(interval + random() * jitter);
    }, delay);
    timer.unref();
  };
  next(random() * firstCheck);
  return { stop: () => clearTimeout(timer) };
}

function offReason({ source, settings }: UpdatesOptions): UpdateStatus['offBecause'] {
  if (source === undefined) return 'host';
  if (source.forbidden) return 'policy';
  return (settings() ?? defaultUpdateSettings).enabled ? undefined : 'settings';
}

function initialStatus(options: UpdatesOptions): UpdateStatus {
  const offBecause = offReason(options);
  if (offBecause !== undefined) return { mode: 'off', offBecause, state: 'none' };
  return { mode: options.source?.mode ?? 'off', state: 'none' };
}

function set(run: UpdateRun, status: UpdateStatus): void {
  run.status = status;
  run.options.publish(status);
}

async function checkNow(run: UpdateRun): Promise<UpdateStatus> {
  const { options, status: before } = run;
  const { source, settings, now, log } = options;
  if (source === undefined || before.mode === 'off' || run.closing.aborted) return before;
  set(run, { ...before, state: 'checking' });
  const found = { mode: source.mode, checkedAt: new Date(now()).toISOString() };
  try {
    const offer = await source.find((settings() ?? defaultUpdateSettings).channel);
    const isDownloaded = before.state === 'ready' && before.version === offer?.version;
    if (before.state === 'ready' && !isDownloaded) source.discard();
    set(run, offer === undefined ? { ...found, state: 'none' } : { ...found, ...offer, state: 'available' });
    if (isDownloaded) set(run, { ...run.status, state: 'ready' });
  } catch (error) {
    log.warn('updates', `The check for updates failed: ${describe(error)}`);
    // What was downloaded before stays ready.
    const kept = before.state === 'ready' ? before : ({ ...found, state: 'failed' } as const);
    set(run, { ...kept, ...problemOf(error), checkedAt: found.checkedAt });
  }
  await download(run);
  return run.status;
}

/** Downloads the version that was found, unless a backup or a job is in progress. */
async function download(run: UpdateRun): Promise<void> {
  const { source, busy, log } = run.options;
  const { state, mode, postponed: _postponed, ...offer } = run.status;
  if (source === undefined || state !== 'available' || mode !== 'install' || run.closing.aborted) return;
  if (busy()) return set(run, { ...run.status, postponed: true });
  const show = (progress: number): void => set(run, { ...offer, mode, state: 'downloading', progress });
  show(0);
  try {
    await source.download(throttledBy(show), run.closing);
    set(run, { ...offer, mode, state: 'ready' });
  } catch (error) {
    if (run.closing.aborted) return;
    log.warn('updates', `The download of ${offer.version} failed: ${describe(error)}`);
    set(run, { ...offer, mode, state: 'failed', ...problemOf(error) });
  }
}

/** Passes on each whole percent once. */
function throttledBy(show: (progress: number) => void): (progress: number) => void {
  let last = 0;
  return (progress) => {
    const whole = Math.floor(progress);
    if (whole <= last) return;
    last = whole;
    show(whole);
  };
}

function install({ options: { source, busy }, status }: UpdateRun): void {
  if (status.mode === 'off') throw new RingbackError('conflict', updateMessages.off());
  if (source === undefined || status.state !== 'ready') throw new RingbackError('conflict', updateMessages.notReady());
  if (busy()) throw new RingbackError('conflict', updateMessages.busy());
  source.restart();
}

function problemOf(error: unknown): Pick<UpdateStatus, 'problem' | 'reason'> {
  const { message, reason } = toProblem(error);
  return { problem: message, ...(reason ? { reason } : {}) };
}
