import type { JobLook, JobState } from '../connector/index.ts';
import type { JobRecord } from './record.ts';

const minute = 60_000;
/** Of formats that were added to a file the manifest may not speak yet. */
const listingPatience = 10 * minute;

/** What is said where no end was heard of. */
export const unknownResult = {
  translation: 'No end was heard of and none could be seen for 24 hours. Refresh it to look again.',
  processing: 'Nothing more was heard of it for 24 hours.',
  publishing:
    'Nothing more was heard of it for 24 hours. A hook for dm.version.added on the same folder tells when the version exists.',
} as const;

/** What the cloud does by itself and nobody ordered is not worth a ring when its end stays unknown. */
export function isQuiet({ kind, state, problem }: JobRecord): boolean {
  return kind !== 'translation' && state === 'timeout' && problem !== null;
}

export function startOf({ postedAt, createdAt }: JobRecord): number {
  return postedAt ?? createdAt;
}

/** A callback of an earlier run of the same file may come late. */
export function isOfCurrentRun(record: JobRecord): boolean {
  return (record.heard?.time ?? Number.POSITIVE_INFINITY) >= startOf(record) - 5 * minute;
}

/** As the payload says, where that can be true; else now. */
export function endOf(record: JobRecord, now: number): number {
  const time = record.heard?.time ?? now;
  return time >= startOf(record) && time <= now ? time : now;
}

/** Of several formats those that were ordered count: the whole may be good while they are not, or not be begun. */
export function outcomeOf(record: JobRecord, look: JobLook, now: number): JobState {
  const state = look.state === 'absent' ? 'queued' : look.state;
  const ordered = record.formats.map(({ type }) => look.outputs.find(({ format }) => format === type));
  const isListed = ordered.every((output) => output !== undefined);
  const mayFollow = !record.heard && !record.existed && now - startOf(record) < listingPatience;
  if (state === 'success' && !isListed && mayFollow) return 'running';
  const failed = ordered.filter((output) => output?.state === 'failed' || output?.state === 'timeout');
  if (state === 'success' && failed.length > 0 && failed.length === ordered.length) return failed[0]?.state ?? 'failed';
  return state;
}
