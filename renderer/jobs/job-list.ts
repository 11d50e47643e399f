import type { QueryClient } from '@tanstack/react-query';
import type { Job } from '../../preload/contract/index.ts';

/** The most jobs that the host lists. */
export const listed = { limit: 500 } as const;
const jobsKey = ['jobs.list', listed] as const;

/** Updates the list with what changed, and refetches an open job. */
export function putJobs(client: QueryClient, changed: readonly Job[]): void {
  if (changed.length === 0) return;
  client.setQueryData<Job[]>([...jobsKey], (list) => list && withChanged(list, changed));
  for (const { id } of changed) void client.invalidateQueries({ queryKey: ['jobs.get', { id }] });
}

/** Open ones first, each part newest first. */
function withChanged(list: readonly Job[], changed: readonly Job[]): Job[] {
  const all = new Map([...list, ...changed].map((job) => [job.id, job]));
  return [...all.values()].sort(
    (a, b) => Number(isOver(a)) - Number(isOver(b)) || b.createdAt.localeCompare(a.createdAt),
  );
}

export function isOver({ endedAt }: Job): boolean {
  return endedAt !== undefined;
}

export type JobKind = Job['state'] | 'unknown' | 'partly';

/** How it stands, as it matters to the user. */
export function kindOf({ state, problem, outputs = [] }: Job): JobKind {
  if (state === 'timeout' && problem !== undefined) return 'unknown';
  const isPartly =
    state === 'success' && outputs.some((output) => output.state === 'failed' || output.state === 'timeout');
  return isPartly ? 'partly' : state;
}
