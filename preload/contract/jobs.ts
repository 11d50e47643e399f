import { z } from 'zod';
import { done, Id, Limit, MessageReference, method, Percent, Time } from './common.ts';
import { EventView } from './events.ts';

const JobState = z.enum(['queued', 'running', 'success', 'failed', 'timeout']);

export const Job = z.object({
  id: Id,
  connection: Id,
  /** Translated by an order; processed by the cloud itself after an upload; a cloud model published. */
  kind: z.enum(['translation', 'processing', 'publishing']),
  /** What it is about: the Base64 of the source for a translation, else the version or the file. */
  urn: z.string(),
  name: z.string(),
  state: JobState,
  /** The latest news of it in words, where the state does not say it all. */
  stage: z.string().optional(),
  progress: Percent.optional(),
  /** Wanted, of a translation ordered here. */
  formats: z.array(z.string()).optional(),
  region: z.string().optional(),
  /** Who began it: the user, here; or somebody else, or the cloud itself. */
  by: z.enum(['user', 'cloud']),
  createdAt: Time,
  updatedAt: Time,
  endedAt: Time.optional(),
  /** Seconds that such a job of such a file usually takes, as far as is known. */
  usual: z.number().optional(),
  /** True since it takes far longer than usual. */
  overdue: z.boolean(),
  /** True where the result was there before, so that nothing was done. */
  existed: z.boolean().optional(),
  /** The single results. */
  outputs: z.array(z.object({ format: z.string(), state: JobState, progress: Percent.optional() })).optional(),
  /** What the provider remarked, errors first. */
  messages: z
    .array(z.object({ kind: z.enum(['error', 'warning', 'info']), text: z.string(), code: z.string().optional() }))
    .optional(),
  /** Where people see the result, as the provider gave it; opened by `jobs.open`. */
  page: z.string().optional(),
  problem: z.string().optional(),
  problemMessage: MessageReference.optional(),
  /** True where it ended while nobody was there, and that was found out afterwards. */
  recovered: z.boolean().optional(),
});

/** One piece of long work in the cloud, from its beginning to its end. */
export type Job = z.infer<typeof Job>;

export type JobState = z.infer<typeof JobState>;

const JobFormat = z.union([
  z.string().trim().min(1).max(40),
  z.looseObject({ type: z.string().trim().min(1).max(40) }),
]);

export const JobDetail = Job.extend({
  /** A small picture of the result, as a data address. */
  thumbnail: z.string().optional(),
  /** The callbacks that told of it, newest first. */
  events: z.array(EventView),
});

export type JobDetail = z.infer<typeof JobDetail>;

export const jobMethods = {
  /** Starts a translation, its hooks first; an open one of the same file is joined. Without formats the usual one is made. */
  'jobs.start': method(
    z.strictObject({
      connection: Id,
      /** A URN as it is, percent-encoded or in Base64. */
      urn: z.string().trim().min(1).max(2000),
      /** The file's name, where the URN does not tell it. */
      name: z.string().trim().min(1).max(200).optional(),
      formats: z.array(JobFormat).min(1).max(20).optional(),
      region: z.string().max(20).optional(),
      /** Deletes all earlier results of every format and translates again. */
      force: z.boolean().optional(),
    }),
    Job,
  ),
  /** Open ones first, each part newest first. */
  'jobs.list': method(z.strictObject({ connection: Id.optional(), limit: Limit.optional() }), z.array(Job)),
  /** The jobs that an event is about. */
  'jobs.about': method(z.strictObject({ event: Id }), z.array(Job)),
  'jobs.get': method(z.strictObject({ id: Id }), JobDetail),
  /** What a file can be translated into, the usual choice first; the regions; what the URN tells of the file. */
  'jobs.formats': method(
    z.strictObject({
      connection: Id,
      urn: z.string().trim().max(2000).optional(),
      name: z.string().trim().max(200).optional(),
    }),
    z.object({
      formats: z.array(z.string()),
      regions: z.array(z.object({ value: z.string(), label: z.string(), labelMessage: MessageReference.optional() })),
      name: z.string().optional(),
      region: z.string(),
    }),
  ),
  /** Asks the provider now. */
  'jobs.refresh': method(z.strictObject({ id: Id }), Job),
  /** Takes it from the list; what goes on in the cloud goes on. */
  'jobs.forget': method(z.strictObject({ id: Id }), done),
  /** Opens its page; `opened` is false where the host has no browser, then the window does it. */
  'jobs.open': method(z.strictObject({ id: Id }), z.object({ opened: z.boolean(), url: z.string() })),
};
