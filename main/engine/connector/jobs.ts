import type { MessageReference } from '../../../preload/contract/index.ts';
import type { Message } from '../messages/index.ts';
import type { Context } from './context.ts';
import type { HookRequest } from './hooks.ts';

/** Long work in the cloud that was asked for here: started, watched by callbacks and by looking, ended. */
export interface JobSupport {
  /** Where jobs can be done; the user may choose. */
  /** The formats of an order that names none. */
  readonly defaultFormats: readonly JobFormat[];
  /** One sentence that helps to choose among the formats. */
  readonly formatsHelp?: Message;
  /** A source as a user would paste it. */
  readonly sourceExample?: string;
  /** Pure. A format that was chosen by its name alone. */
  formatOf(name: string): JobFormat;
  readonly regions: readonly {
    readonly value: string;
    readonly label: string;
    readonly labelMessage?: MessageReference | undefined;
  }[];
  /** Pure. What a pasted text names; throws invalid-input with what would be right instead. */
  source(text: string): JobSource;
  /** What a file of this name can be made into, the usual choice first. */
  formats(context: Context, name: string | undefined): Promise<readonly string[]>;
  /** The hooks whose callbacks tell of jobs of this workflow. They must be there before a job is started. */
  hooks(workflow: string, region: string): readonly HookRequest[];
  /** Throws where it was refused; "uncertain" where no answer came, so that it may be under way all the same. */
  start(context: Context, order: JobOrder): Promise<{ readonly existed: boolean }>;
  getStatus(context: Context, job: JobReference): Promise<JobStatus>;
  /** A small picture of the result, as PNG; undefined where there is none. */
  thumbnail(context: Context, job: JobReference): Promise<Uint8Array | undefined>;
  /** What the user can do where no result arrives for a job of this kind. */
  readonly unknownResultAdvice?: Readonly<Partial<Record<JobUpdate['kind'], Message>>>;
  /** An https page for people on which the result can be seen; undefined where none is known. */
  pageUrl?(context: Context, place: JobLocation): Promise<string | undefined>;
}

export interface JobSource {
  /** The provider's name of the source, in the one spelling by which jobs are compared. */
  readonly urn: string;
  /** The file's name, where the source itself tells it. */
  readonly name?: string;
  /** Under which earlier events may have taught its name. */
  readonly resource: string;
  /** Where it is kept, where the source tells it. */
  readonly region?: string;
}

export interface JobReference {
  readonly urn: string;
  readonly region: string;
}

export interface JobOrder extends JobReference {
  readonly formats: readonly JobFormat[];
  /** At most 35 characters. */
  readonly workflow: string;
  /** Deletes all earlier results and does everything again. */
  readonly force: boolean;
  /** Our id of the job. */
  readonly job: string;
}

/** With whatever else the provider takes for this format. */
export type JobFormat = { readonly type: string } & Readonly<Record<string, unknown>>;

export type JobState = 'queued' | 'running' | 'success' | 'failed' | 'timeout';

/** How a job stands, as the provider says when asked; "absent" where it knows of none. */
export interface JobStatus {
  readonly state: JobState | 'absent';
  /** Percent. */
  readonly progress?: number;
  /** The single results. */
  readonly outputs: readonly JobOutput[];
  readonly messages: readonly JobMessage[];
  readonly hasThumbnail: boolean;
}

export interface JobOutput {
  readonly format: string;
  readonly state: JobState;
  readonly progress?: number;
}

export interface JobMessage {
  readonly kind: 'error' | 'warning' | 'info';
  readonly text: string;
  readonly code?: string;
}

/** What a callback says of a job. */
export interface JobUpdate {
  readonly kind: 'translation' | 'processing' | 'publishing';
  /** What the job is about: news of one kind with the same subject are of one job. */
  readonly subject: string;
  /** The file's name, where it is known. */
  readonly name?: string;
  /** "ended": over, but how must be looked up. */
  readonly state: JobState | 'ended';
  /** In the user's words: "publishing queued". */
  readonly stage: string;
  /** Percent. */
  readonly progress?: number;
  /** The workflow it was started with; another one is another job. */
  readonly workflow?: string;
  readonly region?: string;
  /** Milliseconds since 1970, as the payload says. */
  readonly time?: number;
  /** What tells one run from the next of the same subject. */
  readonly run?: string;
  /** Rings by itself when it is the first news of its run, although the job goes on. */
  readonly notifies?: boolean;
  /** The event that will tell the end, and the places in which it will happen: while no hook listens to it there, every news rings by itself. */
  readonly endedBy?: { readonly system: string; readonly event: string; readonly within: readonly string[] };
  /** Ends a job that is open, but begins none. */
  readonly endsOnly?: boolean;
  /** An end after which the same job may yet go on, within a day. */
  readonly mayContinue?: boolean;
  readonly location?: JobLocation;
}

/** Where people find what a job is about. */
export interface JobLocation {
  readonly project: string;
  /** The version's or the item's own name. */
  readonly resource: string;
}
