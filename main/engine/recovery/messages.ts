import type { EventView } from '../../../preload/contract.ts';
import type { JobRecord } from '../jobs/index.ts';

interface Kind<T> {
  fits(one: T): boolean;
  readonly one: string;
  readonly many: string;
}

/** The first that fits counts. */
const jobKinds: readonly Kind<JobRecord>[] = [
  { fits: isTranslation('success'), one: 'translation finished', many: 'translations finished' },
  { fits: isTranslation('failed'), one: 'translation failed', many: 'translations failed' },
  { fits: isTranslation('timeout'), one: 'translation timed out', many: 'translations timed out' },
  { fits: ({ state }) => state === 'success', one: 'other job finished', many: 'other jobs finished' },
  { fits: () => true, one: 'other job failed', many: 'other jobs failed' },
];
const eventKinds: readonly Kind<EventView>[] = [
  { fits: ({ event = '' }) => event.startsWith('dm.version.added'), one: 'new version', many: 'new versions' },
  { fits: ({ event = '' }) => /milestone/i.test(event), one: 'milestone', many: 'milestones' },
  { fits: ({ outcome }) => outcome === 'failed', one: 'other failure', many: 'other failures' },
  { fits: () => true, one: 'other event', many: 'other events' },
];

/** "3 translations finished, 1 translation failed"; empty for none. */
export function countMissed(events: readonly EventView[], jobs: readonly JobRecord[]): string {
  return [...count(jobs, jobKinds), ...count(events, eventKinds)].join(', ');
}

function count<T>(things: readonly T[], kinds: readonly Kind<T>[]): string[] {
  const kindOf = (thing: T) => kinds.find(({ fits }) => fits(thing));
  return kinds.flatMap((kind) => {
    const number = things.filter((thing) => kindOf(thing) === kind).length;
    return number === 0 ? [] : [`${number} ${number === 1 ? kind.one : kind.many}`];
  });
}

function isTranslation(state: JobRecord['state']): Kind<JobRecord>['fits'] {
  return (job) => job.kind === 'translation' && job.state === state;
}
