import type { Hook } from '../../../preload/contract/index.ts';
import type { RemoteHook } from '../connector/index.ts';
import { toTime } from '../storage/index.ts';
import { clean, type HookRecord } from './records/index.ts';

/** What is known of an own hook besides its record. */
interface OwnHookDetails {
  readonly publicUrl: string | undefined;
  /** Milliseconds since 1970. */
  readonly lastEvent: number | undefined;
  readonly healing: Hook['healing'];
  /** Whether the provider may send deliveries without a signature. */
  readonly mayBeUnsigned: boolean;
}

/** An own hook as the window sees it. */
export function ownHook(hook: HookRecord, { publicUrl, lastEvent, healing, mayBeUnsigned }: OwnHookDetails): Hook {
  return clean({
    ...shared(hook),
    paused: hook.paused || undefined,
    healing,
    acceptUnsigned: mayBeUnsigned ? (hook.acceptUnsigned ?? false) : undefined,
    problem: hook.failure?.message,
    problemMessage: hook.failure?.reason,
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
