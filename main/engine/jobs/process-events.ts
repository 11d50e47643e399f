import type { JobUpdate } from '../connector/index.ts';
import { describe, type Log } from '../log.ts';
import { type JobEventRow, type Ledger, type Row, selectUnprocessedByJobs } from '../storage/index.ts';
import { applyUpdate, type JobEvent } from './apply-update.ts';
import { jobText } from './notifications.ts';
import { type JobRecord, subjectKey } from './record.ts';
import type { JobRecords } from './records.ts';

interface EventProcessorOptions {
  readonly ledger: Ledger;
  readonly records: JobRecords;
  /** Whether a hook of the connection listens to this event where it will happen. */
  covers(connection: string, event: NonNullable<JobUpdate['endedBy']>): boolean;
  now(): number;
  readonly log: Log;
}

/** Events processed in one commit. */
const batchSize = 500;

/**
 * Applies stored events to their jobs, each once: the job rows, what is notified and the progress mark are one commit.
 * Until then the events themselves are not announced.
 */
export function createEventProcessor(options: EventProcessorOptions): () => Promise<void> {
  const { ledger, records, log } = options;

  const processBatch = (): Promise<boolean> =>
    records.exclusively(async (save) => {
      const rows = selectUnprocessedByJobs(ledger, batchSize);
      const last = rows.at(-1);
      if (!last) return false;
      const batch = createBatch(options);
      for (const row of rows) {
        try {
          batch.add(row);
        } catch (error) {
          log.warn('jobs', `An event could not be applied to its job: ${describe(error)}`);
        }
      }
      await save(batch.records(), { ...batch.change, upTo: Number(last.id) });
      return rows.length === batchSize;
    });

  return async () => {
    while (await processBatch());
  };
}

/** Collects what several events change, before it is written. */
function createBatch({ records, covers, now }: EventProcessorOptions) {
  const changed = new Map<string, JobRecord>();
  const silenced: number[] = [];
  const jobEvents: JobEventRow[] = [];

  /** The jobs about a subject as they stand after the events so far, newest first. */
  const jobsAbout = (connection: string, subject: string): JobRecord[] => {
    const stored = records.about(connection, subject);
    const added = [...changed.values()].filter(
      (one) => one.connection === connection && subjectKey(one) === subject && !stored.some(({ id }) => id === one.id),
    );
    return [...added.reverse(), ...stored.map((one) => changed.get(one.id) ?? one)];
  };

  return {
    change: { silenced, jobEvents },
    records: () => [...changed.values()],
    add(row: Row): void {
      const event = toEvent(row);
      let isSuppressed = false;
      let notifiesForJob = false;
      for (const update of updatesIn(row)) {
        const covered = update.endedBy === undefined || covers(event.connection, update.endedBy);
        const result = applyUpdate(jobsAbout(event.connection, subjectKey(update)), update, event, covered);
        if (!result) continue;
        const { record, suppressed, usesJobMessage } = result;
        changed.set(record.id, record);
        const words = usesJobMessage ? { words: jobText(record, now()) } : {};
        jobEvents.push({ job: record.id, event: event.id, ...words });
        isSuppressed ||= suppressed;
        notifiesForJob ||= usesJobMessage;
      }
      if (isSuppressed && !notifiesForJob) silenced.push(event.id);
    },
  };
}

function toEvent(row: Row): JobEvent {
  const { id, connection, received_at: receivedAt, relay = null } = row;
  return { id: Number(id), connection: String(connection), receivedAt: Number(receivedAt), relayed: relay !== null };
}

function updatesIn({ jobs = null }: Row): JobUpdate[] {
  return jobs === null ? [] : (JSON.parse(String(jobs)) as JobUpdate[]);
}
