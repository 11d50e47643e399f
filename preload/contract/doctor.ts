import { z } from 'zod';
import { Id, Limit, MessageReference, method, Time } from './common.ts';

const Recovery = z.object({
  id: Id,
  at: Time,
  /** The time for which the providers were asked. */
  from: Time,
  to: Time,
  /** So many events were found that no callback had told. */
  found: z.int(),
  /** "3 translations finished, 1 translation failed". */
  text: z.string(),
  textMessage: MessageReference.optional(),
  /** Hooks for which not everything, or nothing, could be found, and why. */
  gaps: z.array(z.object({ hook: Id, from: Time, reason: z.string(), reasonMessage: MessageReference.optional() })),
});

/** A look into a time in which no callback could arrive. */
export type Recovery = z.infer<typeof Recovery>;

const Finding = z.object({
  /** What it is about, as people call it. */
  subject: z.string(),
  /** The texts by their codes, for a window in another language. */
  subjectMessage: MessageReference.optional(),
  textMessage: MessageReference.optional(),
  adviceMessage: MessageReference.optional(),
  check: z.string(),
  state: z.enum(['good', 'bad', 'unsure']),
  text: z.string(),
  /** What to do about it. */
  advice: z.string().optional(),
  /** A question of this contract that repairs it, for a button. */
  fix: z
    .object({
      label: z.string(),
      labelMessage: MessageReference.optional(),
      method: z.enum(['hooks.reconcile', 'hooks.update', 'connections.signIn', 'tunnel.check', 'settings.set']),
      input: z.record(z.string(), z.json()),
    })
    .optional(),
});

export type Finding = z.infer<typeof Finding>;

const DiagnosticReport = z.object({
  at: Time,
  /** The answer to "why did I hear nothing?" in a sentence or two. */
  verdict: z.string(),
  verdictMessage: MessageReference.optional(),
  findings: z.array(Finding),
  /** Everything as text without secrets, to be copied. */
  report: z.string(),
});

/** What the doctor found. */
export type DiagnosticReport = z.infer<typeof DiagnosticReport>;

export const doctorMethods = {
  /** The latest first. */
  'recovery.history': method(z.strictObject({ limit: Limit.optional() }), z.array(Recovery)),
  /** Runs every check there is on a hook, on a connection and its hooks, or on everything. */
  'doctor.run': method(z.strictObject({ hook: Id.optional(), connection: Id.optional() }), DiagnosticReport),
};
