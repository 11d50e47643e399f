import { parseFilter } from '../../../callback-filter.ts';
import type { Random } from '../../random.ts';
import type { Owner } from '../authentication/index.ts';
import { coversEvent } from './catalogue.ts';

export const regions = ['US', 'EMEA', 'AUS', 'CAN', 'DEU', 'IND', 'JPN', 'GBR'] as const;
export type Region = (typeof regions)[number];

/** The requested properties of a hook. */
export interface HookDefinition {
  readonly region: Region;
  readonly owner: Owner;
  readonly system: string;
  /** An event or a wildcard pattern. */
  readonly event: string;
  readonly callbackUrl: string;
  readonly scope: Readonly<Record<string, string>>;
  readonly tenant?: string | undefined;
  readonly hubId?: string | undefined;
  readonly projectId?: string | undefined;
}

/** The properties of a hook that can change. */
export interface HookState {
  status: 'active' | 'inactive' | 'reactivated';
  autoReactivateHook: boolean;
  callbackWithEventPayloadOnly: boolean;
  hookAttribute?: Readonly<Record<string, unknown>> | undefined;
  filter?: string | readonly string[] | undefined;
  /** ISO 8601. */
  hookExpiry?: string | undefined;
}

export interface StoredHook extends HookDefinition, HookState {
  readonly hookId: string;
  readonly createdAt: number;
  updatedAt: number;
  secret?: Secret | undefined;
  /** Consecutive events without a successful attempt. */
  failures: number;
  /** Number of reactivations since the last success. */
  revivals: number;
}

/** A signing secret; the previous one is used until the change takes effect. */
interface Secret {
  readonly value: string | undefined;
  readonly previous: string | undefined;
  readonly since: number;
}

/** An event in the cloud. */
export interface CloudEvent {
  readonly system: string;
  readonly event: string;
  readonly resourceUrn: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** US where absent. */
  readonly region?: Region | undefined;
  /** The places of the event by scope key, such as a folder and those above it. A key that is absent matches all hooks. */
  readonly scope?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Only hooks of this client id are called; those of all clients where absent. */
  readonly client?: string | undefined;
}

/** The hooks and secrets of all regions and owners. */
export class HookStore {
  readonly #hooks = new Map<string, StoredHook>();
  readonly #secrets = new Map<string, Secret>();
  readonly #now: () => number;
  readonly #random: Random;

  constructor(now: () => number, random: Random) {
    this.#now = now;
    this.#random = random;
  }

  createId(): string {
    return this.#random.uuid();
  }

  /** All hooks, after expired ones were deleted. */
  all(): readonly StoredHook[] {
    for (const hook of this.#hooks.values()) {
      if (hook.hookExpiry && Date.parse(hook.hookExpiry) <= this.#now()) this.#hooks.delete(hook.hookId);
    }
    return [...this.#hooks.values()];
  }

  of(owner: Owner, region: Region): readonly StoredHook[] {
    return this.all().filter((hook) => hook.region === region && sameOwner(hook.owner, owner));
  }

  has(hook: StoredHook): boolean {
    return this.all().includes(hook);
  }

  add(hookId: string, definition: HookDefinition, state: HookState): StoredHook {
    const now = this.#now();
    const hook: StoredHook = {
      ...definition,
      ...state,
      hookId,
      createdAt: now,
      updatedAt: now,
      failures: 0,
      revivals: 0,
    };
    this.#hooks.set(hookId, hook);
    return hook;
  }

  change(hook: StoredHook, change: Partial<HookState>): void {
    Object.assign(hook, change, { updatedAt: this.#now() });
  }

  remove(hook: StoredHook): void {
    this.#hooks.delete(hook.hookId);
  }

  /** The owner's secret in a region, also before it takes effect. */
  ownerSecret(owner: Owner, region: Region): string | undefined {
    return this.#secrets.get(secretKey(owner, region))?.value;
  }

  setOwnerSecret(owner: Owner, region: Region, value: string | undefined): void {
    const key = secretKey(owner, region);
    this.#secrets.set(key, { value, previous: this.#secrets.get(key)?.value, since: this.#now() });
  }

  setHookSecret(hook: StoredHook, value: string): void {
    hook.secret = { value, previous: hook.secret?.value, since: this.#now() };
    this.change(hook, {});
  }

  /** The secret in effect: the hook's own, otherwise its owner's. Changes take effect after `delay` milliseconds. */
  signingSecret(hook: StoredHook, delay: number): string | undefined {
    const inEffect = (secret: Secret | undefined) =>
      secret && (this.#now() - secret.since >= delay ? secret.value : secret.previous);
    return inEffect(hook.secret) ?? inEffect(this.#secrets.get(secretKey(hook.owner, hook.region)));
  }

  /** The hooks that an event is delivered to. */
  matching(event: CloudEvent): readonly StoredHook[] {
    return this.all().filter((hook) => hears(hook, event));
  }
}

function secretKey(owner: Owner, region: Region): string {
  return JSON.stringify([region, owner.type, owner.id, owner.client]);
}

function sameOwner(one: Owner, other: Owner): boolean {
  return one.type === other.type && one.id === other.id && one.client === other.client;
}

function hears(hook: StoredHook, event: CloudEvent): boolean {
  return (
    hook.status !== 'inactive' &&
    hook.region === (event.region ?? 'US') &&
    hook.system === event.system &&
    coversEvent(hook.event, event.event) &&
    (event.client === undefined || event.client === hook.owner.client) &&
    (hook.tenant === undefined || (event.payload.tenant ?? hook.tenant) === hook.tenant) &&
    inScope(hook.scope, event.scope ?? {}) &&
    [hook.filter ?? []].flat().every((filter) => parseFilter(filter)(event.payload))
  );
}

function inScope(scope: HookDefinition['scope'], where: NonNullable<CloudEvent['scope']>): boolean {
  return Object.entries(scope).every(([key, value]) => where[key] === undefined || [where[key]].flat().includes(value));
}

/** The hook in the form of the service (HookDetails), which never contains the secret. */
export function hookDetails(hook: StoredHook): Record<string, unknown> {
  return {
    hookId: hook.hookId,
    tenant: hook.tenant ?? Object.values(hook.scope)[0],
    callbackUrl: hook.callbackUrl,
    createdBy: hook.owner.id,
    event: hook.event,
    createdDate: offsetTime(hook.createdAt),
    lastUpdatedDate: offsetTime(hook.updatedAt),
    system: hook.system,
    creatorType: hook.owner.type,
    status: hook.status,
    scope: hook.scope,
    hookAttribute: hook.hookAttribute,
    filter: hook.filter,
    hookExpiry: hook.hookExpiry,
    autoReactivateHook: hook.autoReactivateHook,
    urn: `urn:adsk.webhooks:events.hook:${hook.hookId}`,
    callbackWithEventPayloadOnly: hook.callbackWithEventPayloadOnly,
    projectId: hook.projectId,
    hubId: hook.hubId,
    __self__: `/systems/${hook.system}/events/${hook.event}/hooks/${hook.hookId}`,
  };
}

function offsetTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+00:00');
}
