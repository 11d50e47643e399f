import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Change, Hook, Problem, Status } from '../../preload/contract.ts';
import { answer, createAnswers } from './answers.ts';
import { openBackups } from './backups/index.ts';
import { createSignIns, openConnections } from './connections/index.ts';
import type { Connector } from './connector/index.ts';
import {
  connectionChecks,
  createDoctor,
  createTestDeliveries,
  type GeneralCheckOptions,
  generalChecks,
  hookChecks,
} from './doctor/index.ts';
import { RingbackError, toProblem } from './errors.ts';
import type { Wait } from './hooks/index.ts';
import {
  createCallbackAddresses,
  createHooks,
  createScopeNames,
  type HookNaming,
  hookLabel,
  openHookRecords,
  startInactivityMonitor,
} from './hooks/index.ts';
import { createEcho, createHookRoutes, createRouter } from './ingress/index.ts';
import { openJobs } from './jobs/index.ts';
import { createLog, describe, mask } from './log.ts';
import { createNotifier, createWarnings } from './notifications/index.ts';
import type { Ports } from './ports.ts';
import { createRecovery } from './recovery/index.ts';
import {
  createEvents,
  createResourceNames,
  createSecretStore,
  createStoredSettings,
  createStoredValue,
  type LedgerError,
  openLedger,
  startRetention,
  toTime,
} from './storage/index.ts';
import { openEndpoint, probe } from './tunnel/index.ts';

/** Everything behind the window, in plain Node. */
export interface Engine {
  /** Answers a question of the contract; failures come as data, it never rejects. */
  ask(method: string, input: unknown): Promise<Reply>;
  /** Returns the function that ends listening. */
  listen(listener: (change: Change) => void): () => void;
  /** To be called when the computer wakes or the network changes. */
  wake(): void;
  /** Tells the user something outside any event: shown in the status until dismissed. */
  warn(message: string): void;
  close(): Promise<void>;
}
export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: Problem };

export interface EngineOptions {
  readonly ports: Ports;
  readonly connectors: readonly Connector[];
  /** Whether the embedded sandbox is running beside it. */
  readonly sandbox?: boolean;
  /** How the hooks wait, for a provider's quota and for the next look; timers where absent. */
  readonly wait?: Wait;
}

export async function openEngine({ ports, connectors, sandbox = false, wait }: EngineOptions): Promise<Engine> {
  const { now, fetch, store } = ports;
  const log = createLog((entry) => ports.log(entry));
  const ending = new AbortController();
  const listeners = new Set<(change: Change) => void>();
  const tell = (change: Change): void => {
    for (const listener of listeners) listener(change);
    if (ready && change.type !== 'status') endpoint.tunnel.updateNeed();
  };
  let ready = false;
  const statusChanged = (): void => {
    if (ready && listeners.size > 0) tell({ type: 'status', status: status() });
  };
  const warnings = createWarnings(now, statusChanged);
  const warn = (message: string): void => {
    log.info('engine', message);
    warnings.add(message);
  };

  const installation = createStoredValue(store, 'installation', z.string().min(8), '', warn);
  if (!installation.value) installation.set(randomBytes(8).toString('hex'));
  const settings = createStoredSettings(store, warn);
  const secretStore = createSecretStore(ports.cipher);
  const ledger = await openLedger(join(ports.folder, 'events.sqlite'), (place) =>
    warn(`The event store was damaged. It was set aside as ${place}, and a new one begun.`),
  );
  const events = createEvents(ledger);
  const resourceNames = createResourceNames({ ledger, log, changed: () => tell({ type: 'hooks' }) });
  const connections = await openConnections({
    store,
    secretStore,
    connectors,
    fetch,
    signal: ending.signal,
    now,
    warn,
    changed: () => tell({ type: 'connections' }),
    attemptOf: (id) => signIns.attemptOf(id),
    credentialsChanged: (id) => signIns.credentialsChanged(id),
  });
  const records = await openHookRecords(store, secretStore, now, warn);
  const notifier = createNotifier({
    ledger,
    events,
    follow: () => jobs.processEvents(),
    settings: () => settings.value.notifications,
    now,
    log,
    notify: (note) => ports.notify(note),
    shown: (notification) => tell({ type: 'notification', notification }),
  });
  const signIns = createSignIns({
    ...{ connections, notifier, store, now, log, warn },
    open: (url) => ports.open(url),
    changed: () => tell({ type: 'connections' }),
    signedIn: (id) => void hooks.refresh(id).catch(() => {}),
  });

  const { addressOf, connectionOf, signingOf } = createCallbackAddresses({ records, connections, connectors });
  let toldOfDisk = false;
  const storageFailed = (error: LedgerError): void => {
    if (toldOfDisk) return;
    toldOfDisk = true;
    const body = `${error.message} The sender was asked to come again.${error.full ? ' Make room soon.' : ''}`;
    warn(`A callback could not be stored. ${body}`);
    void notifier
      .show({ title: 'A callback could not be stored', body })
      .catch((reason) => log.warn('engine', describe(reason)));
  };
  const tellEvent = (id: number): void => {
    try {
      const event = listeners.size > 0 ? events.event(id) : undefined;
      if (event) tell({ type: 'event', event });
    } catch (error) {
      log.warn('engine', `An event could not be told to the window: ${describe(error)}`);
    }
  };
  const echo = createEcho();
  const testDeliveries = createTestDeliveries();
  const findHookRoute = createHookRoutes({
    ledger,
    addressOf,
    now,
    isTestDelivery: (body) => testDeliveries.isTestDelivery(body),
    stored(event) {
      toldOfDisk = false;
      tellEvent(event);
      notifier.process();
      retention.count();
    },
    repeated: tellEvent,
  });
  const backups = openBackups({
    ...{ ports, connectors, connections, ledger, secretStore, events, notifier, log, warn, tell },
    settings: () => settings.value.backups,
    tunnel: () => endpoint.tunnel,
    stored(event) {
      toldOfDisk = false;
      tellEvent(event);
    },
  });
  const endpoint = await openEndpoint({
    settings: settings.value,
    router: createRouter({
      ...{ echo, ledger, events, resourceNames, now, log },
      finders: [findHookRoute, backups.findRoute],
      rejected: ({ receivedAt, hook, reason }) =>
        tell({ type: 'rejection', rejection: { receivedAt: toTime(receivedAt), hook, reason } }),
      storageFailed,
    }),
    echo,
    fetch,
    needed: () => records.all.length > 0 || backups.waiting,
    now,
    log,
    changed() {
      statusChanged();
      if (!ready) return;
      reconcileAtNewAddress();
      backups.wake();
      recovery.check();
    },
  });
  let reconciledAt: string | undefined;
  const reconcileAtNewAddress = (): void => {
    const { status, url } = endpoint.tunnel;
    if (status.state !== 'up' || url === reconciledAt) return;
    reconciledAt = url;
    hooks.scheduleReconcile();
  };
  const hooks = createHooks({
    connections,
    records,
    installation: installation.value,
    publicUrl: () => endpoint.tunnel.url,
    awaitUrl: () => endpoint.tunnel.awaitUrl(),
    verifiedUrl: () => (endpoint.tunnel.status.state === 'up' ? endpoint.tunnel.url : undefined),
    isReachable: async (url) =>
      (await probe({ url, echo, fetch, deadline: 5000, signal: ending.signal })) === undefined,
    lastEventOf: (hook) => events.lastOf(hook),
    label: ({ connection, ...hook }) => labelOf(connection, hook),
    ...{ ledger, notifier, now, log },
    ...(wait ? { wait } : {}),
    changed() {
      tell({ type: 'hooks' });
      if (!ready) return;
      recovery.check();
      scopeNames.learn(hooks.list());
    },
  });
  const scopeNames = createScopeNames({
    connections,
    resourceNames,
    nameOf: (resource) => events.nameOf(resource),
    log,
  });
  const jobs = openJobs({
    ...{ ledger, connections, events, notifier, now, log, publish: tell },
    hooks: () => hooks,
    installation: installation.value,
    missed: () => recovery.check(),
  });
  function labelOf(connection: string, hook: HookNaming): string {
    return hookLabel(hook, connectionOf(connection).connector.hooks?.catalogue, (resource) => events.nameOf(resource));
  }
  const ownHooks = (): readonly Hook[] => hooks.list().filter(({ ours }) => ours);
  const recovery = createRecovery({
    ledger,
    events,
    resourceNames,
    hooks: ownHooks,
    open: (connection) => connections.open(connection),
    reachable: () => endpoint.tunnel.status.state === 'up',
    jobs: () => jobs,
    now,
    log,
    muted: () => notifier.muted,
    stored: tellEvent,
    queued: () => notifier.process(),
    changed: () => tell({ type: 'recovery' }),
  });
  const inactivity = startInactivityMonitor({
    ...{ store, ledger, notifier, now, log, warn },
    hooks: ownHooks,
    label: (hook) => labelOf(hook.connection, hook),
    changed: () => tell({ type: 'hooks' }),
  });
  const general: GeneralCheckOptions = {
    endpoint,
    notifications: () => settings.value.notifications,
    connection: connectionOf,
    signIn: (id) => connections.check(id),
    refreshHooks: (id) => hooks.refresh(id),
    hookProblems: () => hooks.problems,
    backupAccounts: () => backups.accounts(),
    fetch,
    now,
  };
  const doctor = createDoctor({
    checks: {
      whole: generalChecks(general),
      connection: connectionChecks(general),
      hook: hookChecks({
        open: (connection) => connections.open(connection),
        label: (hook) => labelOf(hook.connection, hook),
        async sendTestDelivery(hook) {
          const signing = signingOf(hook);
          return signing && testDeliveries.send({ url: hook.callbackUrl, ...signing, fetch });
        },
        bodiesLike: ({ connection, event }) => events.bodiesOf(connection, event, 50),
        rejections: (hook) => events.rejections(1000).filter((one) => one.hook === hook),
        activity: (hook) => inactivity.of(hook),
        workflow: (hook) => jobs.workflowCheck(hook),
        now,
      }),
    },
    connections: () => connections.list(),
    hooks: ownHooks,
    version: ports.version,
    now,
    mask,
  });
  const retention = startRetention(ledger, () => settings.value.retention, now, log);

  function status(): Status {
    const { name, caution } = secretStore;
    return {
      version: ports.version,
      tunnel: endpoint.tunnel.status,
      receiver: endpoint.receiver,
      vault: { name, ...(caution === undefined ? {} : { caution }) },
      warnings: [...warnings.all],
      sandbox,
      desktop: ports.desktop,
    };
  }
  const settingsChanged = (): void => {
    void retention.run();
    backups.wake();
    tell({ type: 'settings', settings: settings.value });
  };
  const parts = {
    ports,
    connectors,
    settings,
    endpoint,
    connections,
    signIns,
    hooks,
    backups,
    jobs,
    events,
    resourceNames,
    notifier,
    doctor,
    recovery,
    inactivity,
    warnings,
  };
  const answers = createAnswers({ ...parts, status, settingsChanged });
  ready = true;
  signIns.startRenewals();
  notifier.process();
  backups.wake();
  jobs.wake();
  hooks.scheduleReconcile();

  return {
    async ask(method, input) {
      try {
        return { ok: true, value: await answer(answers, method, input) };
      } catch (error) {
        if (!(error instanceof RingbackError) || error.code === 'internal')
          log.warn('engine', `${method}: ${describe(error)}`);
        return { ok: false, problem: toProblem(error) };
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wake() {
      signIns.wake();
      recovery.markStale();
      endpoint.tunnel.wake();
      backups.wake();
      jobs.wake();
      hooks.scheduleReconcile();
    },
    warn,
    async close() {
      // Before the connections end, whose end would look like a failure to a backup.
      const backupsClosed = backups.close();
      const jobsClosed = jobs.close();
      await signIns.close();
      const hooksClosed = hooks.close();
      ending.abort();
      retention.stop();
      await endpoint.close();
      await backupsClosed;
      await jobsClosed;
      await hooksClosed;
      await recovery.close();
      inactivity.stop();
      await notifier.close();
      await ledger.close();
      listeners.clear();
    },
  };
}
