import type { Hook } from '../../../preload/contract/index.ts';
import { type Backups, openBackups } from '../backups/index.ts';
import { createTestDeliveries, type TestDeliveries } from '../doctor/index.ts';
import { createForwarding, type Forwarding } from '../forward/index.ts';
import {
  createHooks,
  createScopeNames,
  type Hooks,
  type InactivityMonitor,
  startInactivityMonitor,
  type Wait,
} from '../hooks/index.ts';
import { createHookRoutes, instanceKey } from '../ingress/index.ts';
import { type Jobs, openJobs } from '../jobs/index.ts';
import { describe } from '../log.ts';
import { installationMessages, type Message, referenceOf } from '../messages/index.ts';
import { createRecovery, type Recovery } from '../recovery/index.ts';
import { hours } from '../timing/index.ts';
import { isOtherInstance, probe } from '../tunnel/index.ts';
import type { ConnectionsStage } from './open-connections.ts';

/** The fourth stage: hooks, jobs, backups, and the recovery of missed events. */
export interface DomainsStage extends ConnectionsStage {
  readonly hooks: Hooks;
  /** The hooks created here. */
  ownHooks(): readonly Hook[];
  readonly backups: Backups;
  readonly jobs: Jobs;
  readonly recovery: Recovery;
  readonly inactivity: InactivityMonitor;
  readonly testDeliveries: TestDeliveries;
  readonly forwarding: Forwarding;
}

/** A folder with an event within this time is likely to have more. */
const busyPeriod = hours(1);

/** Nothing is done with what is stored before the effects are started. */
export function openDomains(stage: ConnectionsStage, wait: Wait | undefined, closing: Closing): DomainsStage {
  const { bus, events, resourceNames, records, addresses, ledger, ports, notifier, connections, endpoint } = stage;
  const { now } = ports;
  const hooks = openHooks(stage, wait);
  closing.add(() => hooks.close());
  const ownHooks = (): readonly Hook[] => hooks.list().filter(({ ours }) => ours);
  const backups = openBackupsStage(stage);
  closing.add(() => backups.close());
  const jobs = openJobs({
    ...{ ledger, connections, events, notifier, now, log: stage.log, installation: stage.installation },
    publish: (change) => bus.emit('change', change),
    hooks: () => hooks,
    missed: () => bus.emit('missed'),
  });
  closing.add(() => jobs.close());
  const recovery = createRecovery({
    ...{ ledger, events, resourceNames, now, log: stage.log },
    eventNouns: stage.connectors.flatMap(({ eventNouns = [] }) => eventNouns),
    hooks: ownHooks,
    open: (connection) => connections.open(connection),
    reachable: () => endpoint.tunnel.status.state === 'up',
    jobs: () => jobs,
    muted: () => notifier.muted || stage.alerts.isActive('tunnel'),
    stored: (event) => bus.emit('seen', { event }),
    queued: () => bus.emit('due'),
    changed: () => bus.emit('change', { type: 'recovery' }),
  });
  closing.add(() => recovery.close());
  const inactivity = startInactivityMonitor({
    ...{ store: ports.store, ledger, notifier, now, log: stage.log, warn: stage.warn },
    hooks: ownHooks,
    label: (hook) => stage.labelOf(hook.connection, hook),
    changed: () => bus.emit('change', { type: 'hooks' }),
  });
  closing.add(async () => inactivity.stop());
  const forwarding = createForwarding({
    ...{ ledger, now, log: stage.log, warn: stage.warn, notifier },
    ...{ store: ports.store, secretStore: stage.secretStore, fetch: ports.fetch },
    labelOf: (id) => labelOfHook(stage, ownHooks(), id),
    connectionOf: addresses.connectionOf,
  });
  closing.add(() => forwarding.close());
  const testDeliveries = createTestDeliveries();
  const findHookRoute = createHookRoutes({
    ...{ ledger, now, addressOf: addresses.addressOf },
    isTestDelivery: (body) => testDeliveries.isTestDelivery(body),
    stored: (event) => bus.emit('stored', { event }),
    repeated: (event) => bus.emit('seen', { event }),
    delivered: stage.endpoint.tunnel.confirm,
  });
  let lastStored = Number.NEGATIVE_INFINITY;
  bus.on('stored', () => {
    lastStored = now();
  });
  stage.serve({
    finders: [findHookRoute, backups.findRoute],
    isNeeded: () => records.all.length > 0 || backups.waiting,
    isAwaited: () => backups.waiting || jobs.waiting || now() - lastStored < busyPeriod,
  });
  return { ...stage, hooks, ownHooks, backups, jobs, recovery, inactivity, testDeliveries, forwarding };
}

function labelOfHook({ labelOf }: ConnectionsStage, hooks: readonly Hook[], id: string) {
  const hook = hooks.find((one) => one.id === id);
  return { connection: hook?.connection ?? '', label: hook ? labelOf(hook.connection, hook) : id };
}

/** Collects what has to begin closing before requests to providers end, and is waited for afterwards. */
export interface Closing {
  add(close: () => Promise<void>): void;
}

/** Runs all that was added at the same time, latest first, when the stack gets there; waits for it further down. */
export function createClosing(stack: AsyncDisposableStack): { readonly begin: () => void; readonly closing: Closing } {
  const closes: (() => Promise<void>)[] = [];
  const running: Promise<void>[] = [];
  stack.defer(async () => void (await Promise.all(running)));
  return {
    begin: () => running.push(...closes.reverse().map((close) => close())),
    closing: { add: (close) => void closes.push(close) },
  };
}

function openHooks(stage: ConnectionsStage, wait: Wait | undefined): Hooks {
  const { ports, bus, log, ledger, notifier, connections, records, endpoint, echo, signal, events } = stage;
  const { now, fetch } = ports;
  const { resourceNames, installation } = stage;
  const nameOf = (resource: string): string | undefined => events.nameOf(resource);
  const scopeNames = createScopeNames({ connections, resourceNames, nameOf, log });
  const hooks = createHooks({
    ...{ connections, records, installation, ledger, notifier, now, log },
    ...duplicateOptions(stage),
    publicUrl: () => endpoint.tunnel.url,
    awaitUrl: () => endpoint.tunnel.awaitUrl(),
    verifiedUrl: () => (endpoint.tunnel.status.state === 'up' ? endpoint.tunnel.url : undefined),
    isReachable: async (url) => (await probe({ url, echo, fetch, deadline: 5000, signal })) === undefined,
    lastEventOf: (hook) => events.lastOf(hook),
    label: ({ connection, ...hook }) => stage.labelOf(connection, hook),
    ...(wait ? { wait } : {}),
    changed() {
      bus.emit('change', { type: 'hooks' });
      bus.emit('hooks');
    },
  });
  bus.on('hooks', () => scopeNames.learn(hooks.list()));
  bus.on('signedIn', ({ connection }) => void hooks.refresh(connection).catch(() => {}));
  return hooks;
}

/** Milliseconds within which another computer answers; a dead address may hold up the repair of hooks no longer. */
const duplicateDeadline = 2000;

/** How another computer that runs with a copy of these data is noticed, and what follows. */
function duplicateOptions(stage: ConnectionsStage) {
  const { installation, echo, ports, signal, bus, notifier, log } = stage;
  const { fetch } = ports;
  return {
    heldReason(): Message | undefined {
      if (installation.isCopied) return installationMessages.copied();
      const address = installation.duplicate;
      return address === undefined ? undefined : installationMessages.duplicated({ address });
    },
    isDuplicate: (url: string) =>
      isOtherInstance({
        ...{ url, fetch, signal, deadline: duplicateDeadline, key: instanceKey(installation) },
        ...{ sharedKey: installation.sharedKey, instance: echo.instance },
      }),
    duplicateFound(address: string, isActive: boolean): boolean {
      const { held, isNew } = installation.noteDuplicate(address, isActive);
      if (!isNew) return held;
      const [title, body] = [installationMessages.duplicatedTitle(), installationMessages.duplicated({ address })];
      log.warn('engine', body.text);
      const messages = { titleMessage: referenceOf(title), bodyMessage: referenceOf(body) };
      notifier
        .show({ title: title.text, body: body.text, ...messages })
        .catch((failure) => log.warn('engine', describe(failure)));
      bus.emit('status');
      return true;
    },
  };
}

function openBackupsStage(stage: ConnectionsStage): Backups {
  const { ports, connectors, connections, ledger, secretStore, events, notifier, log, warn, bus } = stage;
  return openBackups({
    ...{ ports, connectors, connections, ledger, secretStore, events, notifier, log, warn },
    publish: (change) => bus.emit('change', change),
    settings: () => stage.settings.value.backups,
    tunnel: () => stage.endpoint.tunnel,
    calledBack: (event) => bus.emit('stored', { event }),
  });
}
