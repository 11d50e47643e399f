import type { Settings } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import { backupMessages } from '../messages/index.ts';
import type { SecretStore } from '../storage/index.ts';
import { hours } from '../timing/index.ts';
import { timeoutAdvice } from './advice.ts';
import type { FileDownloads } from './file-downloads.ts';
import { failedNotification, finishedNotification } from './notifications.ts';
import { adviceFields, type BackupRecord, problemFields, withoutAdvice, withoutProblem } from './records/index.ts';
import { createRequestStep, type RequestOptions } from './request.ts';
import { takeResult } from './result.ts';
import type { Step } from './runner.ts';

interface BackupStepsOptions extends RequestOptions {
  readonly downloads: FileDownloads;
  settings(): Settings['backups'];
}

/** The work in each state of a backup. Every transition is on disk before the next step starts. */
export function createBackupSteps(options: BackupStepsOptions): Step {
  const steps: Partial<Record<BackupRecord['state'], Step>> = {
    created: createRequestStep(options),
    requested: createWaitStep(options),
    'called-back': createResolveStep(options),
    resolved: createPrepareStep(options),
    downloading: createDownloadStep(options),
  };
  return async (record, signal) => (await steps[record.state]?.(record, signal)) ?? 0;
}

/** Waits for the callback. */
function createWaitStep({ transitions, settings, tunnel, now }: BackupStepsOptions): Step {
  return async (record) => {
    const { patienceHours } = settings();
    // A clock that ran ahead must not make it wait for years.
    if ((record.postedAt ?? record.createdAt) > now()) await transitions.move(record, { postedAt: now() });
    const left = (record.postedAt ?? record.createdAt) + hours(patienceHours) - now();
    if (left > 0) return left;
    const problem = problemFields(backupMessages.noCallback({ hours: patienceHours }));
    const advice = adviceFields(timeoutAdvice(record, tunnel()));
    await transitions.finish(record, { state: 'timed-out', ...problem, ...advice }, failedNotification);
    return 0;
  };
}

/** Exchanges the id that was called back for the addresses of the files. */
function createResolveStep(options: BackupStepsOptions): Step {
  return async (record, signal) => {
    const { support, context } = options.transitions.open(record, signal);
    const handle = await decryptHandle(options.secretStore, record);
    await takeResult(record, await support.resolve(context, handle), support, options);
    return 0;
  };
}

function createPrepareStep({ transitions, downloads }: BackupStepsOptions): Step {
  return async (record) => {
    await transitions.move(record, { state: 'downloading', folder: await downloads.folderFor(record) });
    return 0;
  };
}

function createDownloadStep({ transitions, downloads, now }: BackupStepsOptions): Step {
  return async (record, signal) => {
    await downloads.run(record, { ...transitions.open(record, signal), signal });
    const done = { state: 'done', doneAt: now(), ...withoutProblem, ...withoutAdvice } as const;
    await transitions.finish(record, done, finishedNotification);
    return 0;
  };
}

async function decryptHandle(secretStore: SecretStore, { handle }: BackupRecord): Promise<string> {
  const { text } = handle === null ? {} : (await secretStore.decrypt({ text: handle })).secrets;
  if (text !== undefined) return text;
  throw new RingbackError('conflict', backupMessages.callbackUnreadable());
}
