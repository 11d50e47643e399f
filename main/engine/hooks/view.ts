import { createHash } from 'node:crypto';
import type { Hook } from '../../../preload/contract.ts';
import type { RemoteHook } from '../connector/index.ts';
import { toTime } from '../storage/index.ts';
import type { HookRecord } from './records.ts';

/** The same without members that are undefined. */
export type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
export function clean<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}

/** The id under which a hook that is not ours is shown: the same at every listing. */
export function externalId(connection: string, { providerId, region = '' }: RemoteHook): string {
  const digest = createHash('sha256').update(`${connection}\n${region}\n${providerId}`).digest('hex');
  return `seen-${digest.slice(0, 24)}`;
}

/** What is known of an own hook besides its record. */
export interface OwnHookDetails {
  readonly publicUrl: string | undefined;
  /** Milliseconds since 1970. */
  readonly lastEvent: number | undefined;
  readonly healing: Hook['healing'];
}

/** An own hook as the window sees it. */
export function ownHook(hook: HookRecord, { publicUrl, lastEvent, healing }: OwnHookDetails): Hook {
  return clean({
    ...shared(hook),
    paused: hook.paused || undefined,
    healing,
    problem: hook.trouble?.message,
    id: hook.id,
    connection: hook.connection,
    ours: true,
    current: publicUrl !== undefined && hook.callbackUrl.startsWith(`${publicUrl}/in/`),
    lastEventAt: lastEvent === undefined ? undefined : toTime(lastEvent),
  });
}

/** A hook of somebody else as the window sees it. */
export function externalHook(id: string, connection: string, remote: RemoteHook): Hook {
  return clean({ ...shared(remote), id, connection, ours: false });
}

function shared(hook: HookRecord | RemoteHook) {
  const { system, event, scope, status, callbackUrl, providerId, region, filter, owner, createdAt, expiresAt } = hook;
  const attribute = hook.attribute as Hook['attribute'];
  const created = createdAt === undefined ? undefined : toTime(createdAt);
  const expires = expiresAt === undefined ? undefined : toTime(expiresAt);
  const same = { system, event, scope, status, callbackUrl, providerId, region, filter, attribute, owner };
  return { ...same, createdAt: created, expiresAt: expires };
}
