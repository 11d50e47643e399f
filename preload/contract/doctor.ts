import { z } from 'zod';
import { Id, Limit, MessageReference, method, Time } from './common.ts';

const Recovery = z.object({
  id: Id,
  at: Time,
  /** The start of the time for which the providers were queried. */
  from: Time,
  to: Time,
  /** Number of events that were found and had not been delivered. */
  found: z.int(),
  /** "3 translations finished, 1 translation failed". */
  text: z.string(),
  textMessage: MessageReference.optional(),
  /** Hooks for which events may be missing, with the reason. */
  gaps: z.array(z.object({ hook: Id, from: Time, reason: z.string(), reasonMessage: MessageReference.optional() })),
});

/** A query of the providers for a time in which no callback could arrive. */
export type Recovery = z.infer<typeof Recovery>;

const Finding = z.object({
  /** The title of what was checked. */
  subject: z.string(),
  /** The texts by code, for windows in other languages than English. */
  subjectMessage: MessageReference.optional(),
  textMessage: MessageReference.optional(),
  adviceMessage: MessageReference.optional(),
  check: z.string(),
  state: z.enum(['good', 'bad', 'unsure']),
  text: z.string(),
  /** What the user can do about it. */
  advice: z.string().optional(),
  /** A method of this contract that fixes it, for a button. */
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
  /** A summary of the result in one or two sentences. */
  verdict: z.string(),
  verdictMessage: MessageReference.optional(),
  findings: z.array(Finding),
  /** All findings as text without secrets, for copying. */
  report: z.string(),
});

/** The result of the diagnosis. */
export type DiagnosticReport = z.infer<typeof DiagnosticReport>;

export const doctorMethods = {
  /** Latest first. */
  'recovery.history': method(z.strictObject({ limit: Limit.optional() }), z.array(Recovery)),
  /** Runs all checks for a hook, for a connection with its hooks, or for everything. */
  'doctor.run': method(z.strictObject({ hook: Id.optional(), connection: Id.optional() }), DiagnosticReport),
};
