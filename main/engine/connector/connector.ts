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

/** The event, place and product that a sample delivery is made for. */
export interface SampleRequest {
  readonly system: string | undefined;
  /** One event name, without wildcards. */
  readonly event: string;
  readonly scope: Readonly<Record<string, string>>;
}

export interface SampleDelivery {
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The noun for a number of events. */
export interface EventNoun {
  readonly event: RegExp;
  /** "2 new versions". */
  counted(parameters: { readonly count: number }): Message;
}

/** One provider. An absent optional member means that it cannot do that; no method throws "not supported". */
export interface Connector {
  /** Stored with every connection, never renamed. */
  readonly id: string;
  readonly title: string;
  /** The fields of the connection form; the form and its validation are built from them. */
  readonly fields: readonly Field[];
  /** Signs in and returns the account; throws a RingbackError with one clear sentence. */
  check(context: Context): Promise<Account>;
  /** Pure. Verifies the signature over the raw bytes in constant time; a match with any of the secrets counts. */
  verify(delivery: Delivery, secrets: readonly Secret[]): VerifiedDelivery | RejectedDelivery;
  /** The provider may send deliveries without a signature; the user may accept those of a hook, marked as not verified. */
  readonly mayBeUnsigned?: boolean;
  /** Pure. Parses a delivery and must accept unknown events; where it throws, the delivery is stored as unreadable. */
  read(delivery: Delivery): Reading;
  /** Help pages that forms and notes link to. */
  readonly links?: readonly HelpLink[];
  /** Nouns for counting events in a summary; the first match is used. */
  readonly eventNouns?: readonly EventNoun[];
  /** Patterns of events that are silent by default; failures are not. */
  readonly quietEvents?: readonly string[];
  readonly hooks?: HookSupport;
  readonly backups?: BackupSupport;
  readonly signIn?: SignInSupport;
  /** What an account with these settings may not do, and why. */
  limitations?(settings: Readonly<Record<string, string>>): readonly Limitation[];
  readonly jobs?: JobSupport;
  readonly recovery?: RecoverySupport;
  readonly browse?: BrowseSupport;
  /** The headers with which the provider would sign this body, for test deliveries. Absent where it does not sign. */
  sign?(body: Uint8Array, secret: string): Readonly<Record<string, string>>;
  /** Pure. A sample delivery as the provider would send it, without signature. Absent where samples cannot be made. */
  sample?(request: SampleRequest, id: string, now: number): SampleDelivery;
}
