import type { MessageReference } from '../../../preload/contract/index.ts';
import type { Message } from '../messages/index.ts';
import type { Context } from './context.ts';
import type { HookRequest } from './hooks.ts';

/** Jobs in the cloud that are started here and followed by callbacks and by polling. */
export interface JobSupport {
  /** The formats of a job for which none was selected. */
  readonly defaultFormats: readonly JobFormat[];
  /** A sentence that helps to select a format. */
  readonly formatsHelp?: Message;
  /** An example of a source, as a user would paste it. */
  readonly sourceExample?: string;
  /** Pure. The format of that name, with the default options. */
  formatOf(name: string): JobFormat;
  /** The regions in which jobs can run. */
  readonly regions: readonly {
    readonly value: string;
    readonly label: string;
    readonly labelMessage?: MessageReference | undefined;
  }[];
  /** Pure. The source that a pasted text refers to; throws invalid-input with an example of a valid one. */
  source(text: string): JobSource;
  /** The formats into which a file of this name can be translated, the usual one first. */
  formats(context: Context, name: string | undefined): Promise<readonly string[]>;
  /** The hooks that report jobs of this workflow; they must exist before a job is started. */
  hooks(workflow: string, region: string): readonly HookRequest[];
  /** Throws where the provider rejected it; with `uncertain` where no response came, so that it may have started. */
  start(context: Context, order: JobOrder): Promise<{ readonly existed: boolean }>;
  getStatus(context: Context, job: JobReference): Promise<JobStatus>;
  /** A preview image of the result (PNG); undefined where there is none. */
  thumbnail(context: Context, job: JobReference): Promise<Uint8Array | undefined>;
  /** What the user can do where the result of a job of this kind stays unknown. */
  readonly unknownResultAdvice?: Readonly<Partial<Record<JobUpdate['kind'], Message>>>;
  /** The https URL of a web page that shows the result; undefined where none is known. */
  pageUrl?(context: Context, place: JobLocation): Promise<string | undefined>;
}

export interface JobSource {
  /** The provider's id of the source, normalized, so that jobs can be compared by it. */
  readonly urn: string;
  /** The file's name, where the source contains it. */
  readonly name?: string;
  /** The id under which earlier events may have given its name. */
  readonly resource: string;
  /** The region where it is stored, where the source contains it. */
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
  /** Deletes all earlier results and starts over. */
  readonly force: boolean;
  /** The id of the job in Ringback. */
  readonly job: string;
}

/** A format with further options of the provider. */
export type JobFormat = { readonly type: string } & Readonly<Record<string, unknown>>;

export type JobState = 'queued' | 'running' | 'success' | 'failed' | 'timeout';

/** The state of a job at the provider; "absent" where the provider has no such job. */
export interface JobStatus {
  readonly state: JobState | 'absent';
  /** Percent. */
  readonly progress?: number;
  /** The results by format. */
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

/** The state of a job as a callback reports it. */
export interface JobUpdate {
  readonly kind: 'translation' | 'processing' | 'publishing';
  /** Identifies the job: updates of one kind with the same subject belong to one job. */
  readonly subject: string;
  /** The file's name, where it is known. */
  readonly name?: string;
  /** "ended" where the callback does not contain the result, which must be queried. */
  readonly state: JobState | 'ended';
  /** For people: "publishing queued". */
  readonly stage: string;
  /** The same by code and parameters, for other languages. */
  readonly stageMessage?: MessageReference;
  /** Percent. */
  readonly progress?: number;
  /** The workflow it was started with; a job of another workflow is another job. */
  readonly workflow?: string;
  readonly region?: string;
  /** The time in the payload, in milliseconds since 1970. */
  readonly time?: number;
  /** Distinguishes successive runs with the same subject. */
  readonly run?: string;
  /** Notifies where it is the first update of its run, although the job has not ended. */
  readonly notifies?: boolean;
  /** The event that will report the end, and its possible places; while no hook covers it, every update notifies. */
  readonly endedBy?: { readonly system: string; readonly event: string; readonly within: readonly string[] };
  /** Ends an open job, and creates none. */
  readonly endsOnly?: boolean;
  /** After this end the same job may continue within a day. */
  readonly mayContinue?: boolean;
  readonly location?: JobLocation;
}

/** The place of the resource that a job concerns. */
export interface JobLocation {
  readonly project: string;
  /** The id of the version or item. */
  readonly resource: string;
}
