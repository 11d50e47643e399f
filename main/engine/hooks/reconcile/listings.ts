import { createHash } from 'node:crypto';
import type { HookProblem } from '../../../../preload/contract/index.ts';
import type { Context, HookListing, HookSupport, RemoteHook } from '../../connector/index.ts';
import { RingbackError, toError, toProblem } from '../../errors.ts';
import { describe, type Log } from '../../log.ts';
import type { HookRecord, HookRecordChange, HookRecords } from '../records/index.ts';
import { isAt, isRegistrationOf, isThere, wasListed } from '../records/index.ts';

/** What was last listed at the providers, and the records brought in line with it. */
export interface HookListings {
  /** Lists all hooks; joins a running listing unless `fresh`. Resolves with the failure, never rejects. */
  refresh(connection: string, fresh?: boolean): Promise<RingbackError | undefined>;
  /** The last successful listing. */
  last(connection: string): HookListing | undefined;
  /** Hooks that no record describes, by their id in the window. */
  external(connection: string): ReadonlyMap<string, RemoteHook>;
  forget(connection: string, externalHook?: string): void;
  readonly problems: readonly HookProblem[];
}

interface HookListingsOptions {
  readonly records: HookRecords;
  open(connection: string): { support: HookSupport; context: Context };
  /** Whether something is being done to this hook at this moment. */
  isInProgress(id: string): boolean;
  /** Hands the present secret to the provider again. */
  confirmSecret(hook: HookRecord): Promise<void>;
  /** The verified public address. */
  address(): string | undefined;
  readonly log: Log;
  changed(): void;
}

type ExternalHooks = ReadonlyMap<string, RemoteHook>;
const none: ExternalHooks = new Map();

/** What was found in the listings so far. */
interface Found {
  readonly external: Map<string, ExternalHooks>;
  readonly last: Map<string, HookListing>;
  problems: readonly HookProblem[];
}

export function createHookListings(options: HookListingsOptions): HookListings {
  const found: Found = { external: new Map(), last: new Map(), problems: [] };
  const running = new Map<string, Promise<RingbackError | undefined>>();

  const start = (connection: string): Promise<RingbackError | undefined> => {
    const listing: Promise<RingbackError | undefined> = listSafely(options, found, connection).finally(() => {
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
    last: (connection) => found.last.get(connection),
    external: (connection) => found.external.get(connection) ?? none,
    forget: (connection, externalHook) => forget(found, connection, externalHook),
    get problems() {
      return found.problems;
    },
  };
}

async function listSafely(
  options: HookListingsOptions,
  found: Found,
  connection: string,
): Promise<RingbackError | undefined> {
  try {
    await list(options, found, connection);
    return undefined;
  } catch (error) {
    options.log.warn('hooks', `The hooks of ${connection} could not be listed: ${describe(error)}`);
    const { message, reason } = toProblem(error);
    setProblems(found, connection, [{ connection, message, reason }]);
    return error instanceof RingbackError ? error : toError({ code: 'internal', message, reason });
  }
}

async function list(options: HookListingsOptions, found: Found, connection: string): Promise<void> {
  const { records } = options;
  const { support, context } = options.open(connection);
  const before = records.all.filter((hook) => hook.connection === connection);
  const listing = await support.list(context);
  const known = [...before, ...records.all.filter((hook) => hook.connection === connection)];
  found.external.set(connection, externalIn(listing, connection, known, found.external.get(connection) ?? none));
  applyListing(options, listing, before, known);
  found.last.set(connection, listing);
  setProblems(
    found,
    connection,
    listing.problems.map((problem) => ({ connection, ...problem })),
  );
  for (const hook of records.all) {
    if (hook.connection === connection && needsSecret(hook) && !options.isInProgress(hook.id)) {
      await options.confirmSecret(hook);
    }
  }
}

function setProblems(found: Found, connection: string, problems: readonly HookProblem[]): void {
  found.problems = [...found.problems.filter((problem) => problem.connection !== connection), ...problems];
}

function forget(found: Found, connection: string, externalHook: string | undefined): void {
  if (externalHook === undefined) {
    found.external.delete(connection);
    found.last.delete(connection);
    setProblems(found, connection, []);
    return;
  }
  const remaining = [...(found.external.get(connection) ?? none)].filter(([id]) => id !== externalHook);
  found.external.set(connection, new Map(remaining));
}

/** Hooks that no record describes; those of regions that could not be listed stay as they were. */
function externalIn(
  listing: HookListing,
  connection: string,
  known: readonly HookRecord[],
  previous: ExternalHooks,
): ExternalHooks {
  const unlisted = [...previous].filter(([, { region }]) => !wasListed(region, listing.regions));
  const found = listing.hooks.filter((remote) => !known.some((hook) => isRegistrationOf(hook, remote)));
  return new Map([...unlisted, ...found.map((remote) => [externalId(connection, remote), remote] as const)]);
}

/** Takes over what the provider lists of the hooks that did not change since `before`. */
function applyListing(
  options: HookListingsOptions,
  listing: HookListing,
  before: readonly HookRecord[],
  known: readonly HookRecord[],
): void {
  const { records } = options;
  const isUnchanged = (hook: HookRecord): boolean => records.byId(hook.id) === hook;
  const changes = new Map<string, HookRecordChange>();
  for (const remote of listing.hooks) {
    const own = known.find((hook) => isRegistrationOf(hook, remote));
    if (own && isPresent(own, remote) && isUnchanged(own)) changes.set(own.id, observed(remote));
  }
  const covered = before.filter(
    (hook) => isUnchanged(hook) && wasListed(hook.region, listing.regions) && !options.isInProgress(hook.id),
  );
  const absent = covered.filter(({ id }) => !changes.has(id));
  // One that was never created is forgotten; one that existed stays visible.
  const created = absent.filter(({ providerId }) => providerId !== undefined);
  for (const { id } of created) changes.set(id, { status: 'missing' });
  records.change(changes);
  records.remove(absent.filter((hook) => !created.includes(hook)).map(({ id }) => id));
  for (const hook of covered) retireAbsent(options, hook, listing);
}

/** Marks registrations as retired that the provider no longer has and that no plan will adopt. */
function retireAbsent(
  { records, address: present }: HookListingsOptions,
  { id, others }: HookRecord,
  listing: HookListing,
): void {
  const address = present();
  for (const other of others) {
    if (other.state === 'retired' || listing.hooks.some((remote) => isThere(other, remote))) continue;
    const adoptable = other.state === 'pending' && (address === undefined || isAt(other, address));
    if (!adoptable) records.markRetired(id, other.key);
  }
}

function needsSecret({ confirmed, providerId, status }: HookRecord): boolean {
  return !confirmed && providerId !== undefined && status !== 'missing';
}

/** Whether it is the present registration, not one of those beside it. */
function isPresent(hook: HookRecord, remote: RemoteHook): boolean {
  return hook.providerId === undefined
    ? hook.callbackUrl === remote.callbackUrl
    : hook.providerId === remote.providerId;
}

/** What a listing says of an own hook. */
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

/** The id under which an external hook is shown: the same at every listing. */
function externalId(connection: string, { providerId, region = '' }: RemoteHook): string {
  const digest = createHash('sha256').update(`${connection}\n${region}\n${providerId}`).digest('hex');
  return `seen-${digest.slice(0, 24)}`;
}
