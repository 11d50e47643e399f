import type { RemoteHook } from '../../connector/index.ts';
import { minutes } from '../../timing/index.ts';
import { addressIn, type HookRecord, isThere, registrationsOf, wasListed } from '../records/index.ts';

/** Another computer of which the user has not decided yet, so that nothing is changed at the providers. */
export interface HeldDuplicate {
  readonly address: string;
  /** At whose provider it created hooks; undefined where it only answered, or where the connection is gone. */
  readonly connection: string | undefined;
}

export interface DuplicateWatchOptions {
  /** Whether another computer answers there with a copy of these data. */
  isDuplicate(address: string): Promise<boolean>;
  /**
   * Another computer runs with a copy of these data; false where the user has decided that this one goes on. With the
   * connection where it changed hooks since.
   */
  duplicateFound(address: string, connection: string | undefined): boolean;
  heldDuplicate(): HeldDuplicate | undefined;
  /** Nothing shows any more that it runs. */
  duplicateGone(): void;
  now(): number;
}

interface Listed {
  readonly connection: string;
  readonly hooks: readonly HookRecord[];
  readonly remotes: readonly RemoteHook[];
  readonly regions: readonly string[] | undefined;
  /** Hooks that bear our stamp and belong to none of ours. */
  readonly strays: readonly RemoteHook[];
  readonly address: string | undefined;
}

/** Whether the hooks of a connection are also changed by another computer: then nothing may be done to them. */
type FindDuplicate = (listed: Listed) => Promise<boolean>;

/** Addresses that are asked in one run, and that are remembered as our own. */
const mostAddresses = 20;

interface Previous {
  readonly ids: ReadonlySet<string>;
  readonly regions: readonly string[] | undefined;
}

export function createDuplicateWatch(options: DuplicateWatchOptions): FindDuplicate {
  const { isDuplicate, duplicateFound, heldDuplicate, duplicateGone } = options;
  const isUnanswered = createUnansweredCount(options);
  /** By connection: what was listed the last time. */
  const previous = new Map<string, Previous>();
  /** Public addresses of this computer since its start. */
  const own = new Set<string>();
  return async (listed) => {
    const { connection, address, regions, remotes, strays } = listed;
    if (address !== undefined) own.add(address);
    for (const oldest of [...own].slice(0, -mostAddresses)) own.delete(oldest);
    const before = previous.get(connection);
    previous.set(connection, { ids: new Set(remotes.map(({ providerId }) => providerId)), regions });
    const foreign = strays.filter(({ callbackUrl }) => !own.has(addressIn(callbackUrl)));
    const held = heldDuplicate();
    if (held) {
      if (hasHooks(held, connection, foreign) || !(await isUnanswered(held.address))) return true;
      duplicateGone();
    }
    const created = before && foreign.find((stray) => isNew(stray, before));
    if (created) return duplicateFound(addressIn(created.callbackUrl), connection);
    const answers = await Promise.all(
      addressesOf(listed, foreign).map(async (one) => ((await isDuplicate(one)) ? one : undefined)),
    );
    const [found] = answers.filter((one) => one !== undefined && one !== address);
    return found !== undefined && duplicateFound(found, undefined);
  };
}

/** Whether the provider still has hooks of it, as far as this connection shows. Its address may have changed meanwhile. */
function hasHooks(held: HeldDuplicate, connection: string, foreign: readonly RemoteHook[]): boolean {
  return held.connection !== undefined && (held.connection !== connection || foreign.length > 0);
}

/** A computer that sleeps or restarts does not answer for a while. */
const timesInVain = 3;
const betweenTimes = minutes(10);

/** Whether nobody answered at the address several times; it is asked at most once in ten minutes. */
function createUnansweredCount({ isDuplicate, now }: DuplicateWatchOptions): (address: string) => Promise<boolean> {
  let last = { address: '', at: 0, inVain: 0 };
  return async (address) => {
    if (last.address !== address) last = { address, at: Number.NEGATIVE_INFINITY, inVain: 0 };
    if (Math.abs(now() - last.at) >= betweenTimes) {
      const { inVain } = last;
      last = { address, at: now(), inVain };
      const answers = await isDuplicate(address);
      last = { ...last, inVain: answers ? 0 : inVain + 1 };
    }
    return last.inVain >= timesInVain;
  };
}

/** Since the last listing, in which it would have been. */
function isNew({ providerId, region }: RemoteHook, { ids, regions }: Previous): boolean {
  return !ids.has(providerId) && wasListed(region, regions);
}

/** Other addresses at which the provider has hooks with our stamp. */
function addressesOf({ hooks, remotes, address }: Listed, strays: readonly RemoteHook[]): readonly string[] {
  const registered = hooks
    .flatMap(registrationsOf)
    .filter((registration) => remotes.some((remote) => isThere(registration, remote)));
  const addresses = new Set([...registered, ...strays].map(({ callbackUrl }) => addressIn(callbackUrl)));
  return [...addresses].filter((one) => one !== address && URL.canParse(one)).slice(0, mostAddresses);
}
