import { z } from 'zod';
import { done, Id, isModestJson, Limit, MessageReference, method, mostOfOneLevel, Percent, Time } from './common.ts';
import { EventView } from './events.ts';
import { requirements } from './requirements.ts';

const JobState = z.enum(['queued', 'running', 'success', 'failed', 'timeout']);

export const Job = z.object({
  id: Id,
  connection: Id,
  /** A translation that was requested, the cloud's processing after an upload, or the publishing of a cloud model. */
  kind: z.enum(['translation', 'processing', 'publishing']),
  /** The Base64 of the source for a translation, otherwise the URN of the version or file. */
  urn: z.string(),
  name: z.string(),
  state: JobState,
  /** The latest step in words, where the state says too little. */
  stage: z.string().optional(),
  stageMessage: MessageReference.optional(),
  progress: Percent.optional(),
  /** The requested formats, for a translation that was started here. */
  formats: z.array(z.string()).optional(),
  region: z.string().optional(),
  /** Who started it: the user, here; or somebody else, or the cloud itself. */
  by: z.enum(['user', 'cloud']),
  createdAt: Time,
  updatedAt: Time,
  endedAt: Time.optional(),
  /** The usual duration of such a job for such a file in seconds, where known. */
  usual: z.number().optional(),
  /** True where it takes far longer than usual. */
  overdue: z.boolean(),
  /** True where the result existed before, so that nothing was done. */
  existed: z.boolean().optional(),
  /** The results by format. */
  outputs: z.array(z.object({ format: z.string(), state: JobState, progress: Percent.optional() })).optional(),
  /** The provider's messages, errors first. */
  messages: z
    .array(z.object({ kind: z.enum(['error', 'warning', 'info']), text: z.string(), code: z.string().optional() }))
    .optional(),
  /** The URL of a web page with the result; opened by `jobs.open`. */
  page: z.string().optional(),
  problem: z.string().optional(),
  problemMessage: MessageReference.optional(),
  /** True where its end was noticed only afterwards, because Ringback was not running. */
  recovered: z.boolean().optional(),
});

/** One long-running job in the cloud, from start to end. */
export type Job = z.infer<typeof Job>;

export type JobState = z.infer<typeof JobState>;

const JobFormat = z.union([
  z.string().trim().min(1).max(40),
  z
    .looseObject({ type: z.string().trim().min(1).max(40) })
    .refine(isModestJson, requirements.modestJson)
    .meta({ maxProperties: mostOfOneLevel }),
]);

export const JobDetail = Job.extend({
  /** A preview image of the result, as a data URL. */
  thumbnail: z.string().optional(),
  /** The callbacks about it, newest first. */
  events: z.array(EventView),
});

export type JobDetail = z.infer<typeof JobDetail>;

export const jobMethods = {
  /**
   * Starts a translation after creating its hooks; returns the one in progress where the file has one. Without formats,
   * the usual one is made.
   */
  'jobs.start': method(
    z.strictObject({
      connection: Id,
      /** A URN, plain, percent-encoded or in Base64. */
      urn: z.string().trim().min(1).max(2000),
      /** The file's name, where the URN does not contain it. */
      name: z.string().trim().min(1).max(200).optional(),
      formats: z.array(JobFormat).min(1).max(20).optional(),
      region: z.string().max(20).optional(),
      /** Deletes all earlier results of all formats and translates again. */
      force: z.boolean().optional(),
    }),
    Job,
  ),
  /** Jobs in progress first, then the others; newest first in each group. */
  'jobs.list': method(z.strictObject({ connection: Id.optional(), limit: Limit.optional() }), z.array(Job)),
  /** The jobs that an event concerns. */
  'jobs.about': method(z.strictObject({ event: Id }), z.array(Job)),
  'jobs.get': method(z.strictObject({ id: Id }), JobDetail),
  /** The formats a file can be translated into, the usual one first; the regions; the URN's file name and region. */
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
  /** Polls the provider now. */
  'jobs.refresh': method(z.strictObject({ id: Id }), Job),
  /** Removes it from the list, without an effect in the cloud. */
  'jobs.forget': method(z.strictObject({ id: Id }), done),
  /** Opens its page; `opened` is false where the host has no browser and the window must open it. */
  'jobs.open': method(z.strictObject({ id: Id }), z.object({ opened: z.boolean(), url: z.string() })),
};
