import type { RemoteHook } from '../../connector/index.ts';
import { addressIn, type HookRecord, isThere, registrationsOf, wasListed } from '../records/index.ts';

export interface DuplicateWatchOptions {
  /** Whether another computer answers there with a copy of these data. */
  isDuplicate(address: string): Promise<boolean>;
  /**
   * Another computer runs with a copy of these data; returns false where the user has decided that this one goes on.
   * `isActive`: the other one has created hooks since the last listing.
   */
  duplicateFound(address: string, isActive: boolean): boolean;
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

/** Addresses that are requested in one run, and that are remembered as our own. */
const mostAddresses = 20;

interface Previous {
  readonly ids: ReadonlySet<string>;
  readonly regions: readonly string[] | undefined;
}

export function createDuplicateWatch({ isDuplicate, duplicateFound }: DuplicateWatchOptions): FindDuplicate {
  /** By connection: what was listed the last time. */
  const previous = new Map<string, Previous>();
  /** Public addresses of this computer since its start. */
  const own = new Set<string>();
  const hold = (address: string, isActive: boolean): boolean => {
    const isHeld = duplicateFound(address, isActive);
    // The next listing follows the user's choice, which also covers hooks that the other computer creates until then.
    if (isHeld) previous.clear();
    return isHeld;
  };
  return async (listed) => {
    const { connection, address, regions, remotes, strays } = listed;
    if (address !== undefined) own.add(address);
    for (const oldest of [...own].slice(0, -mostAddresses)) own.delete(oldest);
    const before = previous.get(connection);
    previous.set(connection, { ids: new Set(remotes.map(({ providerId }) => providerId)), regions });
    const foreign = strays.filter(({ callbackUrl }) => !own.has(addressIn(callbackUrl)));
    const created = before && foreign.find((stray) => isNew(stray, before));
    if (created) return hold(addressIn(created.callbackUrl), true);
    const answers = await Promise.all(
      addressesOf(listed, foreign).map(async (one) => ((await isDuplicate(one)) ? one : undefined)),
    );
    const [found] = answers.filter((one) => one !== undefined && one !== address);
    return found !== undefined && hold(found, false);
  };
}

/** Whether the hook is missing in the last listing, although that covered its region. */
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
