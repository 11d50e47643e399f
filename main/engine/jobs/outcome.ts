import type { JobState, JobStatus } from '../connector/index.ts';
import { minutes } from '../timing/index.ts';
import { isOpen, type JobRecord, startedAt } from './record.ts';

/** The manifest may not list formats yet that were added to an already translated file. */
const listingDelay = minutes(10);
/** Directly after the order the provider may not know the job yet. */
const absenceTolerance = minutes(1);
/** How long the provider's status may lag behind its callback; after that the callback decides. */
const statusLag = minutes(2);
/** How much the provider's and this computer's clock may differ. */
const clockSkew = minutes(5);

/** What a status check changes in a job. */
type CheckResult =
  | { readonly type: 'unchanged' | 'not-started' }
  | { readonly type: 'changed'; readonly members: Partial<JobRecord> }
  | {
      readonly type: 'ended';
      readonly members: Partial<JobRecord>;
      /** Whether the provider's own status says so, not a callback. */
      readonly isObserved: boolean;
    };

/** Decides what the provider's status means for an open job. */
export function resultOf(record: JobRecord, status: JobStatus, now: number): CheckResult {
  if (status.state === 'absent') return resultOfAbsence(record, now);
  const details = { outputs: [...status.outputs], messages: [...status.messages], hasThumbnail: status.hasThumbnail };
  const state = outcomeOf(record, status, now);
  if (state !== 'queued' && state !== 'running') {
    return { type: 'ended', members: { ...details, state, progress: null, problem: null }, isObserved: true };
  }
  const isLagging = record.heard !== null && isOfCurrentRun(record) && now - record.heard.at > statusLag;
  const reported = isLagging ? reportedEnd(record) : undefined;
  if (reported) return { type: 'ended', members: reported, isObserved: false };
  const progress = status.progress ?? null;
  const hasChanged = state !== record.state || progress !== record.progress || record.problem !== null;
  if (!hasChanged) return { type: 'unchanged' };
  return { type: 'changed', members: { ...details, state, progress, stage: null, problem: null, answered: true } };
}

function resultOfAbsence(record: JobRecord, now: number): CheckResult {
  const reported = reportedEnd(record);
  if (reported) return { type: 'ended', members: reported, isObserved: false };
  const mayStillAppear = isRecentlyStarted(record, now) || record.answered || record.by === 'cloud';
  return { type: mayStillAppear ? 'unchanged' : 'not-started' };
}

/** The end that a callback reported, where the callback says how the job ended. */
export function reportedEnd({ heard }: JobRecord): { readonly state: JobState } | undefined {
  const state = heard?.state;
  return state === 'success' || state === 'failed' || state === 'timeout' ? { state } : undefined;
}

/** Of several formats only the ordered ones count: the whole may succeed while they fail or have not started. */
function outcomeOf(record: JobRecord, status: JobStatus, now: number): JobState {
  const state = status.state === 'absent' ? 'queued' : status.state;
  const ordered = record.formats.map(({ type }) => status.outputs.find(({ format }) => format === type));
  const isListed = ordered.every((output) => output !== undefined);
  const mayFollow = !record.heard && !record.existed && now - startedAt(record) < listingDelay;
  if (state === 'success' && !isListed && mayFollow) return 'running';
  const failed = ordered.filter((output) => output?.state === 'failed' || output?.state === 'timeout');
  if (state === 'success' && failed.length > 0 && failed.length === ordered.length) return failed[0]?.state ?? 'failed';
  return state;
}

/** A late callback may belong to an earlier run of the same file. */
function isOfCurrentRun(record: JobRecord): boolean {
  return (record.heard?.time ?? Number.POSITIVE_INFINITY) >= startedAt(record) - clockSkew;
}

/** Milliseconds for which the provider may still not know the job; zero or less once it must. */
export function remainingAbsence(record: JobRecord, now: number): number {
  return startedAt(record) + absenceTolerance - now;
}

function isRecentlyStarted(record: JobRecord, now: number): boolean {
  return remainingAbsence(record, now) > 0;
}

/** When the job ended: as the callback's payload says where that is possible, else now. */
export function endTimeOf(record: JobRecord, now: number): number {
  const time = record.heard?.time ?? now;
  return time >= startedAt(record) && time <= now ? time : now;
}

/** The job was given up: no result arrived in time. */
export function hasUnknownResult({ state, problem }: JobRecord): boolean {
  return state === 'timeout' && problem !== null;
}

/** An unknown result is worth a notification only for a translation: nobody ordered the others here. */
export function isWorthNotifying(record: JobRecord): boolean {
  return record.kind === 'translation' || isOpen(record) || !hasUnknownResult(record);
}
