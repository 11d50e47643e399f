import { createHash } from 'node:crypto';
import type { Hook, HookProblem, ParsedInput } from '../../preload/contract.ts';
import type { Connections } from './connections.ts';
import type { HookListing, HookReference, HookSupport, RemoteHook } from './connector.ts';
import { RingbackError, toProblem } from './errors.ts';
import { toTime } from './events.ts';
import type { HookRecord, HookRecords } from './hook-records.ts';
import { describe, type Log } from './log.ts';

/** The hooks at the providers and our records of those we made. */
export interface Hooks {
  create(input: ParsedInput<'hooks.create'>): Promise<Hook>;
  list(connection?: string): Hook[];
  /** Asks every region and page of the connections; what fails is kept in `problems`. */
  refresh(connection?: string): Promise<void>;
  readonly problems: readonly HookProblem[];
  update(input: ParsedInput<'hooks.update'>): Promise<Hook>;
  remove(id: string, foreign: boolean): Promise<void>;
  /** Removes the own hooks of a connection at the provider, or only forgets them. */
  removeAll(connection: string, keepAtProvider: boolean): Promise<void>;
}

export interface HooksOptions {
  readonly connections: Connections;
  readonly records: HookRecords;
  readonly installation: string;
  /** The public address, without a trailing slash; undefined where there is none. */
  publicUrl(): string | undefined;
  /** When the hook's latest event came, in milliseconds since 1970. */
  lastEventOf(hook: string): number | undefined;
  readonly log: Log;
  changed(): void;
}

/** What was last seen at one connection that is not of our records. */
type Seen = ReadonlyMap<string, RemoteHook>;

export function createHooks(options: HooksOptions): Hooks {
  const { connections, records, installation, log } = options;
  const seen = new Map<string, Seen>();
  const refreshing = new Map<string, Promise<void>>();
  let problems: readonly HookProblem[] = [];

  const supportOf = (connection: string) => {
    const { connector, context, name } = connections.open(connection);
    if (!connector.hooks) throw new RingbackError('invalid-input', `${name} has no hooks.`);
    return { support: connector.hooks, context };
  };
  const recordOf = (id: string): HookRecord | undefined => records.all.find((hook) => hook.id === id);
  const toOwn = (hook: HookRecord): Hook => ownHook(hook, options.publicUrl(), options.lastEventOf(hook.id));
  const change = (id: string, changes: Partial<HookRecord>): void => {
    records.change(id, changes);
    options.changed();
  };

  const lookAt = async (connection: string): Promise<void> => {
    const { support, context } = supportOf(connection);
    const began = new Set(records.all.map((hook) => hook.id));
    const listing = await support.list(context);
    merge(connection, listing, began);
    problems = [
      ...problems.filter((problem) => problem.connection !== connection),
      ...listing.problems.map((problem) => ({ connection, ...problem })),
    ];
  };
  const merge = (connection: string, listing: HookListing, began: ReadonlySet<string>): void => {
    const foreign = new Map<string, RemoteHook>();
    const found = new Set<string>();
    for (const remote of listing.hooks) {
      const own = records.all.find(
        (hook) =>
          hook.connection === connection &&
          (hook.providerId === remote.providerId || (!hook.providerId && hook.callbackUrl === remote.callbackUrl)),
      );
      if (own) {
        found.add(own.id);
        records.change(own.id, observed(remote));
      } else foreign.set(foreignId(connection, remote), remote);
    }
    for (const hook of records.all) {
      if (hook.connection !== connection || found.has(hook.id) || !began.has(hook.id)) continue;
      const looked = !listing.regions || (hook.region !== undefined && listing.regions.includes(hook.region));
      if (looked) missing(hook);
    }
    seen.set(connection, foreign);
  };
  /** A hook that never came to be is forgotten; one that was there stays in view as missing. */
  const missing = (hook: HookRecord): void => {
    if (hook.providerId === undefined && !underway.has(hook.id)) records.remove(hook.id);
    else if (hook.providerId !== undefined) records.change(hook.id, { status: 'missing' });
  };
  const underway = new Set<string>();

  const refreshOne = (connection: string): Promise<void> => {
    const running = refreshing.get(connection);
    if (running) return running;
    const started = lookAt(connection)
      .catch((error: unknown) => {
        log(`The hooks of ${connection} could not be listed: ${describe(error)}`);
        const problem = { connection, message: toProblem(error).message };
        problems = [...problems.filter((one) => one.connection !== connection), problem];
      })
      .finally(() => {
        refreshing.delete(connection);
        options.changed();
      });
    refreshing.set(connection, started);
    return started;
  };

  const foreignOf = (id: string, agreed: boolean): { connection: string; remote: RemoteHook } => {
    for (const [connection, hooks] of seen) {
      const remote = hooks.get(id);
      if (!remote) continue;
      if (agreed) return { connection, remote };
      throw new RingbackError(
        'conflict',
        'This hook was not made by this Ringback. Say explicitly that it is to be changed.',
      );
    }
    throw new RingbackError('not-found', 'This hook is not here any more. Refresh the list.');
  };

  const removeOwn = async (hook: HookRecord): Promise<void> => {
    if (hook.providerId !== undefined) {
      const { support, context } = supportOf(hook.connection);
      await support.remove(context, reference(hook, hook.providerId));
    }
    records.remove(hook.id);
    options.changed();
  };

  const rotateSecret = async (hook: HookRecord, providerId: string): Promise<void> => {
    const { support, context } = supportOf(hook.connection);
    const rotation = await records.rotate(hook);
    try {
      await support.update(context, reference(hook, providerId), { secret: rotation.secret });
      rotation.commit();
    } catch (error) {
      // Where the answer was lost the provider may sign with either; only a clear refusal takes the new one back.
      if (error instanceof RingbackError && error.code !== 'offline') rotation.drop();
      throw error;
    }
  };

  return {
    get problems() {
      return problems;
    },
    async create({ connection, ...request }) {
      const { support, context } = supportOf(connection);
      const defaults = context.settings.region === undefined ? {} : { region: context.settings.region };
      const wanted = clean({ ...defaults, ...request });
      support.inspect(wanted);
      const url = options.publicUrl();
      if (url === undefined) {
        throw new RingbackError(
          'conflict',
          'There is no public address yet, so callbacks could not reach this computer. Set up a tunnel in the settings first.',
        );
      }
      const { hook, secret } = await records.begin({ ...wanted, connection, callbackUrl: (key) => `${url}/in/${key}` });
      underway.add(hook.id);
      try {
        const made = await support.create(context, { ...wanted, callbackUrl: hook.callbackUrl, secret, installation });
        const saved = records.change(hook.id, observed(made));
        return toOwn(saved ?? hook);
      } catch (error) {
        records.remove(hook.id);
        throw error;
      } finally {
        underway.delete(hook.id);
        options.changed();
      }
    },
    list(connection) {
      const own = records.all.map(toOwn);
      const foreign = [...seen].flatMap(([owner, hooks]) =>
        [...hooks].map(([id, remote]) => foreignHook(id, owner, remote)),
      );
      return [...own, ...foreign].filter((hook) => connection === undefined || hook.connection === connection);
    },
    async refresh(connection) {
      const wanted = connections.list().filter(({ id }) => connection === undefined || id === connection);
      if (connection !== undefined && wanted.length === 0) connections.open(connection);
      const known = new Set(connections.list().map(({ id }) => id));
      for (const id of seen.keys()) if (!known.has(id)) seen.delete(id);
      problems = problems.filter((problem) => known.has(problem.connection));
      await Promise.all(wanted.map(({ id }) => refreshOne(id)));
    },
    async update({ id, foreign = false, rotateSecret: rotates, ...wanted }) {
      const own = recordOf(id);
      const { connection, remote } = own ? { connection: own.connection, remote: undefined } : foreignOf(id, foreign);
      const { support, context } = supportOf(connection);
      const target = own ? own.providerId && reference(own, own.providerId) : remote;
      if (!target) throw new RingbackError('conflict', 'This hook is still being created.');
      checkChange(support, own ?? remote, wanted);
      if (Object.keys(wanted).length > 0) {
        await support.update(context, target, { ...clean(wanted), ...(own ? { installation } : {}) });
      }
      if (own && rotates) await rotateSecret(own, target.providerId);
      const { filter, attribute, status } = wanted;
      if (own) {
        change(id, {
          ...(status ? { status } : {}),
          ...(filter === undefined ? {} : { filter: filter ?? undefined }),
          ...(attribute === undefined ? {} : { attribute: attribute ?? undefined }),
        });
        return toOwn(recordOf(id) ?? own);
      }
      await refreshOne(connection);
      const now = seen.get(connection)?.get(id);
      if (!now) throw new RingbackError('not-found', 'This hook is not here any more.');
      return foreignHook(id, connection, now);
    },
    async remove(id, agreed) {
      const own = recordOf(id);
      if (own) return removeOwn(own);
      const { connection, remote } = foreignOf(id, agreed);
      const { support, context } = supportOf(connection);
      await support.remove(context, remote);
      const rest = new Map(seen.get(connection));
      rest.delete(id);
      seen.set(connection, rest);
      options.changed();
    },
    async removeAll(connection, keepAtProvider) {
      for (const hook of records.all.filter((one) => one.connection === connection)) {
        if (keepAtProvider) records.remove(hook.id);
        else await removeOwn(hook);
      }
      seen.delete(connection);
      problems = problems.filter((problem) => problem.connection !== connection);
      options.changed();
    },
  };
}

function checkChange(
  support: HookSupport,
  hook: Pick<RemoteHook, 'system' | 'event' | 'scope' | 'region'> | HookRecord | undefined,
  { filter, attribute }: { filter?: string | null | undefined; attribute?: HookRecord['attribute'] | null | undefined },
): void {
  if (!hook || (filter == null && attribute == null)) return;
  const { system, event, scope, region } = hook;
  support.inspect(
    clean({ system, event, scope, region, filter: filter ?? undefined, attribute: attribute ?? undefined }),
  );
}

function reference(hook: HookRecord, providerId: string): HookReference {
  return clean({ providerId, system: hook.system, event: hook.event, region: hook.region });
}

/** The same without members that are undefined. */
type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
function clean<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}

function observed(remote: RemoteHook): Partial<HookRecord> {
  const { providerId, system, event, region, status, filter } = remote;
  const attribute = remote.attribute as HookRecord['attribute'];
  return { ...clean({ providerId, system, event, region, status }), filter, attribute };
}

function foreignId(connection: string, { providerId, region = '' }: RemoteHook): string {
  const digest = createHash('sha256').update(`${connection}\n${region}\n${providerId}`).digest('hex');
  return `seen-${digest.slice(0, 24)}`;
}

function ownHook(hook: HookRecord, publicUrl: string | undefined, lastEvent: number | undefined): Hook {
  const { id, connection, system, event, scope, status, callbackUrl, providerId, region, filter, attribute } = hook;
  return clean({
    id,
    connection,
    system,
    event,
    scope,
    status,
    callbackUrl,
    providerId,
    ours: true,
    current: publicUrl !== undefined && callbackUrl.startsWith(`${publicUrl}/in/`),
    region,
    filter,
    attribute,
    createdAt: toTime(hook.createdAt),
    lastEventAt: lastEvent === undefined ? undefined : toTime(lastEvent),
  });
}

function foreignHook(id: string, connection: string, remote: RemoteHook): Hook {
  const { system, event, scope, status, callbackUrl, providerId, region, filter, createdAt } = remote;
  return clean({
    id,
    connection,
    system,
    event,
    scope,
    status,
    callbackUrl,
    providerId,
    ours: false,
    region,
    filter,
    attribute: remote.attribute as Hook['attribute'],
    createdAt: createdAt === undefined ? undefined : toTime(createdAt),
  });
}
