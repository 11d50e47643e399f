import type { Connections } from '../connections/index.ts';
import type { Context, JobSupport } from '../connector/index.ts';
import { describe, type Log } from '../log.ts';
import { type Ledger, selectThumbnail } from '../storage/index.ts';
import { RecentMap } from '../timing/index.ts';
import { hasUnknownResult } from './outcome.ts';
import type { JobRecord } from './record.ts';
import type { JobRecords } from './records.ts';

interface JobEnricherOptions {
  readonly ledger: Ledger;
  readonly records: JobRecords;
  readonly connections: Pick<Connections, 'open'>;
  readonly log: Log;
  /** A thumbnail was stored. */
  changed(record: JobRecord): void;
}

/** Adds details to jobs that have ended: thumbnail, page, single results. */
export interface JobEnricher {
  /** Fetches thumbnail and page, once per process, in the background. */
  enrich(record: JobRecord): void;
  /** Queries the details again, and the result where it is unknown; sends no notification. */
  refresh(record: JobRecord): Promise<void>;
  thumbnail(job: string): Uint8Array | undefined;
  close(): Promise<void>;
}

interface OpenedSupport {
  readonly support: JobSupport;
  readonly context: Context;
}

/** Jobs whose extras are not fetched again. */
const mostRemembered = 1000;

export function createJobEnricher(options: JobEnricherOptions): JobEnricher {
  const { ledger, records, log } = options;
  const running = new Set<Promise<void>>();
  const enriched = new RecentMap<string, true>(mostRemembered);
  let closed = false;

  const supportOf = (record: JobRecord): OpenedSupport | undefined => {
    const { connector, context } = options.connections.open(record.connection);
    return connector.jobs ? { support: connector.jobs, context } : undefined;
  };
  const thumbnail = (job: string): Uint8Array | undefined => selectThumbnail(ledger, job);

  const fetchThumbnail = async (record: JobRecord, { support, context }: OpenedSupport): Promise<void> => {
    if (!record.hasThumbnail || thumbnail(record.id)) return;
    const image = await support.thumbnail(context, referenceTo(record, context));
    if (!image || closed) return;
    await ledger.write('jobThumbnail', { job: record.id, image });
    options.changed(record);
  };

  const fetchPage = async (record: JobRecord, { support, context }: OpenedSupport): Promise<void> => {
    const page = record.place && record.page === null ? await support.pageUrl?.(context, record.place) : undefined;
    if (page !== undefined) await records.change(record.id, () => ({ page }));
  };

  const fetchExtras = async (record: JobRecord): Promise<void> => {
    if (record.state !== 'success' || enriched.has(record.id)) return;
    enriched.set(record.id, true);
    try {
      const opened = supportOf(record);
      if (!opened) return;
      await fetchThumbnail(record, opened);
      await fetchPage(record, opened);
    } catch (error) {
      if (!closed) log.warn('jobs', `The thumbnail or page of a job could not be fetched: ${describe(error)}`);
    }
  };

  return {
    thumbnail,
    enrich(record) {
      const work = fetchExtras(record).finally(() => running.delete(work));
      running.add(work);
    },
    async refresh(record) {
      const opened = record.kind === 'translation' ? supportOf(record) : undefined;
      if (!opened) return fetchExtras(record);
      const { support, context } = opened;
      const changes = detailsOf(record, await support.getStatus(context, referenceTo(record, context)));
      if (changes) await records.change(record.id, () => changes);
      await fetchExtras(records.get(record.id) ?? record);
    },
    async close() {
      closed = true;
      await Promise.allSettled(running);
    },
  };
}

/** What the provider says of a job that has ended; its result only where none is known. */
function detailsOf(
  record: JobRecord,
  { state, outputs, messages, hasThumbnail }: Awaited<ReturnType<JobSupport['getStatus']>>,
): Partial<JobRecord> | undefined {
  if (state === 'absent') return undefined;
  const hasResult = hasUnknownResult(record) && state !== 'queued' && state !== 'running';
  const result = hasResult ? { state, problem: null } : {};
  return { outputs: [...outputs], messages: [...messages], hasThumbnail, ...result };
}

function referenceTo({ subject, region }: JobRecord, { settings }: Context) {
  return { urn: subject, region: region ?? settings.region ?? '' };
}
