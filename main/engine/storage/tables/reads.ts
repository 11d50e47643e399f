import { countByOutcome, countOfHook, countRejections } from './event-counts.ts';
import { selectEvents } from './event-list.ts';
import { countByKind, selectRelatedTo, selectWholeEvent } from './events.ts';
import type { Query } from './query.ts';
import { selectRepetitions } from './repetitions.ts';

/** Questions that may take long: name → function run on the reading thread. Inputs and results cross threads as data. */
export const reads = {
  events: selectEvents,
  related: selectRelatedTo,
  kinds: countByKind,
  activity: countOfHook,

  /** With headers, body and the times of its repetitions; undefined where it does not exist. */
  wholeEvent(query: Query, id: number) {
    const row = selectWholeEvent(query, id);
    return row && { row, repetitions: selectRepetitions(query, id) };
  },

  counts: (query: Query, times: readonly number[]) => ({
    byOutcome: countByOutcome(query, times),
    rejected: countRejections(query, times),
  }),
} as const;

type Reads = typeof reads;
export type ReadName = keyof Reads;
export type ReadInput<N extends ReadName> = Parameters<Reads[N]>[1];
export type ReadOutput<N extends ReadName> = ReturnType<Reads[N]>;
