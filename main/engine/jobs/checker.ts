import type { Connections } from '../connections/index.ts';
import type { JobStatus } from '../connector/index.ts';
import { jobMessages } from '../messages/index.ts';
import type { EndJob } from './ender.ts';
import { reportedEnd, resultOf } from './outcome.ts';
import { isOpen, type JobRecord, withProblem } from './record.ts';
import type { JobRecords } from './records.ts';

interface JobCheckerOptions {
  readonly records: JobRecords;
  readonly connections: Pick<Connections, 'open'>;
  readonly end: EndJob;
  /** Where a job that was created by then turns out to have ended, it did so while Ringback could not notice. */
  missedUntil(): number;
  now(): number;
}

/** Queries the provider for the status of single jobs. */
interface JobChecker {
  /** Joins a check of the same job that is in progress. Throws where the status cannot be determined. */
  check(id: string): Promise<void>;
  stop(): Promise<void>;
}

export function createJobChecker(options: JobCheckerOptions): JobChecker {
  const { records, end, now } = options;
  const inProgress = new Map<string, Promise<void>>();
  let stopped = false;

  const apply = async (record: JobRecord, status: JobStatus, provider: string): Promise<void> => {
    const { id } = record;
    const result = resultOf(record, status, now());
    if (result.type === 'ended') {
      await end(id, result.members, result.isObserved ? options.missedUntil() : undefined);
    } else if (result.type === 'not-started') {
      await end(id, { state: 'failed', ...withProblem(jobMessages.notStarted({ provider })) });
    } else if (result.type === 'changed') {
      await records.change(id, (present) => (isOpen(present) ? result.members : undefined));
    }
  };

  const checkOnce = async (id: string): Promise<void> => {
    const record = records.get(id);
    if (!record || !isOpen(record) || record.kind !== 'translation' || record.postedAt === null) return;
    const { connector, context } = options.connections.open(record.connection);
    if (!connector.jobs) return;
    const region = record.region ?? context.settings.region ?? connector.jobs.regions[0]?.value ?? '';
    try {
      const status = await connector.jobs.getStatus(context, { urn: record.subject, region });
      await apply(records.get(id) ?? record, status, connector.title);
    } catch (error) {
      if (stopped) return;
      // A callback reported how it ended; the details can be queried later.
      const reported = reportedEnd(records.get(id) ?? record);
      if (reported) await end(id, reported);
      throw error;
    }
  };

  return {
    check(id) {
      const check = inProgress.get(id) ?? checkOnce(id).finally(() => inProgress.delete(id));
      inProgress.set(id, check);
      return check;
    },
    async stop() {
      stopped = true;
      await Promise.allSettled(inProgress.values());
    },
  };
}
