import type { Context, HookSupport, RemoteHook } from '../../connector/index.ts';
import type { Stamp } from '../../storage/index.ts';
import type { HookRecord, HookRecords } from '../records/index.ts';
import { addressIn, isRegistrationOf, registrationsOf } from '../records/index.ts';
import { createDuplicateWatch, type DuplicateWatchOptions } from './duplicates.ts';
import type { HookListings } from './listings.ts';
import { type PlannedSteps, planHooks } from './plan.ts';

export interface HookSurveyOptions extends DuplicateWatchOptions {
  readonly records: HookRecords;
  readonly listings: HookListings;
  /** The stamp of this installation. */
  readonly installation: Stamp;
  open(connection: string): { support: HookSupport; context: Context };
  /** The public address while it is verified to lead here. */
  address(): string | undefined;
  /** Whether that address still leads here. */
  isReachable(address: string): Promise<boolean>;
  /** Whether something is being done to it at this moment. */
  isInProgress(hook: string): boolean;
  now(): number;
}

export interface SurveyedConnection {
  readonly connection: string;
  readonly plan: PlannedSteps;
}

/** Lists the hooks of the connection and plans the steps; undefined where they could not be listed. */
export type HookSurvey = (connection: string) => Promise<SurveyedConnection | undefined>;

/** Looks at what the provider of a connection has, and plans. */
export function createHookSurvey(options: HookSurveyOptions): HookSurvey {
  const { records, listings, now } = options;
  const findDuplicate = createDuplicateWatch(options);

  /** Which of the addresses in use, besides the present one, still lead here. */
  const reachable = async (hooks: readonly HookRecord[], address: string): Promise<ReadonlySet<string>> => {
    const used = hooks.flatMap(registrationsOf).map(({ callbackUrl }) => addressIn(callbackUrl));
    const earlier = [...new Set(used)].filter((one) => one !== address);
    const answers = await Promise.all(earlier.map((one) => options.isReachable(one)));
    return new Set([address, ...earlier.filter((_, position) => answers[position])]);
  };

  return async (connection) => {
    const before = new Map(records.all.map((hook) => [hook.id, standing(hook)]));
    const failure = await listings.refresh(connection, true);
    const listing = listings.last(connection);
    if (failure || !listing) return undefined;
    const { support } = options.open(connection);
    const address = options.address();
    const { secretActivationTime: secretDelay = 0 } = support;
    // The listing is out of date for hooks that changed meanwhile.
    const hooks = records.all.filter(
      (hook) =>
        hook.connection === connection && before.get(hook.id) === standing(hook) && !options.isInProgress(hook.id),
    );
    const known = (remote: RemoteHook): boolean =>
      records.isReleased(remote.providerId) || records.all.some((hook) => isRegistrationOf(hook, remote));
    const { hooks: remotes, regions } = listing;
    const strays = remotes.filter((remote) => remote.installation === options.installation.id && !known(remote));
    const [isDuplicated, alive] = await Promise.all([
      findDuplicate({ connection, hooks, remotes, regions, strays, address }),
      secretDelay > 0 && address !== undefined ? reachable(hooks, address) : new Set<string | undefined>(),
    ]);
    if (isDuplicated) return undefined;
    const planned = planHooks({
      hooks,
      ...{ remotes, regions },
      address,
      installation: options.installation.id,
      known,
      isReachable: (one) => alive.has(one),
      secretDelay,
      now: now(),
    });
    return { connection, plan: planned };
  };
}

/** What the user, or the creation of the hook, may have changed while the provider was being asked. */
function standing({ key, providerId, paused }: HookRecord): string {
  return JSON.stringify([key, providerId, paused]);
}
