import type { JobNews } from '../connector/index.ts';
import { describe, type Log } from '../log.ts';
import type { JobEventRow, Ledger, Row } from '../storage/index.ts';
import { follow, type NewsEvent } from './apply-update.ts';
import { endNotice } from './messages.ts';
import { type JobRecord, subjectKey } from './record.ts';
import type { JobRecords } from './records.ts';

export interface JobStoriesOptions {
  readonly ledger: Ledger;
  readonly records: JobRecords;
  /** Whether a hook of the connection listens to this event where it will happen. */
  covers(connection: string, event: NonNullable<JobNews['endedBy']>): boolean;
  now(): number;
  readonly log: Log;
}

const unfollowed = `SELECT id, connection, received_at, jobs FROM events
  WHERE id > (SELECT value FROM marks WHERE name = 'followed') ORDER BY id LIMIT ?`;
/** Events dealt with in one commit. */
const atOnce = 500;

/**
 * Tells stored events in the rows of their jobs, each once: rows, what rings and the mark behind them are one commit.
 * Until that is done an event is not announced.
 */
export function createJobStories(options: JobStoriesOptions): () => Promise<void> {
  const { ledger, records, log } = options;

  const followSome = (): Promise<boolean> =>
    records.inTurn(async (save) => {
      const rows = ledger.all(unfollowed, atOnce);
      const last = rows.at(-1);
      if (!last) return false;
      const chapter = createChapter(options);
      for (const row of rows) {
        try {
          chapter.add(row);
        } catch (error) {
          log.warn('jobs', `An event could not be told in a job: ${describe(error)}`);
        }
      }
      await save(chapter.records(), { ...chapter.change, upTo: Number(last.id) });
      return rows.length === atOnce;
    });

  return async () => {
    while (await followSome());
  };
}

/** What several events come to, before it is written. */
function createChapter({ records, covers, now }: JobStoriesOptions) {
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
      const event: NewsEvent = {
        id: Number(row.id),
        connection: String(row.connection),
        receivedAt: Number(row.received_at),
      };
      let isSilent = false;
      let rings = false;
      for (const news of row.jobs === null ? [] : (JSON.parse(String(row.jobs)) as JobNews[])) {
        const covered = news.endedBy === undefined || covers(event.connection, news.endedBy);
        const said = follow(about(event.connection, subjectKey(news)), news, event, covered);
        if (!said) continue;
        changed.set(said.record.id, said.record);
        const { title, body } = endNotice(said.record, now());
        const words = said.announced ? { words: { title, body } } : {};
        told.push({ job: said.record.id, event: event.id, ...words });
        isSilent ||= said.silent;
        rings ||= said.announced;
      }
      if (isSilent && !rings) silenced.push(event.id);
    },
  };
}
