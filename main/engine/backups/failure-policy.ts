import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Settings } from '../../../preload/contract/index.ts';
import { DownloadError } from '../download/index.ts';
import { RingbackError, toProblem } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import { backupMessages, type Message } from '../messages/index.ts';
import { exponentialDelay, hours, minutes, seconds } from '../timing/index.ts';
import { failedNotification } from './notifications.ts';
import { adviceFields, type BackupRecord, type Transitions, withProblem } from './records/index.ts';
import type { BackupRunnerOptions } from './runner.ts';

interface FailurePolicyOptions {
  readonly transitions: Transitions;
  settings(): Settings['backups'];
  /** Whether the public URL is reachable at present: then the network is up, too. */
  isReachable(): Promise<boolean>;
  now(): number;
  readonly log: Log;
}

/** How long a request is retried: the user may be waiting for it. */
const requestTimeout = minutes(15);
const firstPause = seconds(2);
const longestPause = minutes(2);

/** Retries a failed step while its failure may pass, and otherwise fails the backup. */
export function createFailurePolicy(options: FailurePolicyOptions): BackupRunnerOptions['recover'] {
  const { transitions, settings, isReachable, now, log } = options;
  return async (record, error, failures) => {
    // A clock that ran ahead must not make it retry for years.
    if (record.since > now()) await transitions.move(record, { since: now() });
    const timeout = record.state === 'created' ? requestTimeout : hours(settings().patienceHours);
    if (now() < record.since + timeout && (await isPassing(error, isReachable))) {
      const problem = toProblem(error);
      if (problem.message !== record.problem) await transitions.move(record, withProblem(problem));
      return exponentialDelay(failures, firstPause, longestPause);
    }
    if (!(error instanceof RingbackError)) log.warn('backups', `Backup ${record.id}: ${describe(error)}`);
    await fail(record, error, transitions);
    return 0;
  };
}

/** Whether another attempt may succeed. A download has made many itself: with the network up, none will. */
async function isPassing(error: unknown, isReachable: () => Promise<boolean>): Promise<boolean> {
  if (!(error instanceof RingbackError) || error.code !== 'offline') return false;
  return !(error instanceof DownloadError) || !(await isReachable());
}

async function fail(record: BackupRecord, error: unknown, transitions: Transitions): Promise<void> {
  const damagedFile = error instanceof DownloadError ? error.file : undefined;
  const unknownId = isUnknownId(record, error);
  const changes = {
    state: 'failed',
    ...withProblem(toProblem(error)),
    ...adviceFields(adviceOn(error)),
    ...(damagedFile === undefined ? {} : { damagedFile }),
    ...(unknownId ? { unknownId } : {}),
  } as const;
  // No notification for an unknown further id: anybody may have invented it.
  await transitions.finish(record, changes, unknownId && record.further ? undefined : failedNotification);
  // The latest damaged file replaces an earlier one of the same backup.
  if (damagedFile !== undefined && record.damagedFile) await rm(record.damagedFile, { force: true }).catch(() => {});
}

/** The provider has no result for the id that was called back. */
function isUnknownId({ state }: BackupRecord, error: unknown): boolean {
  return state === 'called-back' && error instanceof RingbackError && error.code === 'not-found';
}

function adviceOn(error: unknown): Message | null {
  if (!(error instanceof DownloadError)) return null;
  if (error.file !== undefined) return backupMessages.damagedStored({ file: basename(error.file) });
  const canResume = ['interrupted', 'unverifiable', 'disk-full', 'disk'].includes(error.failure);
  return canResume ? backupMessages.resumeDownload() : null;
}
