import type { EventView } from '../../../preload/contract/index.ts';
import type { EventNoun } from '../connector/index.ts';
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
const otherEvents: readonly Kind<EventView>[] = [
  { fits: ({ outcome }) => outcome === 'failed', one: 'other failure', many: 'other failures' },
  { fits: () => true, one: 'other event', many: 'other events' },
];

/** "3 translations finished, 1 translation failed"; empty for none. */
export function countMissed(
  events: readonly EventView[],
  jobs: readonly JobRecord[],
  nouns: readonly EventNoun[],
): string {
  const known = nouns.map(({ event, ...noun }) => ({ ...noun, fits: (one: EventView) => event.test(one.event ?? '') }));
  return [...count(jobs, jobKinds), ...count(events, [...known, ...otherEvents])].join(', ');
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
