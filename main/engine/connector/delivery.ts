import type { MessageReference, Outcome } from '../../../preload/contract/index.ts';
import type { JobUpdate } from './jobs.ts';

/** One request to a callback URL, unchanged. */
export interface Delivery {
  readonly method: string;
  /** The rest of the raw URL after the key of the callback URL: "", "/…" or "?…". */
  readonly suffix: string;
  /** Names in lower case; repeated headers are joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The bytes that the signature covers and that are stored, where they differ from the body, as with compression. */
  readonly signedBytes?: Uint8Array;
  /** The hook that is registered for this callback URL. */
  readonly hook: { readonly system?: string; readonly event: string; readonly scope: Readonly<Record<string, string>> };
  /** The name of a resource, known from browsing or an earlier event. */
  nameOf(resource: string): string | undefined;
  /** Its name preceded by those of its parents, as far as known: "Tower / Project Files / Structural". */
  pathOf?(resource: string): string | undefined;
}

/** A parsed delivery, in words for people. */
export interface Reading {
  readonly system?: string;
  readonly event?: string;
  /** "Translation finished: pump.ipt". */
  readonly title: string;
  readonly titleMessage?: MessageReference;
  readonly summary?: string;
  readonly summaryMessage?: MessageReference;
  /** The words for several such events, without their number: "files added". */
  readonly plural?: string;
  readonly pluralMessage?: MessageReference;
  /** The place by its names: "Project Files / Structural". Events of one kind and place share a notification. */
  readonly place?: string;
  readonly outcome?: Outcome;
  /** The provider's id of the resource that it concerns. */
  readonly resource?: string;
  /** Further names under which the search finds it. */
  readonly names?: readonly string[];
  /** Names of resources by their id; later events without a name show them. */
  readonly resourceNames?: Readonly<Record<string, string>>;
  /** The time in the payload, in milliseconds since 1970. */
  readonly time?: number;
  /** Equal for two deliveries of one event; given only where the payload contains the time of the event. */
  readonly identity?: string;
  /** Digest of the payload without the hook's description: shows copies of one event while a hook has two URLs. */
  contentHash?(): string | undefined;
  /**
   * Different events may have the same bytes, since the payload contains no time. Where absent, the same bytes at the same
   * hook within 48 hours are a repetition.
   */
  readonly recurs?: boolean;
  /** Stored without a notification: the user wants to be notified of other events only. */
  readonly muted?: boolean;
  /** News of jobs in the cloud: they update the job, which notifies once, at its end. */
  readonly jobs?: readonly JobUpdate[];
}
