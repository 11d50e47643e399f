import type { JobNews } from '../connector/index.ts';
import { createJob, isOpen, type JobRecord } from './record.ts';

/** A stored event that says something of a job. */
export interface JobEvent {
  readonly id: number;
  readonly connection: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** What a piece of news comes to. */
export interface JobUpdateResult {
  readonly record: JobRecord;
  /** True where the job tells it, so that the event does not ring by itself. */
  readonly suppressed: boolean;
  /** True where the event rings in words of the job instead of its own. */
  readonly usesJobMessage: boolean;
}

/** So long after it came to rest a job may go on. */
const restingTime = 24 * 3600_000;
/** Clocks of provider and computer may differ by so much. */
const clockSkew = 5 * 60_000;

/**
 * Pure: the job's row after this news; undefined where no row is told of it, and the event stands for itself.
 * `known` are the jobs of this subject, newest first; `covered` whether a hook listens to what tells the end.
 */
export function applyUpdate(
  known: readonly JobRecord[],
  news: JobNews,
  event: JobEvent,
  covered: boolean,
): JobUpdateResult | undefined {
  const place = matchOf(known, news, event.receivedAt);
  if (place !== 'new')
    return place.continues ? advance(place.record, news, event, covered) : attach(place.record, news);
  if (news.endsOnly || (news.kind === 'processing' && !covered)) return undefined;
  const { kind, subject, workflow = null, region = null } = news;
  const fresh = createJob(
    { connection: event.connection, kind, subject, workflow, region, by: 'cloud' },
    event.receivedAt,
  );
  return advance({ ...fresh, postedAt: startedAtOf(news, event) }, news, event, covered);
}

/** Where it is told: in a row that goes on by it, in one that knows it all already, or in a new one. */
type Match = { readonly record: JobRecord; readonly continues: boolean } | 'new';

function matchOf(known: readonly JobRecord[], news: JobNews, at: number): Match {
  const possible = known.filter((record) => isOfWorkflow(record, news));
  // The workflow of our own orders is known to nobody else; how they end is looked up whatever the news says.
  const record = possible.find(
    (one) => one.by === 'user' || news.time === undefined || news.time >= startedAt(one) - clockSkew,
  );
  if (!record) return 'new';
  if (isOpen(record)) return { record, continues: true };
  const over = { record, continues: false } as const;
  if (news.kind === 'translation') {
    if (hasUnknownResult(record)) return { record, continues: isEnd(news) };
    return record.by === 'user' || isOld(record, news) ? over : 'new';
  }
  if (news.kind === 'processing')
    return { record, continues: record.state !== 'success' && record.state !== news.state };
  if (news.run !== undefined && record.runs.includes(news.run)) return over;
  return (record.restsUntil ?? 0) > at ? { record, continues: true } : 'new';
}

function isOfWorkflow({ workflow }: JobRecord, news: JobNews): boolean {
  return workflow === null || news.workflow === undefined || workflow === news.workflow;
}

/** It was given up, and the news tells what became of it after all. */
function hasUnknownResult({ state, problem }: JobRecord): boolean {
  return state === 'timeout' && problem !== null;
}

/** News from before the end that is told already: a second hook of the same workflow, or progress that comes late. */
function isOld({ heard }: JobRecord, { time }: JobNews): boolean {
  return time === undefined || (heard?.time ?? 0) >= time;
}

function startedAt({ postedAt, createdAt }: JobRecord): number {
  return postedAt ?? createdAt;
}

function startedAtOf(news: JobNews, { receivedAt }: JobEvent): number | null {
  return news.time !== undefined && news.time <= receivedAt ? news.time : null;
}

function attach(record: JobRecord, news: JobNews): JobUpdateResult {
  return { record: { ...record, name: record.name ?? news.name ?? null }, suppressed: true, usesJobMessage: false };
}

function advance(record: JobRecord, news: JobNews, event: JobEvent, covered: boolean): JobUpdateResult {
  const { run, rings = false } = news;
  const isFirst = run !== undefined && !record.runs.includes(run);
  const common: JobRecord = {
    ...record,
    name: news.name ?? record.name,
    updatedAt: event.receivedAt,
    place: news.place ?? record.place,
    runs: isFirst ? [...record.runs, run].slice(-20) : record.runs,
  };
  if (isEnd(news)) return end(common, news, event);
  // Callbacks come in any order: what is at work does not go back into the queue.
  const isBehind = isOpen(record) && !isFirst && record.state === 'running' && news.state === 'queued';
  const state = news.state === 'queued' ? 'queued' : 'running';
  const next = isBehind
    ? common
    : {
        ...common,
        state,
        stage: news.stage,
        progress: news.progress ?? record.progress,
        endedAt: null,
        restsUntil: null,
      };
  return { record: next as JobRecord, suppressed: covered && !(rings && isFirst), usesJobMessage: false };
}

function isEnd({ state }: JobNews): boolean {
  return state !== 'queued' && state !== 'running';
}

/** Of an order of our own the provider is asked how it ended; what others began is told by the event itself. */
function end(record: JobRecord, news: JobNews, event: JobEvent): JobUpdateResult {
  const heard = { state: news.state, at: event.receivedAt, time: news.time ?? null, event: event.id };
  if (news.kind === 'translation' && (record.by === 'user' || news.state === 'ended')) {
    const awaited = isOpen(record) ? record : ({ ...record, state: 'running', problem: null, endedAt: null } as const);
    return { record: { ...awaited, heard }, suppressed: true, usesJobMessage: false };
  }
  const state = news.state === 'ended' ? 'success' : news.state;
  const restsUntil = news.rests ? event.receivedAt + restingTime : null;
  const endedAt = event.receivedAt;
  const progress = state === 'success' ? null : record.progress;
  const problem = null;
  const ended = { ...record, state, stage: news.stage, progress, heard, endedAt, restsUntil, problem };
  return { record: ended, suppressed: false, usesJobMessage: news.endsOnly ?? false };
}
