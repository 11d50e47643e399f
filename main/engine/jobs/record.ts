import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Job, MessageReference } from '../../../preload/contract/index.ts';
import type { JobUpdate } from '../connector/index.ts';
import { clean } from '../hooks/index.ts';
import { type Message, referenceOf } from '../messages/index.ts';
import { toTime } from '../storage/index.ts';

const Milliseconds = z.number();
const State = Job.shape.state;

const StoredMessage = MessageReference.extend({ text: z.string() });

/** One job as it is stored. Times are milliseconds since 1970. */
export const JobRecord = z.object({
  id: z.string(),
  connection: z.string(),
  kind: Job.shape.kind,
  subject: z.string(),
  /** The file's name; null while unknown. */
  name: z.string().nullable(),
  region: z.string().nullable(),
  formats: z.array(z.looseObject({ type: z.string() })),
  force: z.boolean(),
  workflow: z.string().nullable(),
  by: Job.shape.by,
  state: State,
  stage: z.string().nullable(),
  /** The message of this stage; it counts while the stage has the same text. */
  stageMessage: StoredMessage.exactOptional(),
  progress: z.number().nullable(),
  createdAt: Milliseconds,
  updatedAt: Milliseconds,
  endedAt: Milliseconds.nullable(),
  /** Set just before the order is sent: from then on the provider may have it. */
  postedAt: Milliseconds.nullable(),
  /** Whether the provider confirmed the order. */
  answered: z.boolean(),
  existed: z.boolean(),
  /** The reported end (a stored name): `at` is when the callback arrived, `time` what its payload says. */
  heard: z
    .object({
      state: z.enum([...State.options, 'ended']),
      at: Milliseconds,
      time: Milliseconds.nullable(),
      event: z.number(),
    })
    .nullable(),
  /** When the user was notified that it takes long. */
  overdueAt: Milliseconds.nullable(),
  outputs: z.array(z.object({ format: z.string(), state: State, progress: z.number().optional() })),
  messages: z.array(
    z.object({ kind: z.enum(['error', 'warning', 'info']), text: z.string(), code: z.string().optional() }),
  ),
  hasThumbnail: z.boolean(),
  place: z.object({ project: z.string(), resource: z.string() }).nullable(),
  page: z.string().nullable(),
  /** The runs whose updates this row includes. */
  runs: z.array(z.string()),
  /** The job has ended, but may continue until then. */
  restsUntil: Milliseconds.nullable(),
  problem: z.string().nullable(),
  /** The message of this problem; it counts while the problem has the same text. */
  problemMessage: StoredMessage.exactOptional(),
  /** Set where the job ended while Ringback could not notice; such jobs are reported in one notification. */
  missed: z.enum(['untold', 'told']).optional(),
});
export type JobRecord = z.infer<typeof JobRecord>;

export type NewJob = Pick<JobRecord, 'connection' | 'kind' | 'subject' | 'by'> & Partial<JobRecord>;

export function createJob(job: NewJob, now: number): JobRecord {
  return {
    id: randomUUID(),
    name: null,
    region: null,
    formats: [],
    force: false,
    workflow: null,
    state: 'queued',
    stage: null,
    progress: null,
    createdAt: now,
    updatedAt: now,
    endedAt: null,
    postedAt: null,
    answered: false,
    existed: false,
    heard: null,
    overdueAt: null,
    outputs: [],
    messages: [],
    hasThumbnail: false,
    place: null,
    page: null,
    runs: [],
    restsUntil: null,
    problem: null,
    ...job,
  };
}

export function isOpen({ endedAt }: JobRecord): boolean {
  return endedAt === null;
}

/** When the job was ordered, else when it was first reported. */
export function startedAt({ postedAt, createdAt }: Pick<JobRecord, 'postedAt' | 'createdAt'>): number {
  return postedAt ?? createdAt;
}

/** The key by which callbacks find the job. */
export function subjectKey({ kind, subject }: Pick<JobRecord, 'kind' | 'subject'>): string {
  return `${kind} ${subject}`;
}

/** Jobs of one category take about the same time: the same kind of work on the same kind of file. */
export function categoryOf({ kind, name, formats }: JobRecord): string {
  const [, extension = ''] = /\.([a-z0-9_]{1,12})(?:\.\d+)?$/i.exec(name ?? '') ?? [];
  const targets = formats.map(({ type }) => type).sort();
  return [kind, extension.toLowerCase(), ...targets].join(' ');
}

/** Milliseconds that a successful job took; null where nothing had to be done or the times are unknown. */
export function durationOf(record: JobRecord): number | null {
  const { state, existed, createdAt, postedAt, endedAt } = record;
  if (state !== 'success' || existed || endedAt === null || endedAt <= createdAt) return null;
  return endedAt - startedAt({ postedAt, createdAt });
}

const fallbackNames = { translation: 'A file', processing: 'A file', publishing: 'A model' } as const;

export function nameOf({ name, kind }: JobRecord): string {
  return name ?? fallbackNames[kind];
}

/** The members of a job that give it this problem. */
export function withProblem(problem: Message | string): Pick<JobRecord, 'problem' | 'problemMessage'> {
  if (typeof problem === 'string') return { problem };
  return { problem: problem.text, problemMessage: { ...referenceOf(problem), text: problem.text } };
}

/** The members of a job that give it the stage of this update. */
export function withStage({ stage, stageMessage }: JobUpdate): Pick<JobRecord, 'stage' | 'stageMessage'> {
  return { stage, ...(stageMessage ? { stageMessage: { ...stageMessage, text: stage } } : {}) };
}

/** The message of a job's stage; undefined for one that was stored without. */
export function stageReference({ stage, stageMessage }: JobRecord): MessageReference | undefined {
  return stageMessage === undefined || stageMessage.text !== stage ? undefined : referenceOf(stageMessage);
}

/** The message of a job's problem; undefined for one that was stored without. */
export function problemReference({ problem, problemMessage }: JobRecord): MessageReference | undefined {
  if (problemMessage === undefined || problemMessage.text !== problem) return undefined;
  return referenceOf(problemMessage);
}

/** The job as the window sees it; `usual` in milliseconds. */
export function toJob(record: JobRecord, usual: number | undefined): Job {
  const { id, connection, kind, subject, state, by, createdAt, updatedAt, endedAt, overdueAt, formats } = record;
  return clean({
    id,
    connection,
    kind,
    urn: subject,
    name: nameOf(record),
    state,
    stage: record.stage ?? undefined,
    stageMessage: stageReference(record),
    progress: record.progress ?? undefined,
    formats: formats.length > 0 ? formats.map(({ type }) => type) : undefined,
    region: record.region ?? undefined,
    by,
    createdAt: toTime(createdAt),
    updatedAt: toTime(updatedAt),
    endedAt: endedAt === null ? undefined : toTime(endedAt),
    usual: usual === undefined ? undefined : Math.round(usual / 1000),
    overdue: overdueAt !== null && endedAt === null,
    existed: record.existed || undefined,
    outputs: record.outputs.length > 0 ? record.outputs.map(clean) : undefined,
    messages: record.messages.length > 0 ? record.messages.map(clean) : undefined,
    page: record.page ?? undefined,
    problem: record.problem ?? undefined,
    problemMessage: problemReference(record),
    recovered: record.missed === undefined ? undefined : true,
  });
}
