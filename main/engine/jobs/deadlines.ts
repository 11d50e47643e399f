import type { Connections } from '../connections/index.ts';
import { followedBy, jobMessages, type Message } from '../messages/index.ts';
import { hours, minutes } from '../timing/index.ts';
import type { EndJob } from './ender.ts';
import { overdueNotification } from './notifications.ts';
import { isOpen, type JobRecord, startedAt, withProblem } from './record.ts';
import type { JobRecords } from './records.ts';

interface DeadlineOptions {
  readonly records: JobRecords;
  readonly connections: Pick<Connections, 'open'>;
  readonly end: EndJob;
  /** True while the user wants no notifications. */
  muted(): boolean;
  /** Called once a job was marked as overdue. */
  marked(record: JobRecord): void;
  now(): number;
}

const resultTimeout = hours(24);
const overdueFactor = 3;
const overdueMinimum = minutes(10);
/** How many earlier jobs make a usual duration reliable. */
const reliableCount = 3;

/** Gives up a job that has no result in time, and marks one that takes much longer than usual. */
export async function enforceDeadlines(record: JobRecord, options: DeadlineOptions): Promise<void> {
  const { records, connections, end, now } = options;
  if (isExpired(record, now())) {
    await end(record.id, { state: 'timeout', ...withProblem(unknownResult(record, connections)) });
    return;
  }
  const usual = records.usualDuration(record);
  if (!usual || !isOverdue(record, usual, now())) return;
  await records.change(record.id, (present) => {
    if (!isOpen(present) || present.overdueAt !== null) return undefined;
    const notices = options.muted() ? [] : [overdueNotification(present, usual.time, now())];
    return { overdueAt: now(), notices };
  });
  options.marked(record);
}

function isExpired(record: JobRecord, now: number): boolean {
  return now - (record.heard?.at ?? startedAt(record)) > resultTimeout;
}

function isOverdue(record: JobRecord, usual: { readonly time: number; readonly count: number }, now: number): boolean {
  const age = now - startedAt(record);
  const limit = Math.max(overdueMinimum, overdueFactor * usual.time);
  return record.overdueAt === null && usual.count >= reliableCount && age >= limit;
}

function unknownResult(record: JobRecord, connections: Pick<Connections, 'open'>): Message {
  if (record.kind === 'translation') return jobMessages.noTranslationResult();
  const advice = adviceOf(record, connections);
  return advice ? followedBy(jobMessages.noUpdate(), advice) : jobMessages.noUpdate();
}

/** The connector's advice; undefined also where the connection cannot be opened. */
function adviceOf({ connection, kind }: JobRecord, connections: Pick<Connections, 'open'>): Message | undefined {
  try {
    return connections.open(connection).connector.jobs?.unknownResultAdvice?.[kind];
  } catch {
    return undefined;
  }
}
