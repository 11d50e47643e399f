import { setTimeout as delay } from 'node:timers/promises';
import type {
  Hook,
  HookHealing,
  HookHistoryEntry,
  HookPlan,
  HookProblem,
  ParsedInput,
} from '../../preload/contract.ts';
import type { Connections } from './connections.ts';
import type { Context, HookSupport, RemoteHook } from './connector.ts';
import { RingbackError } from './errors.ts';
import { createHookHealer } from './hook-healing.ts';
import { createHookListings, observed } from './hook-listings.ts';
import { registrationsOf } from './hook-record.ts';
import type { HookRecord, HookRecords } from './hook-records.ts';
import { reference } from './hook-steps.ts';
import { clean, foreignHook, ownHook } from './hook-view.ts';
import type { Ledger } from './ledger.ts';
import { describe, type Log } from './log.ts';
import type { Notices } from './notices.ts';
import { createRequestPace, type RequestPace, type Wait } from './request-pace.ts';
import { createTurns, type Turns } from './turns.ts';

/** The hooks at the providers and our records of those we made. */
export interface Hooks {
  create(input: ParsedInput<'hooks.create'>): Promise<Hook>;
  list(connection?: string): Hook[];
  /** Asks every region and page of the connections; what fails is kept in `problems`, and thrown where nothing at all could be listed. */
  refresh(connection?: string): Promise<void>;
  readonly problems: readonly HookProblem[];
  update(input: ParsedInput<'hooks.update'>): Promise<Hook>;
  remove(id: string, foreign: boolean): Promise<void>;
  /** Removes the own hooks of a connection at the provider, or only forgets them. */
  removeAll(connection: string, keepAtProvider: boolean): Promise<void>;
  /** To be called at start, on waking, and when the public address changed: brings the providers in line soon. */
  heal(): void;
  /** Does so now and says what was done; with `dryRun` what would be. */
  reconcile(input: ParsedInput<'hooks.reconcile'>): Promise<HookPlan>;
  readonly healing: HookHealing;
  history(limit: number): HookHistoryEntry[];
  close(): Promise<void>;
}

export interface HooksOptions {
  readonly connections: Connections;
  readonly records: HookRecords;
  readonly installation: string;
  readonly ledger: Ledger;
  readonly notices: Pick<Notices, 'queue'>;
  /** The public address, without a trailing slash; undefined where there is none. */
  publicUrl(): string | undefined;
  /** The public address, opened and waited for where need be. Throws where there is none. */
  reach(): Promise<string>;
  /** The public address while it is proven to lead here. */
  provenUrl(): string | undefined;
  /** Whether an earlier address still leads here. */
  reaches(address: string): Promise<boolean>;
  /** When the hook's latest event came, in milliseconds since 1970. */
  lastEventOf(hook: string): number | undefined;
  /** How people call the hook. */
  label(hook: Pick<HookRecord, 'connection' | 'system' | 'event' | 'scope'>): string;
  readonly log: Log;
  now(): number;
  readonly wait?: Wait;
  changed(): void;
}

type Change = Omit<ParsedInput<'hooks.update'>, 'id' | 'foreign' | 'rotateSecret'>;
interface Provider {
  readonly support: HookSupport;
  readonly context: Context;
}

export function createHooks(options: HooksOptions): Hooks {
  const { connections, records, installation, log, changed } = options;
  const providers = createProviders(connections, options.now);
  const { open } = providers;
  const underway = createUnderway();
  const setSecret = createSecretHandover(records, open);
  const listings = createHookListings({
    records,
    open,
    isUnderway: underway.has,
    confirmSecret: async (hook) =>
      setSecret(hook, hook.providerId ?? '').catch((error: unknown) =>
        log(`The secret of a hook could not be handed over: ${describe(error)}`),
      ),
    address: options.provenUrl,
    log,
    changed,
  });
  const healer = createHookHealer({
    ...{ records, listings, installation, log, changed, open },
    ...{ ledger: options.ledger, notices: options.notices, label: options.label, reaches: options.reaches },
    connections: () => connections.list().flatMap(({ id }) => (connections.supports(id, 'hooks') ? [id] : [])),
    paceOf: providers.paceOf,
    address: options.provenUrl,
    turnsOf: underway.turnsOf,
    isUnderway: underway.has,
    now: options.now,
    wait: options.wait ?? waitQuietly,
  });
  const toOwn = (hook: HookRecord): Hook => {
    const lastEvent = options.lastEventOf(hook.id);
    return ownHook(hook, { publicUrl: options.publicUrl(), lastEvent, healing: healer.actionOf(hook.id) });
  };
  const own = createOwnHooks({ ...options, open, setSecret, toOwn, heal: healer.look });
  const foreign = createForeignHooks(options, open, listings);

  return {
    get problems() {
      return listings.problems;
    },
    async create({ connection, ...request }) {
      const { support, context } = open(connection);
      const defaults = context.settings.region === undefined ? {} : { region: context.settings.region };
      const wanted = clean({ ...defaults, ...request });
      support.inspect(wanted);
      const address = await options.reach();
      const { hook, secret } = await records.begin({ ...wanted, connection, address });
      try {
        return await underway.turnsOf(hook.id)(async () => {
          const { callbackUrl } = hook;
          const made = await support.create(context, { ...wanted, callbackUrl, secret, installation });
          records.change(new Map([[hook.id, observed(made)]]));
          records.confirm(hook.id);
          return toOwn(records.byId(hook.id) ?? hook);
        });
      } catch (error) {
        // It may be there all the same: then the next listing finds it, hands it its secret and keeps it.
        if (error instanceof RingbackError && error.uncertain)
          setImmediate(() => void listings.refresh(connection, true));
        else records.remove([hook.id]);
        throw error;
      } finally {
        changed();
      }
    },
    list(connection) {
      return [...records.all.map(toOwn), ...foreign.all()].filter(
        (hook) => connection === undefined || hook.connection === connection,
      );
    },
    async refresh(connection) {
      if (connection !== undefined) connections.open(connection);
      const wanted = connections.list().filter(({ id }) => connection === undefined || id === connection);
      const failures = await Promise.all(
        wanted.filter(({ id }) => connections.supports(id, 'hooks')).map(({ id }) => listings.refresh(id)),
      );
      const [first] = failures;
      if (first && failures.every(Boolean)) throw first;
    },
    update({ id, foreign: agreed = false, rotateSecret = false, ...change }) {
      if (!records.byId(id)) return foreign.update(id, change, agreed);
      return underway.turnsOf(id)(() => own.update(id, change, rotateSecret));
    },
    remove(id, agreed) {
      if (!records.byId(id)) return foreign.remove(id, agreed);
      return underway.turnsOf(id)(() => own.remove(id));
    },
    async removeAll(connection, keepAtProvider) {
      const ids = records.all.filter((one) => one.connection === connection).map(({ id }) => id);
      if (keepAtProvider) records.release(ids);
      else for (const id of ids) await underway.turnsOf(id)(() => own.remove(id));
      listings.forget(connection);
      changed();
    },
    heal: healer.look,
    reconcile: async (input) => {
      if (input.connection !== undefined) open(input.connection);
      return healer.reconcile(input);
    },
    get healing() {
      return healer.healing;
    },
    history: healer.history,
    close: healer.close,
  };
}

/** The providers as the hooks see them: every request counts for the quota of its application. */
function createProviders(connections: Connections, now: () => number) {
  const paces = new Map<string, RequestPace>();
  const paceFor = ({ quota }: HookSupport, context: Context, connector: string): RequestPace | undefined => {
    if (!quota) return undefined;
    const application = `${connector} ${quota.application(context)}`;
    const pace = paces.get(application) ?? createRequestPace(quota, now);
    paces.set(application, pace);
    return pace;
  };
  const openWithPace = (connection: string): Provider & { readonly pace: RequestPace | undefined } => {
    const { connector, context, name } = connections.open(connection);
    const support = connector.hooks;
    if (!support) throw new RingbackError('invalid-input', `${name} has no hooks.`);
    const pace = paceFor(support, context, connector.id);
    if (!pace) return { support, context, pace };
    const fetch: typeof globalThis.fetch = (input, init) => {
      pace.spend(init?.method ?? (input instanceof Request ? input.method : 'GET'));
      return context.fetch(input, init);
    };
    // What changes in the context, as its secrets may, changes here, too.
    return { support, context: Object.create(context, { fetch: { value: fetch } }) as Context, pace };
  };
  return {
    open: (connection: string): Provider => openWithPace(connection),
    paceOf(connection: string): RequestPace | undefined {
      try {
        return openWithPace(connection).pace;
      } catch {
        return undefined;
      }
    },
  };
}

/** What is done to one hook is done in turn, so that neither undoes the other. */
function createUnderway() {
  const turns = new Map<string, { readonly turns: Turns; waiting: number }>();
  return {
    has: (id: string): boolean => turns.has(id),
    turnsOf:
      (id: string): Turns =>
      async (work) => {
        const queue = turns.get(id) ?? { turns: createTurns(), waiting: 0 };
        turns.set(id, queue);
        queue.waiting += 1;
        try {
          return await queue.turns(work);
        } finally {
          queue.waiting -= 1;
          if (queue.waiting === 0) turns.delete(id);
        }
      },
  };
}

/** One at a time for each hook, so that the last secret handed over is the one that counts as present. */
function createSecretHandover(records: HookRecords, open: (connection: string) => Provider) {
  const rotating = new Map<string, Promise<void>>();
  return (hook: HookRecord, providerId: string): Promise<void> => {
    const hand = async (): Promise<void> => {
      const { support, context } = open(hook.connection);
      const secret = await records.rotate(hook);
      await support.update(context, reference(hook, providerId), { secret });
      records.confirm(hook.id);
    };
    const running = rotating.get(hook.id) ?? hand().finally(() => rotating.delete(hook.id));
    rotating.set(hook.id, running);
    return running;
  };
}

interface OwnHooksOptions extends Pick<HooksOptions, 'records' | 'installation' | 'provenUrl' | 'changed'> {
  open(connection: string): Provider;
  setSecret(hook: HookRecord, providerId: string): Promise<void>;
  toOwn(hook: HookRecord): Hook;
  heal(): void;
}

function createOwnHooks({ records, installation, provenUrl, changed, open, setSecret, toOwn, heal }: OwnHooksOptions) {
  const requireOwn = (id: string): HookRecord => {
    const hook = records.byId(id);
    if (hook) return hook;
    throw new RingbackError('not-found', 'This hook is not here any more. Refresh the list.');
  };
  /** What the user wishes is on disk before the provider is asked, so that nothing undoes it in between. */
  const wish = async (hook: HookRecord, { status }: Change, act: () => Promise<void>): Promise<void> => {
    if (status === undefined) return act();
    records.change(new Map([[hook.id, { paused: status === 'inactive' }]]));
    try {
      await act();
    } catch (error) {
      records.change(new Map([[hook.id, { paused: hook.paused ?? false }]]));
      throw error;
    }
  };
  return {
    async update(id: string, change: Change, rotates: boolean): Promise<Hook> {
      const hook = requireOwn(id);
      const { connection, providerId } = hook;
      if (providerId === undefined) throw new RingbackError('conflict', 'This hook is still being created.');
      const { support, context } = open(connection);
      inspectChange(support, hook, change);
      const { status, filter, attribute } = change;
      // One that is gone, or points elsewhere, is made anew; there is nothing to switch on.
      const absent = hook.status === 'missing' && status === 'active' && provenUrl() !== undefined;
      if (Object.keys(change).length > 0) {
        await wish(hook, change, async () => {
          if (!absent) await support.update(context, reference(hook, providerId), { ...clean(change), installation });
        });
        const changes = {
          ...(status && !absent ? { status } : {}),
          ...(filter === undefined ? {} : { filter: filter ?? undefined }),
          ...(attribute === undefined ? {} : { attribute: attribute ?? undefined }),
        };
        records.change(new Map([[id, changes]]));
        changed();
      }
      if (status === 'active') heal();
      if (rotates) await setSecret(records.byId(id) ?? hook, providerId);
      return toOwn(records.byId(id) ?? hook);
    },
    /** With all its registrations. */
    async remove(id: string): Promise<void> {
      const hook = requireOwn(id);
      for (const { providerId } of registrationsOf(hook).filter((one) => !('state' in one) || one.state !== 'left')) {
        if (providerId === undefined) continue;
        const { support, context } = open(hook.connection);
        await support.remove(context, reference(hook, providerId));
      }
      records.remove([id]);
      changed();
    },
  };
}

function createForeignHooks(
  { connections, installation, changed }: HooksOptions,
  open: (connection: string) => Provider,
  listings: ReturnType<typeof createHookListings>,
) {
  const find = (id: string, agreed: boolean): { connection: string; remote: RemoteHook } => {
    for (const { id: connection } of connections.list()) {
      const remote = listings.foreign(connection).get(id);
      if (!remote) continue;
      if (agreed) return { connection, remote };
      const whose =
        remote.installation === installation
          ? 'This hook bears the stamp of this Ringback, but its address and secret are no longer known here.'
          : 'This hook was not made by this Ringback.';
      throw new RingbackError('conflict', `${whose} Say explicitly that it is to be changed.`);
    }
    throw new RingbackError('not-found', 'This hook is not here any more. Refresh the list.');
  };
  return {
    all: (): Hook[] =>
      connections
        .list()
        .flatMap(({ id: owner }) => [...listings.foreign(owner)].map(([id, remote]) => foreignHook(id, owner, remote))),
    async update(id: string, change: Change, agreed: boolean): Promise<Hook> {
      const { connection, remote } = find(id, agreed);
      const { support, context } = open(connection);
      inspectChange(support, remote, change);
      await support.update(context, remote, clean(change));
      await listings.refresh(connection, true);
      const present = listings.foreign(connection).get(id);
      if (!present) throw new RingbackError('not-found', 'This hook is not here any more.');
      return foreignHook(id, connection, present);
    },
    async remove(id: string, agreed: boolean): Promise<void> {
      const { connection, remote } = find(id, agreed);
      const { support, context } = open(connection);
      await support.remove(context, remote);
      listings.forget(connection, id);
      changed();
    },
  };
}

async function waitQuietly(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal, ref: false }).catch(() => {});
}

/** Only what is new is held against the rules: a hook that they would not have made may still be paused. */
function inspectChange(support: HookSupport, hook: HookRecord | RemoteHook, { filter, attribute }: Change): void {
  if (filter == null && attribute == null) return;
  const { system, event, scope, region } = hook;
  support.inspect(
    clean({ system, event, scope, region, filter: filter ?? undefined, attribute: attribute ?? undefined }),
  );
}
