import type { MessageReference } from '../../../preload/contract/index.ts';
import type { Context } from './context.ts';
import type { Delivery } from './delivery.ts';

/** Backups that the provider makes on request: it calls back a URL made for this request, and the result is then fetched. */
export interface BackupSupport {
  /** The kinds of backup that can be requested; "Back up now" requests the first. */
  readonly requests: readonly {
    readonly id: string;
    readonly title: string;
    readonly titleMessage?: MessageReference;
    /** The result may be data instead of files, and is then shown unchanged; where absent, data counts as a failure. */
    readonly givesData?: boolean;
  }[];
  /** Words in the provider's language that mark a plain text, sent instead of a file, as an error message. */
  readonly failureWords?: readonly string[];
  /** Requests a backup with this callback URL; resolves with the result where the provider returns it immediately. */
  request(context: Context, request: string, callbackUrl: string): Promise<BackupResult | undefined>;
  /** Pure. The handle of the result that a callback contains; undefined for a test request without one. */
  handle(delivery: Delivery): string | undefined;
  /** Exchanges the handle for the result; retries while the provider is not ready. */
  resolve(context: Context, handle: string): Promise<BackupResult>;
  /** The provider's base URL: downloads from private networks are allowed only where it lies in one, too. */
  address(context: Context): string;
  /** Headers with credentials for a download that was rejected without them; undefined where this URL must not get them. */
  authorization(context: Context, url: string): Promise<Readonly<Record<string, string>> | undefined>;
}

/** The absolute URLs of the files, or other data that is shown unchanged. */
export type BackupResult =
  | { readonly kind: 'files'; readonly urls: readonly string[] }
  | { readonly kind: 'data'; readonly data: unknown };
