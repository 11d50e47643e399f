import { describe, type Log } from '../log.ts';
import { createSerialQueue } from '../serial.ts';
import {
  type JobRow,
  type JobsChange,
  type Ledger,
  type Row,
  selectDurations,
  selectJob,
  selectJobs,
  selectJobsAbout,
  selectUnreportedJobs,
} from '../storage/index.ts';
import { categoryOf, createJob, durationOf, isOpen, JobRecord, type NewJob, subjectKey } from './record.ts';

/** The jobs in the ledger. Changes come one after the other, so that each sees the outcome of the last. */
export interface JobRecords {
  get(id: string): JobRecord | undefined;
  /** Open ones first, each part newest first. */
  list(connection: string | undefined, limit: number): JobRecord[];
  open(): JobRecord[];
  /** Those that ended while nobody was there and are not told yet, newest first. */
  unreported(): JobRecord[];
  /** The latest ones that callbacks about this subject may mean, newest first. */
  about(connection: string, subject: string): JobRecord[];
  /** Milliseconds that the latest of this sort took, in the middle; and of how many. */
  usualDuration(record: JobRecord): { readonly time: number; readonly count: number } | undefined;
  /** Runs `work` while nothing else changes. */
  exclusively<T>(work: (save: JobSave) => Promise<T>): Promise<T>;
  /** Begins one. Durable when it resolves. */
  create(beginning: NewJob): Promise<JobRecord>;
  /** Changes the record as it is when its turn comes; left alone where `update` gives nothing. */
  change(id: string, update: JobUpdate): Promise<JobRecord | undefined>;
  forget(ids: readonly string[]): Promise<void>;
}
export type JobUpdate = (
  record: JobRecord,
) => (Partial<JobRecord> & { readonly notices?: JobsChange['notices'] }) | undefined;
/** Durable when it resolves. */
export type JobSave = (records: readonly JobRecord[], alongside?: Omit<JobsChange, 'rows'>) => Promise<void>;

export interface JobRecordsOptions {
  readonly ledger: Ledger;
  now(): number;
  readonly log: Log;
  changed(record: JobRecord): void;
}

/** Of so many earlier ones the middle is taken. */
const remembered = 25;
const candidates = 10;

export function createJobRecords({ ledger, now, log, changed }: JobRecordsOptions): JobRecords {
  const turns = createSerialQueue();
  const read = (rows: readonly (Row | undefined)[]): JobRecord[] =>
    rows.flatMap((row) => (row ? parse(String(row.record), log) : []));
  const get = (id: string): JobRecord | undefined => read([selectJob(ledger, id)])[0];
  const save: JobSave = async (records, alongside = {}) => {
    await ledger.write('jobs', { rows: records.map(toRow), ...alongside });
    for (const record of records) changed(record);
  };
  const part = (isOpen: boolean, connection: string | undefined, limit: number): JobRecord[] =>
    read(selectJobs(ledger, isOpen, connection, limit));

  return {
    get,
    list(connection, limit) {
      const open = part(true, connection, limit);
      return [...open, ...part(false, connection, limit - open.length)];
    },
    open: () => part(true, undefined, -1),
    unreported: () => read(selectUnreportedJobs(ledger)),
    about: (connection, subject) => read(selectJobsAbout(ledger, connection, subject, candidates)),
    usualDuration(record) {
      const times = selectDurations(ledger, categoryOf(record), remembered).sort((a, b) => a - b);
      const time = times[Math.floor(times.length / 2)];
      return time === undefined ? undefined : { time, count: times.length };
    },
    exclusively: (work) => turns(() => work(save)),
    create: (beginning) =>
      turns(async () => {
        const record = createJob(beginning, now());
        await save([record]);
        return record;
      }),
    change: (id, update) =>
      turns(async () => {
        const record = get(id);
        const changes = record && update(record);
        if (!record || !changes) return record;
        const { notices = [], ...members } = changes;
        const next = { ...record, updatedAt: now(), ...members };
        await save([next], { notices });
        return next;
      }),
    forget: (ids) => turns(() => ledger.write('jobsForgotten', ids)),
  };
}

function toRow(record: JobRecord): JobRow {
  const { id, connection, createdAt } = record;
  return {
    id,
    connection,
    createdAt,
    subject: subjectKey(record),
    open: isOpen(record),
    sort: categoryOf(record),
    took: durationOf(record),
    record: JSON.stringify(record),
  };
}

function parse(text: string, log: Log): JobRecord[] {
  try {
    return [JobRecord.parse(JSON.parse(text))];
  } catch (error) {
    log.warn('jobs', `A stored job could not be read and is left out: ${describe(error)}`);
    return [];
  }
}
