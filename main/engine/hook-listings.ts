import type { HookProblem } from '../../preload/contract.ts';
import type { Context, HookListing, HookSupport, RemoteHook } from './connector.ts';
import { RingbackError, toProblem } from './errors.ts';
import type { HookRecord, HookRecordChange, HookRecords } from './hook-records.ts';
import { foreignId } from './hook-view.ts';
import { describe, type Log } from './log.ts';

/** What was last seen at the providers, and our records brought in line with it. */
export interface HookListings {
  /** Asks every region and page; a running listing is joined, except where `fresh` asks for one that begins now. Gives why nothing at all could be listed; never throws. */
  refresh(connection: string, fresh?: boolean): Promise<RingbackError | undefined>;
  /** Hooks that are not of our records, by their id in the window. */
  foreign(connection: string): ReadonlyMap<string, RemoteHook>;
  forget(connection: string, foreignHook?: string): void;
  readonly problems: readonly HookProblem[];
}

export interface HookListingsOptions {
  readonly records: HookRecords;
  open(connection: string): { support: HookSupport; context: Context };
  /** Whether this hook is being made at this moment. */
  isUnderway(id: string): boolean;
  /** Hands the present secret to the provider again. */
  confirmSecret(hook: HookRecord): Promise<void>;
  readonly log: Log;
  changed(): void;
}

const none: ReadonlyMap<string, RemoteHook> = new Map();

export function createHookListings(options: HookListingsOptions): HookListings {
  const { records, log } = options;
  const seen = new Map<string, ReadonlyMap<string, RemoteHook>>();
  const running = new Map<string, Promise<RingbackError | undefined>>();
  let problems: readonly HookProblem[] = [];

  const lookAt = async (connection: string): Promise<void> => {
    const { support, context } = options.open(connection);
    const before = records.all.filter((hook) => hook.connection === connection);
    const listing = await support.list(context);
    seen.set(connection, compare(connection, listing, before));
    const found = listing.problems.map((problem) => ({ connection, ...problem }));
    problems = [...problems.filter((problem) => problem.connection !== connection), ...found];
    for (const hook of records.all) {
      if (hook.connection !== connection || hook.confirmed || !hook.providerId || options.isUnderway(hook.id)) continue;
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
    const gone: string[] = [];
    const foreign = new Map([...(seen.get(connection) ?? none)].filter(([, remote]) => !wasListed(remote, listing)));
    const known = [...before, ...records.all.filter((hook) => hook.connection === connection)];
    for (const remote of listing.hooks) {
      const own = known.find((hook) => isSame(hook, remote));
      if (!own) foreign.set(foreignId(connection, remote), remote);
      else if (records.byId(own.id) === own) changes.set(own.id, observed(remote));
    }
    for (const hook of before) {
      if (changes.has(hook.id) || records.byId(hook.id) !== hook || !wasListed(hook, listing)) continue;
      // One that never came to be is forgotten; one that was there stays in view.
      if (hook.providerId !== undefined) changes.set(hook.id, { status: 'missing' });
      else if (!options.isUnderway(hook.id)) gone.push(hook.id);
    }
    records.change(changes);
    records.remove(gone);
    return foreign;
  };

  const start = (connection: string): Promise<RingbackError | undefined> => {
    const listing: Promise<RingbackError | undefined> = lookAt(connection)
      .then(() => undefined)
      .catch((error: unknown) => {
        log(`The hooks of ${connection} could not be listed: ${describe(error)}`);
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
    foreign: (connection) => seen.get(connection) ?? none,
    forget(connection, foreignHook) {
      if (foreignHook === undefined) {
        seen.delete(connection);
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

function isSame(hook: HookRecord, remote: RemoteHook): boolean {
  return hook.providerId === undefined
    ? hook.callbackUrl === remote.callbackUrl
    : hook.providerId === remote.providerId;
}

/** Whether the hook's region was listed whole, so that its absence tells something. */
function wasListed(hook: { readonly region?: string | undefined }, { regions }: HookListing): boolean {
  return regions === undefined || (hook.region !== undefined && regions.includes(hook.region));
}

/** What a listing tells of an own hook. */
export function observed(remote: RemoteHook): HookRecordChange {
  const { providerId, system, event, region, status, filter } = remote;
  const attribute = remote.attribute as HookRecord['attribute'];
  const named = system === undefined ? {} : { system };
  return { providerId, event, status, filter, attribute, ...named, ...(region === undefined ? {} : { region }) };
}
