import type { Duplex } from 'node:stream';
import type { MessageReference, NotificationAction, NotificationPage } from '../../preload/contract/index.ts';
import type { Language } from '../../preload/languages/index.ts';
import type { ConnectBroker } from './broker.ts';
import type { FileFetch } from './requests/index.ts';

/** What a host must supply. */
export interface Ports {
  /** The data folder; exists. */
  readonly folder: string;
  /** Identifies this computer, so that a data folder copied from another one is noticed. */
  readonly machine?: string;
  readonly version: string;
  readonly desktop: boolean;
  readonly store: Store;
  readonly cipher: Cipher;
  readonly fetch: typeof globalThis.fetch;
  /** Sends a request for a large file, whose body is read as a stream. */
  readonly fetchFile: FileFetch;
  /** Sends later requests through this proxy, waiting for its choice; when absent, the host decides alone. */
  setProxy?(choice: Promise<ProxyChoice>): void;
  /** The proxy that connections of a tunnel must take; undefined where they are direct, as all are without this. */
  readonly findProxy?: FindProxy;
  /** Connects to the message broker of a team. Absent where the host cannot be part of one. */
  readonly connectBroker?: ConnectBroker;
  /** Shows an OS notification. A rejection means it could not be shown now. */
  notify(note: HostNotification): void | Promise<void>;
  /** Whether the user has turned notifications off for now in the system. Absent where the host cannot know. */
  doNotDisturb?(): boolean | Promise<boolean>;
  /** Sends a mail; a failure is part of the result. Absent where the host cannot. */
  readonly sendMail?: SendMail;
  /** The user's program that is run for each notification. Absent where there is none. */
  readonly notifyCommand?: NotifyCommand;
  /** Shows a notification on this screen if the user wants it; absent if the host does so itself, or cannot. */
  readonly notifySend?: NotifyCommand;
  /** Opens an https link in the user's browser; false where the host has none. */
  open(target: string): Promise<boolean>;
  /** Default folder of backups; "backups" in the data folder when absent. Need not exist. */
  readonly backupFolder?: string;
  /** Asks the user for a folder, beginning at the present one; undefined where the user changed their mind. */
  chooseFolder?(present: string): Promise<string | undefined>;
  /** Shows a file in the system's file manager; false where that cannot be done. */
  reveal?(path: string): Promise<boolean>;
  /** Asks the user where to save a text, suggesting this name; resolves with the path, or undefined if cancelled. */
  saveText?(name: string, text: string): Promise<string | undefined>;
  /** Ends this host and deletes its data. Without it the user does that. */
  forget?(): void;
  /** Opens a second Ringback with the simulators and a data folder of its own. Absent where the host cannot. */
  startSandbox?(): Promise<void>;
  /** The latest part of the log. */
  readLog?(): Promise<string>;
  /** Moves a file to the recycle bin. Without it files are deleted. */
  trash?(path: string): Promise<void>;
  /** Whether the system calls the connection metered, and whether there is any. */
  metered?(): boolean | Promise<boolean>;
  /** The languages that the user of this system prefers, the first one most; English where absent. */
  languages?(): readonly string[];
  online?(): boolean;
  /** Where callbacks may arrive beside loopback; read when settings are stored. Loopback alone when absent. */
  receiver?(): ReceiverAccess;
  /** Where newer versions of Ringback come from. Absent where the host cannot be updated. */
  readonly updates?: UpdateSource;
  /** Milliseconds since 1970. */
  now(): number;
  /** Rests before a download is tried again; throws the signal's reason. In real time when absent. */
  wait?(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Writes one entry to the log; secrets are already masked. */
  log(entry: LogEntry): void;
}

export interface OutgoingMail {
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly security: 'starttls' | 'tls' | 'none';
    readonly username?: string;
    readonly password?: string;
  };
  readonly from: string;
  readonly to: readonly string[];
  /** The Message-ID without its brackets. */
  readonly id: string;
  /** ISO 8601. */
  readonly date: string;
  readonly subject: string;
  readonly text: string;
}

/** Why a mail was not sent. */
export interface MailFailure {
  /** What failed: the sign-in, this mail, encryption, or the connection. */
  readonly kind: 'sign-in' | 'mail' | 'encryption' | 'connection';
  /** What the mail server or the system says. */
  readonly text: string;
  /** The system's code of a failed connection, such as ECONNREFUSED. */
  readonly cause?: string;
  /** The server rejects this mail for good. */
  readonly rejected: boolean;
}
/** Resolves with a failure, or with nothing once the server has accepted the mail. */
export type SendMail = (mail: OutgoingMail, signal: AbortSignal) => Promise<MailFailure | undefined>;

export interface NotifyCommand {
  /** What the user calls it, such as its path. */
  readonly name: string;
  /** Runs it once with this JSON on its standard input; throws where it fails. */
  run(json: string, signal: AbortSignal): Promise<void>;
}

/** Who besides this computer reaches the receiver, and what it answers them. */
export interface ReceiverAccess {
  /** An address of this computer, or 0.0.0.0 or :: for all. */
  readonly bind?: string;
  /** `GET /healthz` is answered. */
  readonly health?: boolean;
}

/** The user's choice of a proxy for all outgoing requests. */
export type ProxyChoice =
  | { readonly mode: 'system' }
  | { readonly mode: 'none' }
  | {
      readonly mode: 'manual';
      readonly url: string;
      readonly username?: string | undefined;
      readonly password?: string | undefined;
      /** Hosts that are reached directly, as in NO_PROXY. */
      readonly bypass?: readonly string[] | undefined;
    };

/** The proxy between this computer and a host and port. */
export interface ProxyRoute {
  /** Host and port of the proxy. */
  readonly name: string;
  /** The proxy with its credentials, as programs read it from HTTPS_PROXY. */
  readonly url: string;
  /** Opens a connection through the proxy. */
  connect(): Promise<Duplex>;
}
export type FindProxy = (target: { readonly host: string; readonly port: number }) => Promise<ProxyRoute | undefined>;

/** Preferences and records: small, written atomically. `conf` and `electron-store` fit as they are. */
export interface Store {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
  /** The value in an intact copy of the store, as it was before this process first changed anything. */
  earlier?(key: string): unknown;
}

/** Encrypts text so that it may be stored on disk. */
export interface Cipher {
  /** Where the key lives, in plain words. */
  readonly name: string;
  readonly nameMessage?: MessageReference;
  /** What is weak about it, in one sentence, where anything is. */
  readonly caution?: string;
  readonly cautionMessage?: MessageReference;
  encrypt(text: string): Promise<string>;
  /** Throws where the encrypted text is of another key. */
  decrypt(encrypted: string): Promise<string>;
}

/** A newer version. */
export interface UpdateOffer {
  readonly version: string;
  /** What is new, as plain text. */
  readonly notes?: string;
  /** ISO 8601. */
  readonly releasedAt?: string;
}

/** Finds, downloads and installs newer versions. Failures are RingbackErrors. */
export interface UpdateSource {
  /** Whether Ringback replaces itself, or the user or a package manager does. */
  readonly mode: 'install' | 'notify';
  /** Whether a policy of this computer turns updates off. */
  readonly forbidden: boolean;
  /** The page of all versions. */
  readonly page: string;
  /** The newest version, where it is newer than this one. */
  find(channel: 'stable' | 'beta'): Promise<UpdateOffer | undefined>;
  /** Downloads the version that was found and checks it; it is installed when Ringback ends. Progress goes from 0 to 100. */
  download(progress: (percent: number) => void, signal: AbortSignal): Promise<void>;
  /** The downloaded version was withdrawn: it is not installed. */
  discard(): void;
  /** Ends Ringback and starts the downloaded version. */
  restart(): void;
}

export interface HostNotification {
  readonly id?: string | undefined;
  readonly title: string;
  readonly body: string;
  /** The event to open when it is clicked. */
  readonly event?: string | undefined;
  /** How many events it stands for, where there are several; a click shows these. */
  readonly count?: number | undefined;
  /** The backup it speaks of. Without `page` a click asks `backups.reveal`, and only where that opens nothing the page. */
  readonly backup?: string | undefined;
  /** The job to show when it is clicked. */
  readonly job?: string | undefined;
  /** The page of the window to open when it is clicked. */
  readonly page?: NotificationPage | undefined;
  /** It is to stay until the user closes it, where the system can do that. */
  readonly urgent?: boolean | undefined;
  /** Of title and body, and of the buttons; English where absent. */
  readonly language?: Language | undefined;
  /** Offered as buttons where the system can show them. */
  readonly actions?: readonly NotificationAction[] | undefined;
  /** It is shown without a sound. */
  readonly silent?: boolean | undefined;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export interface LogEntry {
  readonly level: LogLevel;
  /** The part of Ringback that speaks, such as "tunnel". */
  readonly scope: string;
  /** May have several lines; those after the first are indented. */
  readonly text: string;
}
