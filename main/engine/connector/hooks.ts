import type { Catalogue, MessageReference } from '../../../preload/contract/index.ts';
import type { Message } from '../messages/index.ts';
import type { Context } from './context.ts';

export interface HookSupport {
  /** What is known; the user may type others. */
  readonly catalogue: Catalogue;
  /** What can be listened to, as the provider itself says at present. */
  events?(context: Context): Promise<readonly string[]>;
  /** Throws invalid-input for a draft the provider would refuse, before any request is made. */
  inspect(draft: HookRequest): void;
  /** Registers the hook with its secret and our stamp; adopts an identical one that exists already. */
  create(context: Context, draft: HookDraft): Promise<RemoteHook>;
  /** Every region and every page. A region that fails is reported, the others are still given. */
  list(context: Context): Promise<HookListing>;
  update(context: Context, hook: HookReference, change: HookChange): Promise<void>;
  /** A hook that is gone already counts as removed. */
  remove(context: Context, hook: HookReference): Promise<void>;
  /** Whether the provider's filter would let this callback pass; undefined where that cannot be judged here. */
  passes?(filter: string, body: Uint8Array): boolean | undefined;
  /** What the provider allows; without it requests are made as they come. */
  readonly quota?: RequestQuota;
  /** Milliseconds until a new secret is in force at the latest; until then callbacks may come unsigned. */
  readonly secretActivationTime?: number;
  /** Pure. Why a hook as it stands may never hear anything, each in a sentence with what to do. */
  warnings?(context: Context, hook: HookRequest): readonly Message[];
}

/** Requests a minute, by their HTTP method, for all connections of one application together. */
export interface RequestQuota {
  readonly perMinute: Readonly<Record<string, number>>;
  application(context: Context): string;
}

/** What the user asked for. */
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
  /** The id of this installation, to be stamped into the hook. */
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
  /** The user's own attribute; the stamp is kept beside it where `installation` is given. */
  readonly attribute?: Readonly<Record<string, unknown>> | null;
  readonly installation?: string;
  readonly secret?: string;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
}

export interface RemoteHook extends HookReference {
  readonly scope: Readonly<Record<string, string>>;
  /** The provider's word: active, inactive, reactivated. */
  readonly status: string;
  readonly callbackUrl: string;
  readonly filter?: string;
  /** The user's own attribute, without our stamp. */
  readonly attribute?: Readonly<Record<string, unknown>>;
  /** The installation stamped into it. */
  readonly installation?: string;
  /** Milliseconds since 1970. */
  readonly createdAt?: number;
  /** When the provider forgets it, in milliseconds since 1970; absent where it never does. */
  readonly expiresAt?: number;
  /** For whom it was made: the application, or a person through it. */
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
  /** Regions that were listed whole; a hook of such a region that is not in `hooks` is gone. Undefined where there are no regions and all was listed. */
  readonly regions?: readonly string[];
}
