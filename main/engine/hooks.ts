import type { Hook, HookProblem, ParsedInput } from '../../preload/contract.ts';
import type { Connections } from './connections.ts';
import type { Context, HookReference, HookSupport, RemoteHook } from './connector.ts';
import { RingbackError } from './errors.ts';
import { createHookListings, observed } from './hook-listings.ts';
import type { HookRecord, HookRecords } from './hook-records.ts';
import { clean, foreignHook, ownHook } from './hook-view.ts';
import { describe, type Log } from './log.ts';

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
}

export interface HooksOptions {
  readonly connections: Connections;
  readonly records: HookRecords;
  readonly installation: string;
  /** The public address, without a trailing slash; undefined where there is none. */
  publicUrl(): string | undefined;
  /** The public address, opened and waited for where need be. Throws where there is none. */
  reach(): Promise<string>;
  /** When the hook's latest event came, in milliseconds since 1970. */
  lastEventOf(hook: string): number | undefined;
  readonly log: Log;
  changed(): void;
}

type Change = Omit<ParsedInput<'hooks.update'>, 'id' | 'foreign' | 'rotateSecret'>;

export function createHooks(options: HooksOptions): Hooks {
  const { connections, records, installation, log, changed } = options;
  const underway = new Set<string>();
  const rotating = new Map<string, Promise<void>>();

  const open = (connection: string): { support: HookSupport; context: Context } => {
    const { connector, context, name } = connections.open(connection);
    if (!connector.hooks) throw new RingbackError('invalid-input', `${name} has no hooks.`);
    return { support: connector.hooks, context };
  };
  const toOwn = (hook: HookRecord): Hook => ownHook(hook, options.publicUrl(), options.lastEventOf(hook.id));

  /** One at a time for each hook, so that the last secret handed over is the one that counts as present. */
  const setSecret = (hook: HookRecord, providerId: string): Promise<void> => {
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
  const listings = createHookListings({
    records,
    open,
    isUnderway: (id) => underway.has(id),
    confirmSecret: async (hook) =>
      setSecret(hook, hook.providerId ?? '').catch((error: unknown) =>
        log(`The secret of a hook could not be handed over: ${describe(error)}`),
      ),
    log,
    changed,
  });

  const foreignOf = (id: string, agreed: boolean): { connection: string; remote: RemoteHook } => {
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

  const removeOwn = async (hook: HookRecord): Promise<void> => {
    if (hook.providerId !== undefined) {
      const { support, context } = open(hook.connection);
      await support.remove(context, reference(hook, hook.providerId));
    }
    records.remove([hook.id]);
    changed();
  };

  const updateOwn = async (hook: HookRecord, change: Change, rotates: boolean): Promise<Hook> => {
    const { id, connection, providerId } = hook;
    if (providerId === undefined) throw new RingbackError('conflict', 'This hook is still being created.');
    const { support, context } = open(connection);
    inspectChange(support, hook, change);
    if (Object.keys(change).length > 0) {
      await support.update(context, reference(hook, providerId), { ...clean(change), installation });
      const { status, filter, attribute } = change;
      const changes = {
        ...(status ? { status } : {}),
        ...(filter === undefined ? {} : { filter: filter ?? undefined }),
        ...(attribute === undefined ? {} : { attribute: attribute ?? undefined }),
      };
      records.change(new Map([[id, changes]]));
      changed();
    }
    if (rotates) await setSecret(hook, providerId);
    return toOwn(records.byId(id) ?? hook);
  };

  const updateForeign = async (id: string, change: Change, agreed: boolean): Promise<Hook> => {
    const { connection, remote } = foreignOf(id, agreed);
    const { support, context } = open(connection);
    inspectChange(support, remote, change);
    await support.update(context, remote, clean(change));
    await listings.refresh(connection, true);
    const present = listings.foreign(connection).get(id);
    if (!present) throw new RingbackError('not-found', 'This hook is not here any more.');
    return foreignHook(id, connection, present);
  };

  return {
    get problems() {
      return listings.problems;
    },
    async create({ connection, ...request }) {
      const { support, context } = open(connection);
      const defaults = context.settings.region === undefined ? {} : { region: context.settings.region };
      const wanted = clean({ ...defaults, ...request });
      support.inspect(wanted);
      const url = await options.reach();
      const { hook, secret } = await records.begin({ ...wanted, connection, callbackUrl: (key) => `${url}/in/${key}` });
      underway.add(hook.id);
      try {
        const made = await support.create(context, { ...wanted, callbackUrl: hook.callbackUrl, secret, installation });
        records.change(new Map([[hook.id, observed(made)]]));
        records.confirm(hook.id);
        return toOwn(records.byId(hook.id) ?? hook);
      } catch (error) {
        // It may be there all the same: then the next listing finds it, hands it its secret and keeps it.
        if (error instanceof RingbackError && error.uncertain)
          setImmediate(() => void listings.refresh(connection, true));
        else records.remove([hook.id]);
        throw error;
      } finally {
        underway.delete(hook.id);
        changed();
      }
    },
    list(connection) {
      const foreign = connections
        .list()
        .flatMap(({ id: owner }) => [...listings.foreign(owner)].map(([id, remote]) => foreignHook(id, owner, remote)));
      return [...records.all.map(toOwn), ...foreign].filter(
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
    async update({ id, foreign = false, rotateSecret = false, ...change }) {
      const own = records.byId(id);
      return own ? updateOwn(own, change, rotateSecret) : updateForeign(id, change, foreign);
    },
    async remove(id, agreed) {
      const own = records.byId(id);
      if (own) return removeOwn(own);
      const { connection, remote } = foreignOf(id, agreed);
      const { support, context } = open(connection);
      await support.remove(context, remote);
      listings.forget(connection, id);
      changed();
    },
    async removeAll(connection, keepAtProvider) {
      for (const hook of records.all.filter((one) => one.connection === connection)) {
        if (keepAtProvider) records.remove([hook.id]);
        else await removeOwn(hook);
      }
      listings.forget(connection);
      changed();
    },
  };
}

/** Only what is new is held against the rules: a hook that they would not have made may still be paused. */
function inspectChange(support: HookSupport, hook: HookRecord | RemoteHook, { filter, attribute }: Change): void {
  if (filter == null && attribute == null) return;
  const { system, event, scope, region } = hook;
  support.inspect(
    clean({ system, event, scope, region, filter: filter ?? undefined, attribute: attribute ?? undefined }),
  );
}

function reference({ system, event, region }: HookRecord, providerId: string): HookReference {
  return clean({ providerId, system, event, region });
}
