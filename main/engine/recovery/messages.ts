import type { EventView } from '../../../preload/contract/index.ts';
import type { EventNoun } from '../connector/index.ts';
import type { JobRecord } from '../jobs/index.ts';
import { type Message, recoveryMessages } from '../messages/index.ts';

type Noun = EventNoun['counted'];

/** In the order in which they are listed. */
const jobNouns: readonly Noun[] = [
  recoveryMessages.translationFinished,
  recoveryMessages.translationFailed,
  recoveryMessages.translationTimedOut,
  recoveryMessages.jobFinished,
  recoveryMessages.jobFailed,
];
const otherNouns: readonly Noun[] = [recoveryMessages.otherFailure, recoveryMessages.otherEvent];

/** "3 translations finished, 1 translation failed"; empty for none. */
export function countMissed(
  events: readonly EventView[],
  jobs: readonly JobRecord[],
  nouns: readonly EventNoun[],
): Message {
  const kinds = [...jobs.map(nounOfJob), ...events.map((event) => nounOfEvent(event, nouns))];
  const all = [...jobNouns, ...nouns.map(({ counted }) => counted), ...otherNouns];
  const counts = all.map((noun) => ({ noun, count: kinds.filter((kind) => kind === noun).length }));
  const parts = counts.flatMap(({ noun, count }) => (count === 0 ? [] : [noun({ count })]));
  return {
    ...recoveryMessages.found(),
    params: Object.fromEntries(parts.map(({ code, params }) => [code, params.count ?? 0])),
    text: parts.map(({ text }) => text).join(', '),
  };
}

const translations: Readonly<Partial<Record<JobRecord['state'], Noun>>> = {
  success: recoveryMessages.translationFinished,
  failed: recoveryMessages.translationFailed,
  timeout: recoveryMessages.translationTimedOut,
};

function nounOfJob({ kind, state }: JobRecord): Noun {
  const other = state === 'success' ? recoveryMessages.jobFinished : recoveryMessages.jobFailed;
  return (kind === 'translation' && translations[state]) || other;
}

function nounOfEvent({ event = '', outcome }: EventView, nouns: readonly EventNoun[]): Noun {
  const known = nouns.find((noun) => noun.event.test(event));
  return known?.counted ?? (outcome === 'failed' ? recoveryMessages.otherFailure : recoveryMessages.otherEvent);
}
