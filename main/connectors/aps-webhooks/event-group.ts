import type { JobUpdate, Outcome } from '../../engine/connector/index.ts';
import type { Fields } from '../aps/index.ts';

/** One callback, taken apart. */
export interface Callback {
  /** The event where it could be told, without a version suffix as "-1.0"; otherwise empty. */
  readonly event: string;
  readonly resource: string | undefined;
  readonly payload: Fields;
  /** What the hook watches, by key. */
  readonly scope: Fields;
  nameOf(resource: string): string | undefined;
  /** "Tower / Project Files / Structural", as far as browsing showed. */
  pathOf(resource: string): string | undefined;
}

/** What a callback says. */
export interface EventDescription {
  readonly title: string;
  readonly summary?: string | undefined;
  /** The folder it happened in, by its names. */
  readonly place?: string | undefined;
  readonly outcome?: Outcome;
  /** Where the envelope does not say it. */
  readonly resource?: string | undefined;
  readonly names?: readonly (string | undefined)[];
  readonly resourceNames?: readonly (readonly [resource: string | undefined, name: string | undefined])[];
  readonly time?: number | undefined;
  /** True where the time is this very event's, so that it tells a repetition from a new event. */
  readonly dated?: boolean;
  readonly jobs?: readonly JobUpdate[];
}

/** Events that share a payload shape. */
export interface EventGroup {
  readonly system: string;
  readonly events: RegExp;
  /**
   * For callbacks that do not name their event: undefined where the payload is not of this family,
   * otherwise the events it may be, best first; empty where that cannot be told.
   */
  recognise(payload: Fields): readonly string[] | undefined;
  describe(callback: Callback): EventDescription;
}
