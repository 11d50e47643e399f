import type { HookProblem } from '../../../preload/contract.ts';
import type { Context, HookListing, HookSupport, RemoteHook } from '../connector/index.ts';
import { RingbackError, toProblem } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import { isAt, isRegistrationOf, isThere, wasListed } from './plan.ts';
import type { HookRecord, HookRecordChange, HookRecords } from './records.ts';
import { externalId } from './view.ts';

/** What was last seen at the providers, and our records brought in line with it. */
export interface HookListings {
  /** Asks every region and page; a running listing is joined, except where `fresh` asks for one that begins now. Gives why nothing at all could be listed; never throws. */
  refresh(connection: string, fresh?: boolean): Promise<RingbackError | undefined>;
  /** What the last listing that succeeded gave. */
  last(connection: string): HookListing | undefined;
  /** Hooks that are not of our records, by their id in the window. */
  external(connection: string): ReadonlyMap<string, RemoteHook>;
  forget(connection: string, foreignHook?: string): void;
  readonly problems: readonly HookProblem[];
}

export interface HookListingsOptions {
  readonly records: HookRecords;
  open(connection: string): { support: HookSupport; context: Context };
  /** Whether something is being done to this hook at this moment. */
  isInProgress(id: string): boolean;
  /** Hands the present secret to the provider again. */
  confirmSecret(hook: HookRecord): Promise<void>;
  /** The proven public address. */
  address(): string | undefined;
  readonly log: Log;
  changed(): void;
}

const none: ReadonlyMap<string, RemoteHook> = new Map();

export function createHookListings(options: HookListingsOptions): HookListings {
  const { records, log } = options;
  const seen = new Map<string, ReadonlyMap<string, RemoteHook>>();
  const lastListings = new Map<string, HookListing>();
  const running = new Map<string, Promise<RingbackError | undefined>>();
  let problems: readonly HookProblem[] = [];

  const lookAt = async (connection: string): Promise<void> => {
    const { support, context } = options.open(connection);
    const before = records.all.filter((hook) => hook.connection === connection);
    const listing = await support.list(context);
    seen.set(connection, compare(connection, listing, before));
    lastListings.set(connection, listing);
    const found = listing.problems.map((problem) => ({ connection, ...problem }));
    problems = [...problems.filter((problem) => problem.connection !== connection), ...found];
    for (const hook of records.all) {
      if (
        hook.connection !== connection ||
        hook.confirmed ||
        !hook.providerId ||
        hook.status === 'missing' ||
        options.isInProgress(hook.id)
      )
        continue;
      await options.confirmSecret(hook);
    }
  };

  /** Takes over what the provider says of the hooks that did not change meanwhile; gives those that are not ours. */
  const compare = (
    connection: string,
    listing: HookListing,
    before: readonly HookRecord[],
  ): ReadonlyMap<string, RemoteHook> => {
    const changes = new Map<string, HookRecordChange>();
    const isGone = ({ region }: { readonly region?: string | undefined }) => wasListed(region, listing.regions);
    const foreign = new Map([...(seen.get(connection) ?? none)].filter(([, remote]) => !isGone(remote)));
    const known = [...before, ...records.all.filter((hook) => hook.connection === connection)];
    for (const remote of listing.hooks) {
      const own = known.find((hook) => isRegistrationOf(hook, remote));
      if (!own) foreign.set(externalId(connection, remote), remote);
      else if (isPresent(own, remote) && records.byId(own.id) === own) changes.set(own.id, observed(remote));
    }
    const absent = before.filter(
      (hook) => records.byId(hook.id) === hook && isGone(hook) && !options.isInProgress(hook.id),
    );
    for (const hook of absent) {
      // One that never came to be is forgotten; one that was there stays in view.
      if (!changes.has(hook.id) && hook.providerId !== undefined) changes.set(hook.id, { status: 'missing' });
    }
    records.change(changes);
    records.remove(
      absent.filter(({ id, providerId }) => !changes.has(id) && providerId === undefined).map(({ id }) => id),
    );
    for (const hook of absent) forgetAbsent(hook, listing);
    return foreign;
  };

  /** Other registrations that the provider no longer has, and that nobody will take up. */
  const forgetAbsent = ({ id, others }: HookRecord, listing: HookListing): void => {
    const address = options.address();
    for (const other of others) {
      if (other.state === 'left' || listing.hooks.some((remote) => isThere(other, remote))) continue;
      const awaited = other.state === 'arriving' && (address === undefined || isAt(other, address));
      if (!awaited) records.markRetired(id, other.key);
    }
  };

  const start = (connection: string): Promise<RingbackError | undefined> => {
    const listing: Promise<RingbackError | undefined> = lookAt(connection)
      .then(() => undefined)
      .catch((error: unknown) => {
        log.warn('hooks', `The hooks of ${connection} could not be listed: ${describe(error)}`);
        const problem = { connection, message: toProblem(error).message };
        problems = [...problems.filter((one) => one.connection !== connection), problem];
        return error instanceof RingbackError ? error : new RingbackError('internal', problem.message);
      })
      .finally(() => {
        if (running.get(connection) === listing) running.delete(connection);
        options.changed();
      });
    running.set(connection, listing);
    return listing;
  };

  return {
    async refresh(connection, fresh = false) {
      const present = running.get(connection);
      if (present && !fresh) return present;
      await present;
      return running.get(connection) ?? start(connection);
    },
    last: (connection) => lastListings.get(connection),
    external: (connection) => seen.get(connection) ?? none,
    forget(connection, foreignHook) {
      if (foreignHook === undefined) {
        seen.delete(connection);
        lastListings.delete(connection);
        problems = problems.filter((problem) => problem.connection !== connection);
      } else {
        seen.set(connection, new Map([...(seen.get(connection) ?? none)].filter(([id]) => id !== foreignHook)));
      }
    },
    get problems() {
      return problems;
    },
  };
}

/** Whether it is the registration that counts at present, not one of those beside it. */
function isPresent(hook: HookRecord, remote: RemoteHook): boolean {
  return hook.providerId === undefined
    ? hook.callbackUrl === remote.callbackUrl
    : hook.providerId === remote.providerId;
}

/** What a listing tells of an own hook. */
export function observed(remote: RemoteHook): HookRecordChange {
  const { providerId, system, event, region, status, filter, expiresAt, owner } = remote;
  const attribute = remote.attribute as HookRecord['attribute'];
  const named = system === undefined ? {} : { system };
  return {
    ...{ providerId, event, status, filter, attribute, expiresAt, owner },
    ...named,
    ...(region === undefined ? {} : { region }),
  };
}
