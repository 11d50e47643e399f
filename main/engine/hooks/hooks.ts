import { setTimeout as delay } from 'node:timers/promises';
import type {
  Hook,
  HookHistoryEntry,
  HookPlan,
  HookProblem,
  ParsedInput,
  ReconcileProgress,
} from '../../../preload/contract.ts';
import type { Connections } from '../connections/index.ts';
import { RingbackError } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import type { Notifier } from '../notifications/index.ts';
import type { Ledger } from '../storage/index.ts';
import { createExternalHooks } from './external.ts';
import { createHookQueues } from './hook-queues.ts';
import { createHookListings, observed } from './listings.ts';
import { createOwnHooks, createSecretHandover } from './own.ts';
import { createHookProviders } from './providers.ts';
import type { Wait } from './rate-limit.ts';
import { createHookReconciler } from './reconciler.ts';
import type { HookRecord, HookRecords } from './records.ts';
import { clean, ownHook } from './view.ts';

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
  scheduleReconcile(): void;
  /** Does so now and says what was done; with `dryRun` what would be. */
  reconcile(input: ParsedInput<'hooks.reconcile'>): Promise<HookPlan>;
  readonly progress: ReconcileProgress;
  history(limit: number): HookHistoryEntry[];
  close(): Promise<void>;
}

export interface HooksOptions {
  readonly connections: Connections;
  readonly records: HookRecords;
  readonly installation: string;
  readonly ledger: Ledger;
  readonly notifier: Pick<Notifier, 'queue'>;
  /** The public address, without a trailing slash; undefined where there is none. */
  publicUrl(): string | undefined;
  /** The public address, opened and waited for where need be. Throws where there is none. */
  awaitUrl(): Promise<string>;
  /** The public address while it is proven to lead here. */
  verifiedUrl(): string | undefined;
  /** Whether an earlier address still leads here. */
  isReachable(address: string): Promise<boolean>;
  /** When the hook's latest event came, in milliseconds since 1970. */
  lastEventOf(hook: string): number | undefined;
  /** How people call the hook. */
  label(hook: Pick<HookRecord, 'connection' | 'system' | 'event' | 'scope'>): string;
  readonly log: Log;
  now(): number;
  readonly wait?: Wait;
  changed(): void;
}

export function createHooks(options: HooksOptions): Hooks {
  const { connections, records, installation, log, changed } = options;
  const providers = createHookProviders(connections, options.now);
  const { open } = providers;
  const queues = createHookQueues();
  const setSecret = createSecretHandover(records, open);
  const listings = createHookListings({
    records,
    open,
    isInProgress: queues.has,
    confirmSecret: async (hook) =>
      setSecret(hook, hook.providerId ?? '').catch((error: unknown) =>
        log.warn('hooks', `The secret of a hook could not be handed over: ${describe(error)}`),
      ),
    address: options.verifiedUrl,
    log,
    changed,
  });
  const reconciler = createHookReconciler({
    ...{ records, listings, installation, log, changed, open },
    ...{ ledger: options.ledger, notifier: options.notifier, label: options.label, isReachable: options.isReachable },
    connections: () => connections.list().flatMap(({ id }) => (connections.supports(id, 'hooks') ? [id] : [])),
    rateLimitOf: providers.rateLimitOf,
    address: options.verifiedUrl,
    queueOf: queues.queueOf,
    isInProgress: queues.has,
    now: options.now,
    wait: options.wait ?? waitQuietly,
  });
  const toOwn = (hook: HookRecord): Hook => {
    const lastEvent = options.lastEventOf(hook.id);
    return ownHook(hook, { publicUrl: options.publicUrl(), lastEvent, healing: reconciler.actionOf(hook.id) });
  };
  const own = createOwnHooks({ ...options, open, setSecret, toOwn, scheduleReconcile: reconciler.schedule });
  const foreign = createExternalHooks(options, open, listings);

  return {
    get problems() {
      return listings.problems;
    },
    async create({ connection, ...request }) {
      const { support, context } = open(connection);
      const defaults = context.settings.region === undefined ? {} : { region: context.settings.region };
      const wanted = clean({ ...defaults, ...request });
      support.inspect(wanted);
      const address = await options.awaitUrl();
      const { hook, secret } = await records.create({ ...wanted, connection, address });
      try {
        return await queues.queueOf(hook.id)(async () => {
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
      return queues.queueOf(id)(() => own.update(id, change, rotateSecret));
    },
    remove(id, agreed) {
      if (!records.byId(id)) return foreign.remove(id, agreed);
      return queues.queueOf(id)(() => own.remove(id));
    },
    async removeAll(connection, keepAtProvider) {
      const ids = records.all.filter((one) => one.connection === connection).map(({ id }) => id);
      if (keepAtProvider) records.release(ids);
      else for (const id of ids) await queues.queueOf(id)(() => own.remove(id));
      listings.forget(connection);
      changed();
    },
    scheduleReconcile: reconciler.schedule,
    reconcile: async (input) => {
      if (input.connection !== undefined) open(input.connection);
      return reconciler.reconcile(input);
    },
    get progress() {
      return reconciler.progress;
    },
    history: reconciler.history,
    close: reconciler.close,
  };
}

async function waitQuietly(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal, ref: false }).catch(() => {});
}
