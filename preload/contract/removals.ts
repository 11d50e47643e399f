import { z } from 'zod';
import { Id, method, nothing, Time } from './common.ts';
import { connectionMethods } from './connections.ts';
import { hookMethods } from './hooks.ts';
import { jobMethods } from './jobs.ts';
import { sinkMethods } from './sinks.ts';

/** What the window calls the thing, for the report where its removal fails. */
const name = z.string().trim().min(1).max(300);

const Removal = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('hooks.remove'), input: hookMethods['hooks.remove'].input, name }),
  z.strictObject({
    method: z.literal('connections.remove'),
    input: connectionMethods['connections.remove'].input,
    name,
  }),
  z.strictObject({ method: z.literal('jobs.forget'), input: jobMethods['jobs.forget'].input, name }),
  z.strictObject({ method: z.literal('sinks.remove'), input: sinkMethods['sinks.remove'].input, name }),
]);

/** One thing to remove: the method that does it, and its input. */
export type Removal = z.infer<typeof Removal>;

const HeldRemoval = z.object({ id: Id, until: Time, removals: z.array(Removal) });

/** Removals that take effect together at a time, unless they are undone before. */
export type HeldRemoval = z.infer<typeof HeldRemoval>;

/** How many of the removals that took effect together succeeded. */
export interface RemovalOutcome {
  readonly removed: number;
  readonly total: number;
}

export const removalMethods = {
  /** Removes these in ten seconds, or when Ringback quits before. What fails is reported as a warning. */
  'removals.hold': method(z.strictObject({ removals: z.array(Removal).min(1).max(1000) }), HeldRemoval),
  /** Says false where they have taken effect already. */
  'removals.undo': method(z.strictObject({ id: Id }), z.object({ undone: z.boolean() })),
  /** Those that wait, and those that take effect at this moment, the earliest first. */
  'removals.list': method(nothing, z.array(HeldRemoval)),
};
