import type { Field, MessageReference } from '../../../preload/contract/index.ts';
import type { Message } from '../messages/index.ts';
import type { BackupSupport } from './backups.ts';
import type { BrowseSupport } from './browse.ts';
import type { Account, Context, Limitation } from './context.ts';
import type { Delivery, Reading } from './delivery.ts';
import type { HookSupport } from './hooks.ts';
import type { JobSupport } from './jobs.ts';
import type { RecoverySupport } from './recovery.ts';
import type { SignInSupport } from './sign-in.ts';
import type { RejectedDelivery, Secret, VerifiedDelivery } from './verification.ts';

export interface HelpLink {
  readonly id: string;
  readonly label: string;
  readonly labelMessage?: MessageReference;
  readonly url: string;
  /** The form that shows it. */
  readonly form?: 'connection' | 'hook';
}

/** What a sample is to be of. */
export interface SampleRequest {
  readonly system: string | undefined;
  /** No pattern. */
  readonly event: string;
  readonly scope: Readonly<Record<string, string>>;
}

export interface SampleDelivery {
  readonly headers: Readonly<Record<string, string>>;
  /** To be sent as JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What events are counted as. */
export interface EventNoun {
  readonly event: RegExp;
  /** "2 new versions". */
  counted(parameters: { readonly count: number }): Message;
}

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
  verify(delivery: Delivery, secrets: readonly Secret[]): VerifiedDelivery | RejectedDelivery;
  /** The provider may send deliveries without a signature; the user may accept those of a hook, marked as not verified. */
  readonly mayBeUnsigned?: boolean;
  /** Pure. Must cope with the unknown; may throw, then the delivery is kept as unreadable. */
  read(delivery: Delivery): Reading;
  /** Help pages, offered by the forms of connections and hooks, or referred to by notes. */
  readonly links?: readonly HelpLink[];
  /** Nouns for counting events in a summary; the first that matches counts. */
  readonly eventNouns?: readonly EventNoun[];
  /** Patterns of events that are notified without a sound unless the user wants otherwise, failures apart. */
  readonly quietEvents?: readonly string[];
  readonly hooks?: HookSupport;
  readonly backups?: BackupSupport;
  readonly signIn?: SignInSupport;
  /** What an account with these settings may not do, and why. */
  limitations?(settings: Readonly<Record<string, string>>): readonly Limitation[];
  readonly jobs?: JobSupport;
  readonly recovery?: RecoverySupport;
  readonly browse?: BrowseSupport;
  /** How the provider would sign this body: for a delivery of our own that tries the way. Absent where it does not sign. */
  sign?(body: Uint8Array, secret: string): Readonly<Record<string, string>>;
  /** Pure. A delivery as the provider would send it, without its signature. Absent where samples cannot be made. */
  sample?(request: SampleRequest, id: string, now: number): SampleDelivery;
}
