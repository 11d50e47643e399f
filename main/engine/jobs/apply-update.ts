import type { JobUpdate } from '../connector/index.ts';
import { hours, minutes } from '../timing/index.ts';
import { hasUnknownResult } from './outcome.ts';
import { createJob, isOpen, type JobRecord, startedAt, withStage } from './record.ts';

/** A stored event that reports on a job. */
export interface JobEvent {
  readonly id: number;
  readonly connection: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** Whether the receiver of a team sent it, whose events are not stored in the order in which they were received. */
  readonly relayed?: boolean;
}

/** What an update changes. */
interface JobUpdateResult {
  readonly record: JobRecord;
  /** True where the job reports it, so that the event sends no notification of its own. */
  readonly suppressed: boolean;
  /** True where the event's notification uses the job's text. */
  readonly usesJobMessage: boolean;
}

/** How long a job that came to rest may still continue. */
const restingTime = hours(24);
/** How much the provider's and this computer's clock may differ. */
const clockSkew = minutes(5);
/** Runs that a job remembers. */
const storedRuns = 20;

/**
 * Pure: the job after this update; undefined if it belongs to no job and the event stands for itself. `known` are the
 * jobs of this subject, newest first; `covered` says whether a hook listens to the event that reports the end.
 */
export function applyUpdate(
  known: readonly JobRecord[],
  update: JobUpdate,
  event: JobEvent,
  covered: boolean,
): JobUpdateResult | undefined {
  const match = matchOf(known, update, event);
  if (match !== 'new') {
    return match.continues ? advance(match.record, update, event, covered) : attach(match.record, update, event);
  }
  if (update.endsOnly || (update.kind === 'processing' && !covered)) return undefined;
  const { kind, subject, workflow = null, region = null } = update;
  const { connection, receivedAt } = event;
  const created = createJob({ connection, kind, subject, workflow, region, by: 'cloud' }, receivedAt);
  return advance({ ...created, postedAt: reportedStart(update, event) }, update, event, covered);
}

/** The job an update belongs to: one that continues with it, one that has ended and already includes it, or a new one. */
type Match = { readonly record: JobRecord; readonly continues: boolean } | 'new';

function matchOf(known: readonly JobRecord[], update: JobUpdate, event: JobEvent): Match {
  const record = known.find((one) => isOfWorkflow(one, update) && isOfLifetime(one, update));
  if (!record || (update.endsOnly && isFromBefore(record, event))) return 'new';
  return isOpen(record) ? { record, continues: true } : matchEnded(record, update, event.receivedAt);
}

/** An event that the receiver of the team received before the job began cannot end it. */
function isFromBefore({ createdAt }: JobRecord, { relayed = false, receivedAt }: JobEvent): boolean {
  return relayed && receivedAt < createdAt;
}

function matchEnded(record: JobRecord, update: JobUpdate, at: number): Match {
  if (update.kind === 'translation') {
    if (hasUnknownResult(record)) return { record, continues: isEnd(update) };
    const belongs = record.by === 'user' || isOutdated(record, update) || isLateReport(record, update);
    return belongs ? { record, continues: false } : 'new';
  }
  if (update.kind === 'processing') {
    return { record, continues: record.state !== 'success' && record.state !== update.state };
  }
  if (update.run !== undefined && record.runs.includes(update.run)) return { record, continues: false };
  return (record.restsUntil ?? 0) > at ? { record, continues: true } : 'new';
}

function isOfWorkflow({ workflow }: JobRecord, update: JobUpdate): boolean {
  return workflow === null || update.workflow === undefined || workflow === update.workflow;
}

/** Nobody else knows the workflow of an order from here, so all updates of that workflow belong to it. */
function isOfLifetime(record: JobRecord, { time }: JobUpdate): boolean {
  return record.by === 'user' || time === undefined || time >= startedAt(record) - clockSkew;
}

/** Whether the update is from before the end that is known already, such as that of a second hook, or a late one. */
function isOutdated({ heard, endedAt }: JobRecord, { time }: JobUpdate): boolean {
  const end = (heard ? heard.time : endedAt) ?? 0;
  return time === undefined || end >= time;
}

/**
 * Whether the update reports the end that a status check observed before: the provider dates its callback later, and
 * the clocks differ. Only the first such callback counts, so that a later translation has its own job.
 */
function isLateReport({ heard, endedAt, state }: JobRecord, update: JobUpdate): boolean {
  const isSameEnd = update.state === state || update.state === 'ended';
  return heard === null && isSameEnd && (update.time ?? 0) <= (endedAt ?? 0) + clockSkew;
}

function reportedStart({ time }: JobUpdate, { receivedAt }: JobEvent): number | null {
  return time !== undefined && time <= receivedAt ? time : null;
}

function attach(record: JobRecord, update: JobUpdate, event: JobEvent): JobUpdateResult {
  const name = record.name ?? update.name ?? null;
  const heard = record.heard ?? (isEnd(update) ? reportOf(update, event) : null);
  return { record: { ...record, name, heard }, suppressed: true, usesJobMessage: false };
}

function reportOf({ state, time }: JobUpdate, { id, receivedAt }: JobEvent): NonNullable<JobRecord['heard']> {
  // A state that is no end is stored as "ended".
  return {
    state: state === 'queued' || state === 'running' ? 'ended' : state,
    at: receivedAt,
    time: time ?? null,
    event: id,
  };
}

function advance(record: JobRecord, update: JobUpdate, event: JobEvent, covered: boolean): JobUpdateResult {
  const { run, notifies: rings = false } = update;
  const isFirst = run !== undefined && !record.runs.includes(run);
  const common: JobRecord = {
    ...record,
    name: update.name ?? record.name,
    updatedAt: event.receivedAt,
    place: update.location ?? record.place,
    runs: isFirst ? [...record.runs, run].slice(-storedRuns) : record.runs,
  };
  if (isEnd(update)) return end(common, update, event);
  // Callbacks arrive in any order: a running job does not return to the queue.
  const isLate = isOpen(record) && !isFirst && record.state === 'running' && update.state === 'queued';
  const next = isLate ? common : withProgress(common, update);
  return { record: next, suppressed: covered && !(rings && isFirst), usesJobMessage: false };
}

function withProgress(record: JobRecord, update: JobUpdate): JobRecord {
  const state = update.state === 'queued' ? 'queued' : 'running';
  const progress = update.progress ?? record.progress;
  return { ...record, ...withStage(update), state, progress, endedAt: null, restsUntil: null };
}

function isEnd({ state }: JobUpdate): boolean {
  return state !== 'queued' && state !== 'running';
}

/** For an order from here the provider is queried for the result; the jobs of others end as the event says. */
function end(record: JobRecord, update: JobUpdate, event: JobEvent): JobUpdateResult {
  const heard = reportOf(update, event);
  if (update.kind === 'translation' && (record.by === 'user' || update.state === 'ended')) {
    const pending: JobRecord = isOpen(record) ? record : { ...record, state: 'running', problem: null, endedAt: null };
    return { record: { ...pending, heard }, suppressed: true, usesJobMessage: false };
  }
  const state = update.state === 'ended' ? 'success' : update.state;
  const ended: JobRecord = {
    ...record,
    ...withStage(update),
    ...{ state, heard, endedAt: event.receivedAt, problem: null },
    progress: state === 'success' ? null : record.progress,
    restsUntil: update.mayContinue ? event.receivedAt + restingTime : null,
  };
  return { record: ended, suppressed: false, usesJobMessage: update.endsOnly ?? false };
}
