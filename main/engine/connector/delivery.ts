import type { Outcome } from '../../../preload/contract/index.ts';
import type { JobUpdate } from './jobs.ts';

/** One request to a callback address, exactly as it arrived. */
export interface Delivery {
  readonly method: string;
  /** What stood in the raw URL behind the address key: "" or "/…", "?…". */
  readonly suffix: string;
  /** Lower-case names; several of one name are joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The bytes that the signature covers, and that are stored; absent where the body is that. */
  readonly signedBytes?: Uint8Array;
  /** What was registered for this address. */
  readonly hook: { readonly system?: string; readonly event: string; readonly scope: Readonly<Record<string, string>> };
  /** The name of a resource as browsing or an earlier event gave it. */
  nameOf(resource: string): string | undefined;
  /** The same with what it lies in, as far as browsing showed: "Tower / Project Files / Structural". */
  pathOf?(resource: string): string | undefined;
}

/** What a delivery says, in words for people. */
export interface Reading {
  readonly system?: string;
  readonly event?: string;
  /** "Translation finished: pump.ipt". */
  readonly title: string;
  readonly summary?: string;
  /** What several events of this kind are called, without their number: "files added". */
  readonly plural?: string;
  /** Where it happened, in names: "Project Files / Structural"; events of one kind and place share a notification. */
  readonly place?: string;
  readonly outcome?: Outcome;
  /** The provider's name of what it is about. */
  readonly resource?: string;
  /** Names by which people may search for it. */
  readonly names?: readonly string[];
  /** Names this delivery teaches for resources: later events that carry none are told by them. */
  readonly resourceNames?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, as the payload says. */
  readonly time?: number;
  /** What makes two deliveries one event; given only where the payload itself carries the event's own time. */
  readonly identity?: string;
  /** Digest of what it says apart from the provider's own description of the hook: tells two copies of one event while a hook has two addresses. */
  contentHash?(): string | undefined;
  /**
   * Another event may have the same bytes, since the payload carries no time of its own. Elsewhere a delivery of the same
   * bytes to the same hook within 48 hours is a repetition.
   */
  readonly recurs?: boolean;
  /** Kept, but never rings: the user asked for others only. */
  readonly muted?: boolean;
  /** What it says of work that goes on in the cloud: that is told in the job's row, and rings once, at the end. */
  readonly jobs?: readonly JobUpdate[];
}
