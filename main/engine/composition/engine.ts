import type { Change, Problem, Status } from '../../../preload/contract/index.ts';
import { withPlainTexts } from '../connections/index.ts';
import type { Connector } from '../connector/index.ts';
import { RingbackError, toProblem } from '../errors.ts';
import type { Wait } from '../hooks/index.ts';
import { describe } from '../log.ts';
import type { Message } from '../messages/index.ts';
import type { NotificationTimes } from '../notifications/index.ts';
import type { Ports } from '../ports.ts';
import { toTime } from '../storage/index.ts';
import type { Team } from '../team/index.ts';
import type { TunnelTimings } from '../tunnel/index.ts';
import { type Answers, answer, type Caller, createAnswers } from './answers.ts';
import { createBus } from './bus.ts';
import { startAlerts } from './open-alerts.ts';
import { openConnectionsStage } from './open-connections.ts';
import { openDoctor } from './open-doctor.ts';
import { createClosing, type DomainsStage, openDomains } from './open-domains.ts';
import { openEffects } from './open-effects.ts';
import { openIngress } from './open-ingress.ts';
import { openMetrics } from './open-metrics.ts';
import { openRemovals } from './open-removals.ts';
import { openStorage, type StorageStage } from './open-storage.ts';
import { openTeamStage } from './open-team.ts';
import { openUpdateChecks } from './open-updates.ts';
import { supportOptions } from './support.ts';

/** Everything behind the window, in plain Node. */
export interface Engine {
  /** Answers a question of the contract, by default as the window may ask it; failures come as data, it never rejects. */
  ask(method: string, input: unknown, caller?: Caller): Promise<EngineAnswer>;
  /** Returns the function that ends listening. */
  listen(listener: (change: Change) => void): () => void;
  /** To be called when the computer goes to sleep. Never rejects. */
  sleep(): Promise<void>;
  /** To be called when the computer wakes or the network changes. */
  wake(): void;
  /** Warns the user of something outside any event: shown in the status until dismissed. */
  warn(message: string | Message): void;
  close(): Promise<void>;
}
export type EngineAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: Problem };

export interface EngineOptions {
  readonly ports: Ports;
  readonly connectors: readonly Connector[];
  /** Whether the embedded sandbox is running beside it. */
  readonly sandbox?: boolean;
  /** How the hooks wait, for a provider's quota and for the next look; timers where absent. */
  readonly wait?: Wait;
  readonly notificationTimes?: NotificationTimes;
  readonly tunnelTimings?: Partial<TunnelTimings>;
  /** Milliseconds in which the sender of a callback is answered; those of the receiver where absent. */
  readonly answerWithin?: number;
}

/** Opens the engine in stages; where one fails, what the earlier ones opened is closed again. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { ports, sandbox = false, wait, notificationTimes: times = {}, tunnelTimings = {}, answerWithin } = options;
  const connectors = options.connectors.map(withPlainTexts);
  await using stack = new AsyncDisposableStack();
  const bus = createBus();
  stack.defer(() => bus.clear());
  const storage = await openStorage(ports, bus, stack);
  const { closing, begin } = createClosing(stack);
  const quietEvents = connectors.flatMap((connector) => connector.quietEvents ?? []);
  const ingress = await openIngress(storage, { times, tunnelTimings, quietEvents, answerWithin }, stack);
  const accounts = await openConnectionsStage(ingress, connectors, stack);
  // A backup or job must not take the end of its requests for a failure, so these close first.
  stack.defer(begin);
  const domains = openDomains(accounts, wait, closing);
  const window = connectWindow(storage);
  const doctor = openDoctor(domains);
  const team = await openTeamStage(domains, stack);
  const status = (): Status => statusOf(domains, team, sandbox);
  bus.on('endpoint', () => window.publishStatus(status));
  bus.on('status', () => window.publishStatus(status));
  const updates = openUpdateChecks(domains);
  stack.defer(() => updates.close());
  const removing = createClosing(stack);
  const answers = createAnswers(
    {
      ...domains,
      metrics: openMetrics(domains, status),
      updates,
      team,
      doctor,
      support: supportOptions(domains, doctor, status),
      status,
      connectionOf: domains.addresses.connectionOf,
      signingOf: domains.addresses.signingOf,
      hooksChanged: () => bus.emit('change', { type: 'hooks' }),
      settingsChanged() {
        bus.emit('settings');
        bus.emit('change', { type: 'settings', settings: domains.settings.value });
      },
    },
    (remove) => openRemovals(storage, removing.closing, remove),
  );
  const effects = openEffects(domains, team);
  startAlerts(domains, updates, team);
  stack.defer(() => effects.close());
  stack.defer(() => domains.notifier.close());
  stack.defer(removing.begin);
  const opened = stack.move();
  return {
    ask: (method, input, caller = 'window') => askSafely(storage, answers, method, input, caller),
    listen: window.listen,
    sleep: team.sleep,
    wake() {
      wakeAll(domains);
      team.wake();
    },
    warn: storage.warn,
    close: () => opened.disposeAsync(),
  };
}

/** Reports changes to the listeners of the window. */
function connectWindow({ bus, events, log }: StorageStage) {
  const listeners = new Set<(change: Change) => void>();
  bus.on('change', (change) => {
    for (const listener of listeners) listener(change);
  });
  const publishEvent = (id: number): void => {
    try {
      const event = listeners.size > 0 ? events.event(id) : undefined;
      if (event) bus.emit('change', { type: 'event', event });
    } catch (error) {
      log.warn('engine', `An event could not be published to the window: ${describe(error)}`);
    }
  };
  bus.on('stored', ({ event }) => event !== undefined && publishEvent(event));
  bus.on('seen', ({ event }) => publishEvent(event));
  return {
    listen(listener: (change: Change) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    publishStatus(status: () => Status): void {
      if (listeners.size > 0) bus.emit('change', { type: 'status', status: status() });
    },
  };
}

function statusOf(
  { ports, endpoint, installation, secretStore, warnings, notifier }: DomainsStage,
  team: Pick<Team, 'standsBy'>,
  sandbox: boolean,
): Status {
  const { name, nameMessage, caution, cautionMessage } = secretStore;
  const { quietUntil, doNotDisturb } = notifier;
  return {
    version: ports.version,
    tunnel: endpoint.tunnel.status,
    receiver: endpoint.receiver,
    vault: {
      name,
      ...(nameMessage === undefined ? {} : { nameMessage }),
      ...(caution === undefined ? {} : { caution, cautionMessage }),
    },
    ...(installation.isCopied && !team.standsBy ? { copied: true } : {}),
    ...(installation.duplicate === undefined ? {} : { duplicate: installation.duplicate }),
    warnings: [...warnings.all],
    unseen: notifier.unseen,
    ...(quietUntil === undefined ? {} : { quietUntil: toTime(quietUntil) }),
    ...(doNotDisturb === undefined ? {} : { doNotDisturb }),
    sandbox,
    ...(ports.startSandbox && !sandbox ? { canStartSandbox: true } : {}),
    ...(ports.notifySend ? { canNotifySend: true } : {}),
    desktop: ports.desktop,
  };
}

async function askSafely(
  { log, ledger }: StorageStage,
  answers: Answers,
  method: string,
  input: unknown,
  caller: Caller,
): Promise<EngineAnswer> {
  try {
    // Callbacks that were acknowledged before the question are part of its answer.
    const caughtUp = ledger.caughtUp();
    if (caughtUp) await caughtUp;
    return { ok: true, value: await answer(answers, method, input, caller) };
  } catch (error) {
    if (!(error instanceof RingbackError) || error.code === 'internal')
      log.warn('engine', `${method}: ${describe(error)}`);
    return { ok: false, problem: toProblem(error) };
  }
}

function wakeAll({ signIns, recovery, endpoint, backups, jobs, hooks, forwarding }: DomainsStage): void {
  signIns.wake();
  recovery.markStale();
  endpoint.tunnel.wake();
  backups.wake();
  jobs.wake();
  forwarding.wake();
  hooks.scheduleReconcile();
}
