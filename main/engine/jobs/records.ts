import { describe, type Log } from '../log.ts';
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
import { createSerialQueue } from '../timing/index.ts';
import { categoryOf, createJob, durationOf, isOpen, JobRecord, type NewJob, subjectKey } from './record.ts';

/** The jobs in the ledger. Changes run one after the other, so that each sees the result of the last. */
export interface JobRecords {
  get(id: string): JobRecord | undefined;
  /** Open jobs first, each part newest first. */
  list(connection: string | undefined, limit: number): JobRecord[];
  open(): JobRecord[];
  /** Jobs that ended unnoticed and were not reported yet, newest first. */
  unreported(): JobRecord[];
  /** The latest jobs that callbacks about this subject may belong to, newest first. */
  about(connection: string, subject: string): JobRecord[];
  /** The median duration of the latest jobs of this category, in milliseconds, and how many those are. */
  usualDuration(record: JobRecord): { readonly time: number; readonly count: number } | undefined;
  /** Runs `work` while no other change runs. */
  exclusively<T>(work: (save: JobSave) => Promise<T>): Promise<T>;
  /** Durable when it resolves. */
  create(job: NewJob): Promise<JobRecord>;
  /** Changes the record as it is once earlier changes are done; keeps it where `update` returns nothing. */
  change(id: string, update: JobChange): Promise<JobRecord | undefined>;
  forget(ids: readonly string[]): Promise<void>;
}
type JobChange = (record: JobRecord) => (Partial<JobRecord> & { readonly notices?: JobsChange['notices'] }) | undefined;
/** Durable when it resolves. */
type JobSave = (records: readonly JobRecord[], alongside?: Omit<JobsChange, 'rows'>) => Promise<void>;

interface JobRecordsOptions {
  readonly ledger: Ledger;
  now(): number;
  readonly log: Log;
  changed(record: JobRecord): void;
}

/** How many earlier jobs the median is taken of. */
const sampleSize = 25;
/** Jobs of one subject that a callback may belong to. */
const candidates = 10;

export function createJobRecords({ ledger, now, log, changed }: JobRecordsOptions): JobRecords {
  const enqueue = createSerialQueue();
  const read = (rows: readonly (Row | undefined)[]): JobRecord[] =>
    rows.flatMap((row) => (row ? parse(String(row.record), log) : []));
  const get = (id: string): JobRecord | undefined => read([selectJob(ledger, id)])[0];
  const save: JobSave = async (records, alongside = {}) => {
    await ledger.write('jobs', { rows: records.map(toRow), ...alongside });
    for (const record of records) changed(record);
  };
  const select = (isOpen: boolean, connection: string | undefined, limit: number): JobRecord[] =>
    read(selectJobs(ledger, isOpen, connection, limit));

  return {
    get,
    list(connection, limit) {
      const open = select(true, connection, limit);
      return [...open, ...select(false, connection, limit - open.length)];
    },
    open: () => select(true, undefined, -1),
    unreported: () => read(selectUnreportedJobs(ledger)),
    about: (connection, subject) => read(selectJobsAbout(ledger, connection, subject, candidates)),
    usualDuration(record) {
      const times = selectDurations(ledger, categoryOf(record), sampleSize).sort((a, b) => a - b);
      const time = times[Math.floor(times.length / 2)];
      return time === undefined ? undefined : { time, count: times.length };
    },
    exclusively: (work) => enqueue(() => work(save)),
    create: (job) =>
      enqueue(async () => {
        const record = createJob(job, now());
        await save([record]);
        return record;
      }),
    change: (id, update) =>
      enqueue(async () => {
        const record = get(id);
        const changes = record && update(record);
        if (!record || !changes) return record;
        const { notices = [], ...members } = changes;
        const next = { ...record, updatedAt: now(), ...members };
        await save([next], { notices });
        return next;
      }),
    forget: (ids) => enqueue(() => ledger.write('jobsForgotten', ids)),
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
    log.warn('jobs', `A stored job could not be read and is skipped: ${describe(error)}`);
    return [];
  }
}
