import type { JobUpdate, Outcome } from '../../engine/connector/index.ts';
import type { Message } from '../../engine/messages/index.ts';
import type { Fields } from '../aps/index.ts';

/** A callback, split into its parts. */
export interface Callback {
  /** The event without a version suffix such as "-1.0"; empty where it is unknown. */
  readonly event: string;
  readonly resource: string | undefined;
  readonly payload: Fields;
  /** The place that the hook watches, by scope key. */
  readonly scope: Fields;
  nameOf(resource: string): string | undefined;
  /** "Tower / Project Files / Structural", as far as its parents are known from browsing. */
  pathOf(resource: string): string | undefined;
}

/** A callback in words for people. */
export interface EventDescription {
  readonly title: Message;
  /** Plain text where it is the same in every language. */
  readonly summary?: Message | string | undefined;
  /** The path of the folder, by names. */
  readonly place?: string | undefined;
  readonly outcome?: Outcome;
  /** The resource, where the envelope does not contain it. */
  readonly resource?: string | undefined;
  readonly names?: readonly (string | undefined)[];
  readonly resourceNames?: readonly (readonly [resource: string | undefined, name: string | undefined])[];
  readonly time?: number | undefined;
  /** True where the time is that of this event, so that a repeated delivery can be recognized by it. */
  readonly dated?: boolean;
  readonly jobs?: readonly JobUpdate[];
}

/** Events that share a payload shape. */
export interface EventGroup {
  readonly system: string;
  readonly events: RegExp;
  /**
   * For callbacks without an event name: the events that the payload may belong to, best match first; empty where none
   * can be determined, undefined where the payload belongs to another group.
   */
  recognise(payload: Fields): readonly string[] | undefined;
  describe(callback: Callback): EventDescription;
}
