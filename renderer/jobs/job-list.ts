import type { QueryClient } from '@tanstack/react-query';
import type { Job } from '../../preload/contract/index.ts';

/** The limit of jobs in a request. */
export const listed = { limit: 500 } as const;
const jobsKey = ['jobs.list', listed] as const;

/** Updates the list with changed jobs, and refetches those that are open. */
export function putJobs(client: QueryClient, changed: readonly Job[]): void {
  if (changed.length === 0) return;
  client.setQueryData<Job[]>([...jobsKey], (list) => list && withChanged(list, changed));
  for (const { id } of changed) void client.invalidateQueries({ queryKey: ['jobs.get', { id }] });
}

/** Jobs in progress first, then the others; newest first in each group. */
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

/** The state in the categories that users see. */
export function kindOf({ state, problem, outputs = [] }: Job): JobKind {
  if (state === 'timeout' && problem !== undefined) return 'unknown';
  const isPartly =
    state === 'success' && outputs.some((output) => output.state === 'failed' || output.state === 'timeout');
  return isPartly ? 'partly' : state;
}
