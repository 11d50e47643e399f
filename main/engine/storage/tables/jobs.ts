import type { MessageReference } from '../../../../preload/contract/index.ts';
import { markOf } from './marks.ts';
import { boundLimit, type Prepare, type Query, type Row } from './query.ts';

/** A job as it stands; the record is JSON. */
export interface JobRow {
  readonly id: string;
  readonly connection: string;
  /** By which callbacks find it. */
  readonly subject: string;
  readonly open: boolean;
  readonly createdAt: number;
  /** Jobs of one sort take about the same time. */
  readonly sort: string;
  /** Milliseconds, of one that succeeded. */
  readonly took: number | null;
  readonly record: string;
}

/** An event about a job; with the text of the job where the event's notification shows that. */
export interface JobEventRow {
  readonly job: string;
  readonly event: number;
  readonly words?: {
    readonly title: string;
    readonly titleMessage?: MessageReference | undefined;
    readonly body: string;
    readonly bodyMessage?: MessageReference | undefined;
  };
}

/** Besides those that are open. */
const maxJobs = 10_000;

export function putJob(prepare: Prepare, row: JobRow): void {
  const { id, connection, subject, open, createdAt, sort, took, record } = row;
  prepare(
    `INSERT INTO jobs (id, connection, subject, open, created_at, sort, took, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET open = excluded.open, sort = excluded.sort, took = excluded.took, record = excluded.record`,
  ).run(id, connection, subject, open ? 1 : 0, createdAt, sort, took, record);
  prepare('DELETE FROM jobs WHERE open = 0 AND rowid <= (SELECT max(rowid) FROM jobs) - ?').run(maxJobs);
}

export function insertJobEvent(prepare: Prepare, { job, event, words }: JobEventRow): void {
  prepare('INSERT OR IGNORE INTO job_events SELECT ?, id, ? FROM events WHERE id = ?').run(
    ...[job, words ? JSON.stringify(words) : null, event],
  );
}

/** Changes the text of a job in the notification of its event. */
export function setJobText(prepare: Prepare, { job, event, words }: JobEventRow): void {
  prepare('UPDATE job_events SET words = ? WHERE job = ? AND event = ?').run(
    ...[words ? JSON.stringify(words) : null, job, event],
  );
}

/** The jobs of failed events whose notifications are not queued yet, with these events. */
export function selectUnexplained(query: Query, limit: number): Row[] {
  return query.all(
    `SELECT job, event FROM job_events WHERE event IN (
        SELECT id FROM events
          WHERE id > ${markOf('announced')} AND id <= ${markOf('followed')} AND outcome = 'failed' AND silent = 0)
      ${boundLimit}`,
    limit,
  );
}

export function setThumbnail(prepare: Prepare, job: string, image: Uint8Array): void {
  prepare('UPDATE jobs SET thumbnail = ? WHERE id = ?').run(image, job);
}

export function deleteJobs(prepare: Prepare, jobs: readonly string[]): void {
  for (const job of jobs) prepare('DELETE FROM jobs WHERE id = ?').run(job);
}

export function selectJob(query: Query, id: string): Row | undefined {
  return query.one('SELECT record FROM jobs WHERE id = ?', id);
}

/** Those that are open, or those that ended; the newest first. */
export function selectJobs(query: Query, isOpen: boolean, connection: string | undefined, limit: number): Row[] {
  return query.all(
    `SELECT record FROM jobs WHERE open = ? AND (? IS NULL OR connection = ?)
     ORDER BY created_at DESC, rowid DESC ${boundLimit}`,
    ...[isOpen ? 1 : 0, connection ?? null, connection ?? null, limit],
  );
}

/** Those that ended while callbacks were missed, and are not reported yet; the newest first. */
export function selectUnreportedJobs(query: Query): Row[] {
  return query.all(
    `SELECT record FROM jobs WHERE open = 0 AND record ->> '$.missed' = 'untold' ORDER BY created_at DESC, rowid DESC`,
  );
}

/** Those about one subject, the newest first. */
export function selectJobsAbout(query: Query, connection: string, subject: string, limit: number): Row[] {
  return query.all(
    `SELECT record FROM jobs WHERE connection = ? AND subject = ? ORDER BY created_at DESC, rowid DESC ${boundLimit}`,
    ...[connection, subject, limit],
  );
}

/** How long the latest successful jobs of that sort took, in milliseconds. */
export function selectDurations(query: Query, sort: string, limit: number): number[] {
  const rows = query.all(
    `SELECT took FROM jobs WHERE sort = ? AND took IS NOT NULL ORDER BY created_at DESC ${boundLimit}`,
    ...[sort, limit],
  );
  return rows.map(({ took }) => Number(took));
}

export function selectThumbnail(query: Query, job: string): Uint8Array | undefined {
  const row = query.one('SELECT thumbnail FROM jobs WHERE id = ? AND thumbnail IS NOT NULL', job);
  return row?.thumbnail as Uint8Array | undefined;
}

/** The jobs that an event is about. */
export function selectJobsOfEvent(query: Query, event: number): string[] {
  return query.all('SELECT job FROM job_events WHERE event = ?', event).map(({ job }) => String(job));
}

/** The events about a job, the latest first. */
export function selectJobEvents(query: Query, job: string, limit: number): number[] {
  const rows = query.all(`SELECT event FROM job_events WHERE job = ? ORDER BY event DESC ${boundLimit}`, job, limit);
  return rows.map(({ event }) => Number(event));
}
