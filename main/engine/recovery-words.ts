import type { Event } from '../../preload/contract.ts';

interface Kind {
  fits(event: Event): boolean;
  readonly one: string;
  readonly many: string;
}

/** The first that fits counts. */
const kinds: readonly Kind[] = [
  { fits: isTranslation('success'), one: 'translation finished', many: 'translations finished' },
  { fits: isTranslation('failed'), one: 'translation failed', many: 'translations failed' },
  { fits: ({ event = '' }) => event.startsWith('dm.version.added'), one: 'new version', many: 'new versions' },
  { fits: ({ event = '' }) => /milestone/i.test(event), one: 'milestone', many: 'milestones' },
  { fits: ({ outcome }) => outcome === 'failed', one: 'other failure', many: 'other failures' },
  { fits: () => true, one: 'other event', many: 'other events' },
];

/** "3 translations finished, 1 translation failed"; empty for none. */
export function countMissed(events: readonly Event[]): string {
  const kindOf = (event: Event) => kinds.find(({ fits }) => fits(event));
  const counted = kinds.map((kind) => [events.filter((event) => kindOf(event) === kind).length, kind] as const);
  return counted
    .filter(([count]) => count > 0)
    .map(([count, { one, many }]) => `${count} ${count === 1 ? one : many}`)
    .join(', ');
}

function isTranslation(outcome: Event['outcome']): Kind['fits'] {
  return (event) => event.event === 'extraction.finished' && (event.outcome ?? 'success') === outcome;
}
