import type { Catalogue, MessageReference } from '../../../preload/contract/index.ts';
import type { Message } from '../messages/index.ts';
import type { Context } from './context.ts';

export interface HookSupport {
  /** The known events; the user may type others. */
  readonly catalogue: Catalogue;
  /** The events that the provider offers at present. */
  events?(context: Context): Promise<readonly string[]>;
  /** Throws invalid-input for a hook that the provider would reject; sends no request. */
  inspect(draft: HookRequest): void;
  /** Registers the hook with its secret and the id of this installation; adopts an identical one that exists. */
  create(context: Context, draft: HookDraft): Promise<RemoteHook>;
  /** Lists the hooks of all regions, all pages. A region that fails is reported beside the hooks of the others. */
  list(context: Context): Promise<HookListing>;
  update(context: Context, hook: HookReference, change: HookChange): Promise<void>;
  /** A hook that is gone already counts as removed. */
  remove(context: Context, hook: HookReference): Promise<void>;
  /** Whether this callback would pass the filter; undefined where only the provider can evaluate it. */
  passes?(filter: string, body: Uint8Array): boolean | undefined;
  /** The provider's rate limit; where absent, requests are not delayed. */
  readonly quota?: RequestQuota;
  /** Milliseconds within which a new secret takes effect; until then callbacks may arrive unsigned. */
  readonly secretActivationTime?: number;
  /** Pure. Reasons why the hook may never receive an event, each with what to do. */
  warnings?(context: Context, hook: HookRequest): readonly Message[];
}

/** Requests a minute by HTTP method, shared by all connections with the same application. */
export interface RequestQuota {
  readonly perMinute: Readonly<Record<string, number>>;
  application(context: Context): string;
}

/** A hook as the user requests it. */
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
  /** The id of this installation, stored in the hook. */
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
  /** The user's attribute; the id of the installation is stored beside it where `installation` is given. */
  readonly attribute?: Readonly<Record<string, unknown>> | null;
  readonly installation?: string;
  readonly secret?: string;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
}

export interface RemoteHook extends HookReference {
  readonly scope: Readonly<Record<string, string>>;
  /** The provider's status: active, inactive, reactivated. */
  readonly status: string;
  readonly callbackUrl: string;
  readonly filter?: string;
  /** The user's attribute, without the id of the installation. */
  readonly attribute?: Readonly<Record<string, unknown>>;
  /** The id of the installation that created it. */
  readonly installation?: string;
  /** Milliseconds since 1970. */
  readonly createdAt?: number;
  /** When it expires, in milliseconds since 1970; absent where it does not. */
  readonly expiresAt?: number;
  /** Who owns it: the application, or a user who signed in through it. */
  readonly owner?: 'app' | 'user';
}

interface HookListingProblem {
  readonly region?: string;
  readonly message: string;
  readonly reason?: MessageReference | undefined;
}

export interface HookListing {
  readonly hooks: readonly RemoteHook[];
  readonly problems: readonly HookListingProblem[];
  /** Regions whose list is complete, so a missing hook is gone; undefined means that the whole list is. */
  readonly regions?: readonly string[];
}
