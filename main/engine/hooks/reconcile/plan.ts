import type { RemoteHook } from '../../connector/index.ts';
import { days } from '../../timing/index.ts';
import {
  addressIn,
  type HookRecord,
  isAt,
  isRegistrationOf,
  isThere,
  type Registration,
  registrationsOf,
  wasListed,
} from '../records/index.ts';

/** What is wanted and what is there, of one connection. */
interface HookSituation {
  /** The own hooks: what is wanted. */
  readonly hooks: readonly HookRecord[];
  /** What the provider has, whoever made it. */
  readonly remotes: readonly RemoteHook[];
  /** Regions that were listed whole; undefined where all was. */
  readonly regions?: readonly string[] | undefined;
  /** The public address, verified to lead here, without a trailing slash; undefined while there is none. */
  readonly address: string | undefined;
  /** The stamp of this installation. */
  readonly installation: string;
  /** Whether it belongs to a hook of any connection here, or was left at the provider on the user's word. */
  known(remote: RemoteHook): boolean;
  /** Whether callbacks to that earlier address still arrive here. */
  isReachable(address: string): boolean;
  /** Milliseconds a new secret takes to be in force. */
  readonly secretDelay: number;
  readonly now: number;
}

/** One thing to do at the provider. */
export type HookStep =
  /** Registers the hook at the present address: "move" while another registration of it lives, "create" where none does. */
  | { readonly action: 'move' | 'create'; readonly hook: string }
  /** Takes up a registration that was started before a crash. */
  | { readonly action: 'adopt'; readonly hook: string; readonly key: string; readonly remote: RemoteHook }
  | { readonly action: 'activate' | 'pause' | 'renew'; readonly hook: string; readonly remote: RemoteHook }
  /** A superseded registration of a hook, or one that bears our stamp and belongs to none. */
  | { readonly action: 'remove'; readonly hook?: string; readonly key?: string; readonly remote: RemoteHook };

export interface PlannedSteps {
  /** For each hook, in the order in which they must be done: what follows a failed one is left undone. */
  readonly chains: readonly (readonly HookStep[])[];
  /** When more will be due, in milliseconds since 1970. */
  readonly nextAt: number;
}

/** Renewed so long before the provider would forget it. */
const renewBefore = days(14);

/** Pure. The steps from the present state to the wanted one; planning again after any of them gives the rest. */
export function planHooks(situation: HookSituation): PlannedSteps {
  const planned = situation.hooks.map((hook) => planHook(hook, situation));
  const strays = situation.remotes.filter(
    (remote) => remote.installation === situation.installation && !situation.known(remote),
  );
  return {
    chains: [
      ...planned.map(({ steps }) => steps).filter((steps) => steps.length > 0),
      ...strays.map((remote) => [{ action: 'remove', remote }] as const),
    ],
    nextAt: Math.min(...planned.map(({ nextAt }) => nextAt)),
  };
}

interface PlannedHook {
  readonly steps: readonly HookStep[];
  readonly nextAt: number;
}
const nothing: PlannedHook = { steps: [], nextAt: Number.POSITIVE_INFINITY };

function planHook(hook: HookRecord, situation: HookSituation): PlannedHook {
  // Its creation is in progress, or it is not known yet whether that succeeded.
  if (hook.providerId === undefined) return nothing;
  const { remotes, regions, address } = situation;
  const mine = remotes.filter((remote) => isRegistrationOf(hook, remote));
  const present = remoteOf(hook, mine);
  if (present && (hook.paused || address === undefined || isAt(hook, address))) {
    return keep(hook, present, mine, situation);
  }
  if (address === undefined) return nothing;
  for (const other of hook.others) {
    // A paused hook stays where it is, whatever the address.
    const fits = other.state === 'pending' && (hook.paused || isAt(other, address));
    const remote = fits ? remoteOf(other, mine) : undefined;
    if (!remote) continue;
    const rest = discard(hook, mine, remote, situation.now, situation);
    return { ...rest, steps: [{ action: 'adopt', hook: hook.id, key: other.key, remote }, ...rest.steps] };
  }
  if (mine.length === 0 && !wasListed(hook.region, regions)) return nothing;
  const rest = discard(hook, mine, undefined, situation.now, situation);
  if (hook.paused) return rest;
  return { ...rest, steps: [{ action: mine.length > 0 ? 'move' : 'create', hook: hook.id }, ...rest.steps] };
}

function remoteOf(registration: Registration, mine: readonly RemoteHook[]): RemoteHook | undefined {
  return mine.find((remote) =>
    registration.providerId === undefined
      ? remote.callbackUrl === registration.callbackUrl
      : remote.providerId === registration.providerId,
  );
}

/** The registration stays and is repaired; all others are removed. */
function keep(
  hook: HookRecord,
  remote: RemoteHook,
  mine: readonly RemoteHook[],
  situation: HookSituation,
): PlannedHook {
  const { id, paused } = hook;
  const { status, expiresAt = Number.POSITIVE_INFINITY } = remote;
  const steps: HookStep[] = [];
  if (!paused && status === 'inactive') steps.push({ action: 'activate', hook: id, remote });
  if (paused && status !== 'inactive') steps.push({ action: 'pause', hook: id, remote });
  const renewAt = expiresAt - renewBefore;
  if (renewAt <= situation.now) steps.push({ action: 'renew', hook: id, remote });
  // While no address is verified, or no secret acknowledged, another registration may be the one that lives.
  const settled = paused || (situation.address !== undefined && hook.confirmed);
  const rest = settled ? discard(hook, mine, remote, hook.confirmedAt ?? 0, situation) : nothing;
  const nextAt = renewAt > situation.now ? Math.min(rest.nextAt, renewAt) : rest.nextAt;
  return { steps: [...steps, ...rest.steps], nextAt };
}

/** Removes the other registrations; if not paused, those still reachable stay until the new secret is in force. */
function discard(
  hook: HookRecord,
  mine: readonly RemoteHook[],
  kept: RemoteHook | undefined,
  confirmedAt: number,
  { now, secretDelay, isReachable }: HookSituation,
): PlannedHook {
  const steps: HookStep[] = [];
  const inForce = confirmedAt + secretDelay;
  let nextAt = Number.POSITIVE_INFINITY;
  for (const remote of mine) {
    if (remote === kept) continue;
    const registration = registrationsOf(hook).find((one) => isThere(one, remote));
    if (!hook.paused && now < inForce && isReachable(addressIn(remote.callbackUrl))) nextAt = inForce;
    else steps.push({ action: 'remove', hook: hook.id, remote, ...(registration ? { key: registration.key } : {}) });
  }
  return { steps, nextAt };
}
