import { setTimeout as delay } from 'node:timers/promises';
import { describe, type Log } from '../log.ts';
import { type Ledger, selectUnexplained } from '../storage/index.ts';
import { RecentMap, seconds } from '../timing/index.ts';
import { jobText } from './notifications.ts';
import type { JobRecord } from './record.ts';
import type { JobRecords } from './records.ts';

interface ExplanationsOptions {
  readonly ledger: Ledger;
  readonly records: JobRecords;
  /** Queries the details of a job that has ended. */
  refresh(record: JobRecord): Promise<void>;
  now(): number;
  readonly log: Log;
}

/** A reason that is not known by then is left out of the notification. */
const longestWait = seconds(3);
/** More failures at once share a notification that names no reason. */
const explainedAtOnce = 10;

/** Jobs whose reason is not queried again. */
const mostRemembered = 1000;

/** Looks up why jobs failed before their notifications are queued, where callbacks do not say. */
export function createExplanations(options: ExplanationsOptions): () => Promise<void> {
  const { ledger, records, log } = options;
  const queried = new RecentMap<string, true>(mostRemembered);

  const explain = async (job: string, event: number): Promise<void> => {
    const record = records.get(job);
    if (!record || !lacksReason(record) || queried.has(job)) return;
    queried.set(job, true);
    try {
      await options.refresh(record);
    } catch (error) {
      log.warn('jobs', `Why a job failed could not be queried: ${describe(error)}`);
      return;
    }
    const explained = records.get(job);
    if (!explained || lacksReason(explained)) return;
    await ledger.write('jobText', { job, event, words: jobText(explained, options.now()) });
  };

  return async () => {
    const rows = selectUnexplained(ledger, explainedAtOnce);
    if (rows.length === 0) return;
    const timeout = new AbortController();
    const all = Promise.all(rows.map(({ job, event }) => explain(String(job), Number(event))));
    await Promise.race([all, delay(longestWait, undefined, { signal: timeout.signal }).catch(() => {})]);
    timeout.abort();
    all.catch((error: unknown) => log.warn('jobs', `A reason could not be stored: ${describe(error)}`));
  };
}

function lacksReason({ kind, state, problem, messages }: JobRecord): boolean {
  const hasFailed = state === 'failed' || state === 'timeout';
  return kind === 'translation' && hasFailed && problem === null && !messages.some((one) => one.kind === 'error');
}
