import type { JobNews } from '../connector/index.ts';
import { describe, type Log } from '../log.ts';
import { type JobEventRow, type Ledger, type Row, selectUnprocessedByJobs } from '../storage/index.ts';
import { applyUpdate, type JobEvent } from './apply-update.ts';
import { endNotification } from './notifications.ts';
import { type JobRecord, subjectKey } from './record.ts';
import type { JobRecords } from './records.ts';

export interface EventProcessorOptions {
  readonly ledger: Ledger;
  readonly records: JobRecords;
  /** Whether a hook of the connection listens to this event where it will happen. */
  covers(connection: string, event: NonNullable<JobNews['endedBy']>): boolean;
  now(): number;
  readonly log: Log;
}

/** Events dealt with in one commit. */
const batchSize = 500;

/**
 * Tells stored events in the rows of their jobs, each once: rows, what rings and the mark behind them are one commit.
 * Until that is done an event is not announced.
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
          log.warn('jobs', `An event could not be told in a job: ${describe(error)}`);
        }
      }
      await save(batch.records(), { ...batch.change, upTo: Number(last.id) });
      return rows.length === batchSize;
    });

  return async () => {
    while (await processBatch());
  };
}

/** What several events come to, before it is written. */
function createBatch({ records, covers, now }: EventProcessorOptions) {
  const changed = new Map<string, JobRecord>();
  const silenced: number[] = [];
  const told: JobEventRow[] = [];

  const about = (connection: string, subject: string): JobRecord[] => {
    const stored = records.about(connection, subject);
    const added = [...changed.values()].filter(
      (one) => one.connection === connection && subjectKey(one) === subject && !stored.some(({ id }) => id === one.id),
    );
    return [...added.reverse(), ...stored.map((one) => changed.get(one.id) ?? one)];
  };

  return {
    change: { silenced, told },
    records: () => [...changed.values()],
    add(row: Row): void {
      const event: JobEvent = {
        id: Number(row.id),
        connection: String(row.connection),
        receivedAt: Number(row.received_at),
      };
      let isSilent = false;
      let rings = false;
      for (const news of row.jobs === null ? [] : (JSON.parse(String(row.jobs)) as JobNews[])) {
        const covered = news.endedBy === undefined || covers(event.connection, news.endedBy);
        const said = applyUpdate(about(event.connection, subjectKey(news)), news, event, covered);
        if (!said) continue;
        changed.set(said.record.id, said.record);
        const { title, body } = endNotification(said.record, now());
        const words = said.usesJobMessage ? { words: { title, body } } : {};
        told.push({ job: said.record.id, event: event.id, ...words });
        isSilent ||= said.suppressed;
        rings ||= said.usesJobMessage;
      }
      if (isSilent && !rings) silenced.push(event.id);
    },
  };
}
