import type { MessageReference } from '../../../preload/contract/index.ts';
import type { Context } from './context.ts';
import type { Delivery } from './delivery.ts';

/** Long-running requests whose result is fetched after a callback to an address made for this one request. */
export interface BackupSupport {
  /** What can be requested; the first is the one behind "Back up now". */
  readonly requests: readonly {
    readonly id: string;
    readonly title: string;
    readonly titleMessage?: MessageReference;
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
  /** The provider's own address: links into private networks are followed only where it is in one as well. */
  address(context: Context): string;
  /** Headers for a download that was refused without them; undefined where credentials must not go to this URL. */
  authorization(context: Context, url: string): Promise<Readonly<Record<string, string>> | undefined>;
}

/** Where the files are, absolute; or what else the provider gave, to be shown as it is. */
export type BackupResult =
  | { readonly kind: 'files'; readonly urls: readonly string[] }
  | { readonly kind: 'data'; readonly data: unknown };
