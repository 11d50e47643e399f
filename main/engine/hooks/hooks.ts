import { setTimeout as delay } from 'node:timers/promises';
import type {
  Hook,
  HookHistoryEntry,
  HookPlan,
  HookProblem,
  ParsedInput,
  ReconcileProgress,
} from '../../../preload/contract/index.ts';
import type { Connections } from '../connections/index.ts';
import { RingbackError } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import { hookMessages, type Message } from '../messages/index.ts';
import type { Notifier } from '../notifications/index.ts';
import type { Ledger, Stamp } from '../storage/index.ts';
import { createHookCreation } from './creation.ts';
import { createExternalHooks } from './external.ts';
import { createHookQueues } from './hook-queues.ts';
import { createOwnHooks, createSecretHandover } from './own.ts';
import { createHookProviders } from './providers.ts';
import type { DuplicateWatchOptions, Wait } from './reconcile/index.ts';
import { createHookListings, createHookReconciler } from './reconcile/index.ts';
import type { HookRecord, HookRecords } from './records/index.ts';
import { ownHook } from './view.ts';

/** The hooks at the providers, and the records of those that this installation created. */
export interface Hooks {
  create(input: ParsedInput<'hooks.create'>): Promise<Hook>;
  list(connection?: string): Hook[];
  /** Lists the hooks of the connections; failures are in `problems`, and thrown where nothing could be listed. */
  refresh(connection?: string): Promise<void>;
  readonly problems: readonly HookProblem[];
  update(input: ParsedInput<'hooks.update'>): Promise<Hook>;
  /** A hook that this installation did not create is removed only with the user's confirmation. */
  remove(id: string, isConfirmed: boolean): Promise<void>;
  /** Removes the own hooks of a connection at the provider, or only forgets them. */
  removeAll(connection: string, keepAtProvider: boolean): Promise<void>;
  /** To be called at start, on waking, and when the public address changed: reconciles the providers soon. */
  scheduleReconcile(): void;
  /** Reconciles now and says what was done; with `dryRun` what would be. */
  reconcile(input: ParsedInput<'hooks.reconcile'>): Promise<HookPlan>;
  readonly progress: ReconcileProgress;
  /** Other computers may change the same hooks. */
  coordinate(coordinator: HookCoordinator): void;
  history(limit: number): HookHistoryEntry[];
  close(): Promise<void>;
}

/** Whether this computer may change hooks that another one may change, too. */
interface HookCoordinator {
  /** Why it may not; undefined where it may. */
  heldReason(): Message | undefined;
  /** Whether that is not known yet: until it is, hooks are not repaired. */
  isUndecided(): boolean;
  /** Whether it is known at present that this computer may change them, and so that no other one does. */
  isConfirmed(): boolean;
  /** Resolves once a computer that may take over has the records, too. Rejects where that cannot be. */
  copied(): Promise<void>;
}

interface HooksOptions extends DuplicateWatchOptions {
  readonly connections: Connections;
  readonly records: HookRecords;
  readonly installation: Stamp;
  readonly ledger: Ledger;
  readonly notifier: Pick<Notifier, 'queue'>;
  /** The public address, without a trailing slash; undefined where there is none. */
  publicUrl(): string | undefined;
  /** The public address, opened and waited for if necessary. Throws where there is none. */
  awaitUrl(): Promise<string>;
  /** The public address while it is verified. */
  verifiedUrl(): string | undefined;
  /** Whether an earlier address still leads here. */
  isReachable(address: string): Promise<boolean>;
  /** When the hook's latest event arrived, in milliseconds since 1970. */
  lastEventOf(hook: string): number | undefined;
  /** The name that users see. */
  label(hook: Pick<HookRecord, 'connection' | 'system' | 'event' | 'scope'>): Message;
  /** Why nothing may be changed at the providers; undefined where all may. */
  heldReason(): Message | undefined;
  readonly log: Log;
  now(): number;
  readonly wait?: Wait;
  changed(): void;
}

export function createHooks(given: HooksOptions): Hooks {
  const { options, coordinate } = withCoordinator(given);
  const { connections, records, changed } = options;
  const { open, listings, reconciler, queues, own, external, create } = openParts(options);
  const supported = (): string[] =>
    connections.list().flatMap(({ id }) => (connections.supports(id, 'hooks') ? [id] : []));

  return {
    create,
    get problems() {
      return listings.problems;
    },
    list: (connection) =>
      [...records.all.map(own.toView), ...external.all()].filter(
        (hook) => connection === undefined || hook.connection === connection,
      ),
    async refresh(connection) {
      if (connection !== undefined) connections.open(connection);
      const wanted = supported().filter((id) => connection === undefined || id === connection);
      const failures = await Promise.all(wanted.map((id) => listings.refresh(id)));
      const [first] = failures;
      if (first && failures.every(Boolean)) throw first;
    },
    update({ id, foreign: isConfirmed = false, rotateSecret = false, acceptUnsigned, ...edit }) {
      const record = records.byId(id);
      if (!record) return external.update(id, edit, isConfirmed);
      if (acceptUnsigned !== undefined) setAcceptUnsigned(record, acceptUnsigned, options);
      return queues.queueOf(id)(() => own.update(id, edit, rotateSecret));
    },
    async remove(id, isConfirmed) {
      if (!records.byId(id)) return external.remove(id, isConfirmed);
      await queues.queueOf(id)(() => own.remove(id));
      await dropRejected([id], options);
    },
    async removeAll(connection, keepAtProvider) {
      const ids = records.all.filter((one) => one.connection === connection).map(({ id }) => id);
      try {
        if (keepAtProvider) records.release(ids);
        else for (const id of ids) await queues.queueOf(id)(() => own.remove(id));
      } finally {
        // Where one hook cannot be removed, those before it are gone all the same.
        const removed = ids.filter((id) => !records.byId(id));
        await dropRejected(removed, options);
      }
      listings.forget(connection);
      changed();
    },
    coordinate,
    scheduleReconcile: reconciler.schedule,
    async reconcile(input) {
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

function setAcceptUnsigned(hook: HookRecord, acceptUnsigned: boolean, options: HooksOptions): void {
  if (!options.connections.connectorOf(hook.connection)?.mayBeUnsigned && acceptUnsigned) {
    throw new RingbackError('invalid-input', hookMessages.alwaysSigned());
  }
  options.records.change(new Map([[hook.id, { acceptUnsigned }]]));
  options.changed();
}

/** The content of rejected deliveries goes with their hooks; the reasons stay until they are old. */
async function dropRejected(hooks: readonly string[], { ledger, log }: HooksOptions): Promise<void> {
  if (hooks.length === 0) return;
  await ledger
    .write('rejectedDropped', hooks)
    .catch((error: unknown) => log.warn('hooks', `Rejected deliveries could not be deleted: ${describe(error)}`));
}

interface PartsOptions extends HooksOptions {
  /** Why another computer may change the hooks at present, so that they are not even listed; undefined where none may. */
  holdReason(): Message | undefined;
  copied(): Promise<void>;
}

/** The coordinator comes later than the hooks; before, nobody else changes them. */
function withCoordinator(given: HooksOptions) {
  let coordinator: HookCoordinator = {
    heldReason: () => undefined,
    isUndecided: () => false,
    isConfirmed: () => false,
    copied: async () => {},
  };
  const options: PartsOptions = {
    ...given,
    heldReason: () => coordinator.heldReason() ?? given.heldReason(),
    copied: () => coordinator.copied(),
    duplicateFound: (address, isActive) => !coordinator.isConfirmed() && given.duplicateFound(address, isActive),
    holdReason: () => options.heldReason() ?? (coordinator.isUndecided() ? hookMessages.undecided() : undefined),
  };
  const coordinate = (next: HookCoordinator): void => {
    coordinator = next;
  };
  return { options, coordinate };
}

function openParts(options: PartsOptions) {
  const { connections, records, log } = options;
  const { open, rateLimitOf } = createHookProviders(options);
  const queues = createHookQueues();
  const setSecret = createSecretHandover(records, open);
  const shared = { ...options, open, isInProgress: queues.has, address: options.verifiedUrl };
  const listings = createHookListings({
    ...shared,
    confirmSecret: (hook) =>
      setSecret(hook, hook.providerId ?? '').catch((error: unknown) =>
        log.warn('hooks', `The secret of a hook could not be handed over: ${describe(error)}`),
      ),
  });
  const reconciler = createHookReconciler({
    ...shared,
    listings,
    rateLimitOf,
    queueOf: queues.queueOf,
    connections: () => connections.list().flatMap(({ id }) => (connections.supports(id, 'hooks') ? [id] : [])),
    wait: options.wait ?? waitQuietly,
  });
  const toView = (hook: HookRecord): Hook =>
    ownHook(hook, {
      publicUrl: options.publicUrl(),
      lastEvent: options.lastEventOf(hook.id),
      healing: reconciler.actionOf(hook.id),
      mayBeUnsigned: connections.connectorOf(hook.connection)?.mayBeUnsigned ?? false,
    });
  return {
    open,
    queues,
    listings,
    reconciler,
    own: createOwnHooks({ ...shared, setSecret, toView, scheduleReconcile: reconciler.schedule }),
    external: createExternalHooks(options, open, listings),
    create: createHookCreation({ ...shared, listings, queueOf: queues.queueOf, toView }),
  };
}

async function waitQuietly(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal, ref: false }).catch(() => {});
}
