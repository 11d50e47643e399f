import type { BrowseKind, BrowseNote, Catalogue, Field, Outcome } from '../../../preload/contract.ts';

export type { BrowseKind, BrowseNote, Catalogue, Field, Outcome } from '../../../preload/contract.ts';

/** What a provider supplies. The presence of a bundle is the flag: no method ever throws "not supported". */
export interface Connector {
  /** Stored with every connection, never renamed. */
  readonly id: string;
  readonly title: string;
  /** The connection form and its validation both come from this. */
  readonly fields: readonly Field[];
  /** Signs in and says whose account it is; throws a RingbackError with one clear sentence. */
  check(context: Context): Promise<Account>;
  /** Pure. Decides over the raw bytes, in constant time, whether the delivery is genuine; every secret given counts. */
  verify(delivery: Delivery, secrets: readonly Secret[]): Proof | Refusal;
  /** Pure. Must cope with the unknown; may throw, then the delivery is kept as unreadable. */
  read(delivery: Delivery): Reading;
  readonly hooks?: HookSupport;
  readonly backups?: BackupSupport;
  readonly signIn?: SignInSupport;
  /** What an account with these settings may not do, and why. */
  cannot?(settings: Readonly<Record<string, string>>): readonly Limitation[];
  readonly jobs?: JobSupport;
  readonly recovery?: RecoverySupport;
  readonly browse?: BrowseSupport;
  /** How the provider would sign this body: for a delivery of our own that tries the way. Absent where it does not sign. */
  sign?(body: Uint8Array, secret: string): Readonly<Record<string, string>>;
}

export interface Limitation {
  readonly bundle: 'hooks' | 'backups' | 'jobs' | 'browse';
  readonly reason: string;
  /** A hook of another connector that tells of nearly the same, and what to do with it in a sentence. */
  readonly instead?: {
    readonly connector: string;
    readonly system: string;
    readonly event: string;
    readonly text: string;
  };
}

/** What a connector is handed for one connection. It never touches disk, and keeps nothing of its own. */
export interface Context {
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Keeps a secret that changes by itself, or forgets it: sealed and on disk when this resolves, and then among `secrets`. */
  keep(name: string, value: string | undefined): Promise<void>;
  /** The connection's own memory while the process lives (its token); emptied when its secrets change. */
  readonly memory: Map<string, unknown>;
  readonly fetch: typeof globalThis.fetch;
  /** Aborted when the engine closes. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Account {
  /** As the user would recognise it. */
  readonly name: string;
  /** What it turned out that it cannot do, and why. */
  readonly cannot?: readonly Limitation[];
}

/** One request to a callback address, exactly as it arrived. */
export interface Delivery {
  readonly method: string;
  /** What stood in the raw URL behind the address key: "" or "/…", "?…". */
  readonly rest: string;
  /** Lower-case names; several of one name are joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** What was registered for this address. */
  readonly hook: { readonly system?: string; readonly event: string; readonly scope: Readonly<Record<string, string>> };
  /** The name of a resource as browsing or an earlier event gave it. */
  nameOf(resource: string): string | undefined;
  /** The same with what it lies in, as far as browsing showed: "Tower / Project Files / Structural". */
  pathOf?(resource: string): string | undefined;
}

export interface Secret {
  readonly of: 'hook' | 'hook-previous' | 'owner' | 'owner-previous';
  readonly value: string;
}

export interface Proof {
  readonly genuine: true;
  readonly verified: 'signature' | 'address';
  /** Which secret matched. */
  readonly secret?: Secret['of'];
  /** The provider's id of this delivery. */
  readonly deliveryId?: string;
  /** How it was signed, where providers sign in several ways: "HMAC-SHA-256 without prefix". */
  readonly variant?: string;
}

export interface Refusal {
  readonly genuine: false;
  /** In plain words: what is wrong, and where it can be told, why. */
  readonly reason: string;
}

/** What a delivery says, in words for people. */
export interface Reading {
  readonly system?: string;
  readonly event?: string;
  /** "Translation finished: pump.ipt". */
  readonly title: string;
  readonly summary?: string;
  readonly outcome?: Outcome;
  /** The provider's name of what it is about. */
  readonly resource?: string;
  /** Names by which people may search for it. */
  readonly names?: readonly string[];
  /** Names this delivery teaches for resources: later events that carry none are told by them. */
  readonly learned?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, as the payload says. */
  readonly time?: number;
  /** What makes two deliveries one event; given only where the payload itself carries the event's own time. */
  readonly identity?: string;
  /** Digest of what it says apart from the provider's own description of the hook: tells two copies of one event while a hook has two addresses. */
  readonly likeness?: string;
  /** Kept, but never rings: the user asked for others only. */
  readonly silent?: boolean;
  /** What it says of work that goes on in the cloud: that is told in the job's row, and rings once, at the end. */
  readonly jobs?: readonly JobNews[];
}

export interface HookSupport {
  /** What is known; the user may type others. */
  readonly catalogue: Catalogue;
  /** What can be listened to, as the provider itself says at present. */
  events?(context: Context): Promise<readonly string[]>;
  /** Throws invalid-input for a draft the provider would refuse, before any request is made. */
  inspect(draft: HookRequest): void;
  /** Registers the hook with its secret and our stamp; adopts an identical one that exists already. */
  create(context: Context, draft: HookDraft): Promise<RemoteHook>;
  /** Every region and every page. A region that fails is reported, the others are still given. */
  list(context: Context): Promise<HookListing>;
  update(context: Context, hook: HookReference, change: HookChange): Promise<void>;
  /** A hook that is gone already counts as removed. */
  remove(context: Context, hook: HookReference): Promise<void>;
  /** Whether the provider's filter would let this callback pass; undefined where that cannot be judged here. */
  passes?(filter: string, body: Uint8Array): boolean | undefined;
  /** What the provider allows; without it requests are made as they come. */
  readonly quota?: RequestQuota;
  /** Milliseconds until a new secret is in force at the latest; until then callbacks may come unsigned. */
  readonly secretDelay?: number;
  /** Pure. Why a hook as it stands may never hear anything, each in a sentence with what to do. */
  doubts?(context: Context, hook: HookRequest): readonly string[];
}

/** Requests a minute, by their HTTP method, for all connections of one application together. */
export interface RequestQuota {
  readonly perMinute: Readonly<Record<string, number>>;
  application(context: Context): string;
}

/** What the user asked for. */
export interface HookRequest {
  readonly system?: string;
  readonly event: string;
  readonly scope: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly filter?: string;
  readonly attribute?: Readonly<Record<string, unknown>>;
}

export interface HookDraft extends HookRequest {
  readonly callbackUrl: string;
  /** 64 hex digits. */
  readonly secret: string;
  /** The id of this installation, to be stamped into the hook. */
  readonly installation: string;
}

export interface HookReference {
  readonly providerId: string;
  readonly system?: string;
  readonly event: string;
  readonly region?: string;
}

export interface HookChange {
  readonly status?: 'active' | 'inactive';
  readonly filter?: string | null;
  /** The user's own attribute; the stamp is kept beside it where `installation` is given. */
  readonly attribute?: Readonly<Record<string, unknown>> | null;
  readonly installation?: string;
  readonly secret?: string;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
}

export interface RemoteHook extends HookReference {
  readonly scope: Readonly<Record<string, string>>;
  /** The provider's word: active, inactive, reactivated. */
  readonly status: string;
  readonly callbackUrl: string;
  readonly filter?: string;
  /** The user's own attribute, without our stamp. */
  readonly attribute?: Readonly<Record<string, unknown>>;
  /** The installation stamped into it. */
  readonly installation?: string;
  /** Milliseconds since 1970. */
  readonly createdAt?: number;
  /** When the provider forgets it, in milliseconds since 1970; absent where it never does. */
  readonly expiresAt?: number;
  /** For whom it was made: the application, or a person through it. */
  readonly owner?: 'app' | 'user';
}

export interface HookListing {
  readonly hooks: readonly RemoteHook[];
  readonly problems: readonly { readonly region?: string; readonly message: string }[];
  /** Regions that were listed whole; a hook of such a region that is not in `hooks` is gone. Undefined where there are no regions and all was listed. */
  readonly regions?: readonly string[];
}

/** What the account holds, as a tree that is asked for node by node, so that it can be picked instead of typed. */
export interface BrowseSupport {
  /** The nodes under one, or the uppermost. Both ids are this connector's own, and come from outside: throws invalid-input for others. */
  children(context: Context, node?: string, page?: string): Promise<BrowsePage>;
  /** What a hook's scope names, so that its events can be told by its name; undefined where that cannot be asked for. */
  find?(context: Context, scope: Readonly<Record<string, string>>): Promise<BrowseNode | undefined>;
}

export interface BrowsePage {
  readonly nodes: readonly BrowseNode[];
  /** To be asked for as `page` of the same node. */
  readonly next?: string;
  readonly notes: readonly BrowseNote[];
}

export interface BrowseNode {
  readonly id: string;
  readonly kind: BrowseKind;
  readonly name: string;
  readonly expandable: boolean;
  /** Where it is kept: for hooks and jobs on it. */
  readonly region?: string;
  /** "version 3 · 17.5 MB". */
  readonly detail?: string;
  /** What choosing it gives a hook, by the keys of the catalogue's scopes. */
  readonly scope?: Readonly<Record<string, string>>;
  /** What choosing it gives a job: the source's name as `JobSupport.source` takes it. */
  readonly urn?: string;
  /** The provider's names under which callbacks and scopes know it: from now on they are told by its name. */
  readonly known?: readonly string[];
  /** The first `known` of what it lies in. */
  readonly within?: string;
}

/** Long-running requests whose result is fetched after a callback to an address made for this one request. */
export interface BackupSupport {
  /** What can be requested; the first is the one behind "Back up now". */
  readonly requests: readonly {
    readonly id: string;
    readonly title: string;
    /** Its result may be something else than files, and is then shown as it is; without this that is a failure. */
    readonly givesData?: boolean;
  }[];
  /** Words by which the provider announces a failure in plain text instead of a file, in its own language. */
  readonly failureWords?: readonly string[];
  /** Asks the provider to call the address when it is done; a provider may hand over the result at once. */
  request(context: Context, request: string, callbackUrl: string): Promise<BackupResult | undefined>;
  /** Pure. The handle that a callback brings; undefined for a probe without one. */
  handle(delivery: Delivery): string | undefined;
  /** What the handle stands for; waits and asks again where the provider is not ready yet. */
  resolve(context: Context, handle: string): Promise<BackupResult>;
  /** Headers for a download that was refused without them; undefined where credentials must not go to this URL. */
  authorization(context: Context, url: string): Promise<Readonly<Record<string, string>> | undefined>;
}

/** Where the files are, absolute; or what else the provider gave, to be shown as it is. */
export type BackupResult =
  | { readonly kind: 'files'; readonly urls: readonly string[] }
  | { readonly kind: 'data'; readonly data: unknown };

/** What the provider's own records tell of a time in which callbacks could not arrive. Without it such gaps stay gaps. */
export interface RecoverySupport {
  /** Asks for what the hook would have told since that time (milliseconds since 1970). Throws where it is worth asking again. */
  missed(context: Context, hook: WatchedHook, since: number): Promise<Missed>;
}

export interface WatchedHook extends HookRequest {
  /** The body of its latest callback. */
  readonly latest?: Uint8Array;
  /** What a resource lies in, as far as browsing and earlier callbacks told. */
  withinOf(resource: string): string | undefined;
}

export interface Missed {
  /** In the form of the provider's callbacks, so that `read` understands them. */
  readonly bodies: readonly Uint8Array[];
  /** Why not everything could be found, in a sentence. */
  readonly gap?: string;
}

/** Long work in the cloud that was asked for here: started, watched by callbacks and by looking, ended. */
export interface JobSupport {
  /** Where jobs can be done; the user may choose. */
  readonly regions: readonly { readonly value: string; readonly label: string }[];
  /** Pure. What a pasted text names; throws invalid-input with what would be right instead. */
  source(text: string): JobSource;
  /** What a file of this name can be made into, the usual choice first. */
  formats(context: Context, name: string | undefined): Promise<readonly string[]>;
  /** The hooks whose callbacks tell of jobs of this workflow. They must be there before a job is started. */
  hooks(workflow: string, region: string): readonly HookRequest[];
  /** Throws where it was refused; "uncertain" where no answer came, so that it may be under way all the same. */
  start(context: Context, order: JobOrder): Promise<{ readonly existed: boolean }>;
  look(context: Context, job: JobReference): Promise<JobLook>;
  /** A small picture of the result, as PNG; undefined where there is none. */
  thumbnail(context: Context, job: JobReference): Promise<Uint8Array | undefined>;
  /** What the user can do where no result arrives for a job of this kind, in one sentence. */
  readonly unknownResultAdvice?: Readonly<Partial<Record<JobNews['kind'], string>>>;
  /** An https page for people on which the result can be seen; undefined where none is known. */
  page?(context: Context, place: JobPlace): Promise<string | undefined>;
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
  /** Deletes all earlier results and does everything anew. */
  readonly force: boolean;
  /** Our id of the job. */
  readonly job: string;
}
/** With whatever else the provider takes for this format. */
export type JobFormat = { readonly type: string } & Readonly<Record<string, unknown>>;

export type JobState = 'queued' | 'running' | 'success' | 'failed' | 'timeout';

/** How a job stands, as the provider says when asked; "absent" where it knows of none. */
export interface JobLook {
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
export interface JobNews {
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
  readonly rings?: boolean;
  /** The event that will tell the end, and the places in which it will happen: while no hook listens to it there, every news rings by itself. */
  readonly endedBy?: { readonly system: string; readonly event: string; readonly within: readonly string[] };
  /** Ends a job that is open, but begins none. */
  readonly endsOnly?: boolean;
  /** An end after which the same job may yet go on, within a day. */
  readonly rests?: boolean;
  readonly place?: JobPlace;
}
/** Where people find what a job is about. */
export interface JobPlace {
  readonly project: string;
  /** The version's or the item's own name. */
  readonly resource: string;
}

/** Accounts for which a person signs in, in the browser; what comes of it is kept through `Context.keep`. */
export interface SignInSupport {
  readonly when: { readonly field: string; readonly in: readonly string[] };
  /** Where the browser brings the answer, on this computer: the setting with the one port, else the ports to try in turn. */
  readonly portField: string;
  readonly ports: readonly number[];
  readonly path: string;
  /** By whom a connection acts; a person signs in for all but "app". */
  kindOf(settings: Readonly<Record<string, string>>): 'app' | 'user' | 'public';
  /** `state` must come back in the answer, and the answer to that address. */
  begin(context: Context, state: string, redirectUri: string): Promise<SignInAttempt>;
  stateOf(context: Context): SignInState;
  /** Renews what was kept. A refusal for good is told by `stateOf` from then on; everything else leaves it as it was. */
  renew(context: Context): Promise<void>;
  /** Tells the provider to forget the sign-in and forgets it here, whatever the provider answers. */
  end(context: Context): Promise<void>;
}

export interface SignInAttempt {
  /** The page to open in the browser. */
  readonly url: string;
  /** Exchanges the answer's parameters, whose state was compared already; the sign-in is kept when it resolves. */
  finish(answer: URLSearchParams): Promise<void>;
}

export type SignInState =
  | {
      readonly signedIn: true;
      /** Milliseconds since 1970: from when it counts, and when it ends unless renewed. */
      readonly since: number;
      readonly until: number;
      readonly problem?: string;
    }
  | { readonly signedIn: false; readonly problem?: string };
