import { z } from 'zod';
import { Id, method, nothing, Time } from './common.ts';
import { connectionMethods } from './connections.ts';
import { hookMethods } from './hooks.ts';
import { jobMethods } from './jobs.ts';
import { sinkMethods } from './sinks.ts';

/** The name of the item in the window, for the report where its removal fails. */
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

/** One removal: the method and its input. */
export type Removal = z.infer<typeof Removal>;

const HeldRemoval = z.object({ id: Id, until: Time, removals: z.array(Removal) });

/** Removals that take effect together at a time, unless they are undone before. */
export type HeldRemoval = z.infer<typeof HeldRemoval>;

/** The result of removals that took effect together. */
export interface RemovalOutcome {
  readonly removed: number;
  readonly total: number;
}

export const removalMethods = {
  /** Removes these after ten seconds, or earlier when Ringback quits. Failures are reported as warnings. */
  'removals.hold': method(z.strictObject({ removals: z.array(Removal).min(1).max(1000) }), HeldRemoval),
  /** False where they have taken effect already. */
  'removals.undo': method(z.strictObject({ id: Id }), z.object({ undone: z.boolean() })),
  /** Removals that are pending or taking effect, earliest first. */
  'removals.list': method(nothing, z.array(HeldRemoval)),
};
