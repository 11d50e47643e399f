import { chooseLanguage, type Language } from '../../../preload/languages/index.ts';
import { type Alerts, createAlerts } from '../alerts/index.ts';
import {
  createEcho,
  createInstanceKey,
  createRouter,
  createUnmatchedRecorder,
  type Echo,
  type FindRoute,
  type StorageFailure,
} from '../ingress/index.ts';
import { describe } from '../log.ts';
import { engineMessages, followedBy, type Message, messageMembers } from '../messages/index.ts';
import {
  createNotificationRules,
  createNotifier,
  type NotificationRules,
  type NotificationTimes,
  type Notifier,
} from '../notifications/index.ts';
import { openSinks, type Sinks } from '../sinks/index.ts';
import { toTime } from '../storage/index.ts';
import { createThrottle, isRecent, minutes, seconds } from '../timing/index.ts';
import { type Endpoint, openEndpoint, type TunnelTimings } from '../tunnel/index.ts';
import type { StorageStage } from './open-storage.ts';

/** The second stage: notifications, and the receiver with its tunnel. */
export interface IngressStage extends StorageStage {
  readonly notifier: Notifier;
  readonly notificationRules: NotificationRules;
  readonly alerts: Alerts;
  readonly sinks: Sinks;
  readonly echo: Echo;
  readonly endpoint: Endpoint;
  /** Whether anything waits for callbacks. */
  isNeeded(): boolean;
  /** Lets callbacks in; before, they are answered with 503, so that their senders retry. */
  serve(routes: CallbackRoutes): void;
}

interface CallbackRoutes {
  readonly finders: readonly FindRoute[];
  /** Whether anything waits for callbacks. */
  isNeeded(): boolean;
  /** Whether a callback is expected soon, so that a broken tunnel must be noticed soon. */
  isAwaited(): boolean;
}

interface IngressOptions {
  readonly times: NotificationTimes;
  readonly tunnelTimings: Partial<TunnelTimings>;
  /** Patterns of events that are shown without a sound unless the user wants otherwise. */
  readonly quietEvents: readonly string[];
  /** Milliseconds in which the sender of a callback is answered. */
  readonly answerWithin?: number | undefined;
}

export async function openIngress(
  storage: StorageStage,
  options: IngressOptions,
  stack: AsyncDisposableStack,
): Promise<IngressStage> {
  const { ports, bus, log, settings, ledger, events, resourceNames } = storage;
  const { now, fetch, findProxy } = ports;
  const { times, tunnelTimings, quietEvents, answerWithin } = options;
  const rules = createNotificationRules({ store: ports.store, ledger, quietEvents, now, warn: storage.warn });
  const language = (): Language => chooseLanguage(settings.value.language, ports.languages?.() ?? []);
  const sinks = openSinksOf(storage, language, stack);
  const notifier = createNotifier({
    ...{ ledger, rules, now, log, ...times },
    requested: () => bus.emit('due'),
    settings: () => settings.value.notifications,
    language,
    sinks: () => sinks.enabled,
    notify: (notification) => ports.notify(notification),
    doNotDisturb: ports.doNotDisturb && (() => ports.doNotDisturb?.() ?? false),
    shown: (notification) => bus.emit('change', { type: 'notification', notification }),
    unseenChanged: (unseen) => bus.emit('change', { type: 'notifications', unseen }),
    pauseChanged: () => bus.emit('status'),
  });
  const alerts = createAlerts({ store: ports.store, notifier, now, log, warn: storage.warn });
  stack.defer(() => alerts.close());
  const echo = createEcho();
  const statusUpdates = createThrottle(seconds(2), () => bus.emit('status'));
  stack.defer(statusUpdates.stop);
  const unmatched = createUnmatchedRecorder(now, statusUpdates.run);
  let routes: CallbackRoutes | undefined;
  const storageAlert = createStorageAlert(storage, notifier);
  const router = createRouter({
    ...{ echo, unmatched, ledger, events, resourceNames, now, log, answerWithin },
    finders: () => routes?.finders,
    instance: { key: createInstanceKey(() => storage.installation), sharedKey: () => storage.installation.sharedKey },
    rejected: ({ receivedAt, ...rejection }) =>
      bus.emit('change', { type: 'rejection', rejection: { ...rejection, receivedAt: toTime(receivedAt) } }),
    storageFailed: storageAlert.failed,
    handled: (request) => bus.emit('handled', request),
  });
  const isNeeded = (): boolean => routes?.isNeeded() ?? false;
  const endpoint = await openEndpoint({
    ...{ settings: settings.value, router, echo, unmatched, fetch, now, log, tunnelTimings },
    ...(findProxy ? { findProxy } : {}),
    ...(ports.receiver ? { access: ports.receiver } : {}),
    isHealthy: () => routes !== undefined && !storageAlert.isActive(),
    isHeld: () => storage.installation.isCopied,
    needed: isNeeded,
    awaited: () => routes?.isAwaited() ?? false,
    changed: () => bus.emit('endpoint'),
  });
  stack.defer(() => endpoint.close());
  return {
    ...storage,
    ...{ notifier, notificationRules: rules, alerts, sinks, echo, endpoint, isNeeded },
    serve(given) {
      routes = given;
      endpoint.tunnel.updateNeed();
      bus.on('change', ({ type }) => type !== 'status' && endpoint.tunnel.updateNeed());
    },
  };
}

function openSinksOf(storage: StorageStage, language: () => Language, stack: AsyncDisposableStack): Sinks {
  const { ports, ledger, log, secretStore, installation, warn } = storage;
  const sinks = openSinks({ ports, ledger, log, secretStore, language, installation: installation.id, warn });
  stack.defer(() => sinks.close());
  return sinks;
}

/** A failure counts so long: a proxy that sends nothing to an unhealthy host would never see it recover. */
const unhealthyFor = seconds(60);
/** A slow disk stores each callback in the end, and is reported again after so long at the earliest. */
const passingFor = minutes(10);

interface StorageAlert {
  failed(failure: StorageFailure): void;
  /** The latest callback could not be stored, a short time ago. */
  isActive(): boolean;
}

/** Notifies once that callbacks are kept, and once that they cannot be stored; again only after one was stored. */
function createStorageAlert({ bus, log, warn, ports }: StorageStage, notifier: Notifier): StorageAlert {
  let notified: 'kept' | 'unsaved' | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;
  let passingAt = Number.NEGATIVE_INFINITY;
  bus.on('stored', () => {
    if (!isRecent(passingAt, passingFor, ports.now())) notified = undefined;
    failedAt = Number.NEGATIVE_INFINITY;
  });
  return {
    isActive: () => ports.now() - failedAt < unhealthyFor,
    failed(failure) {
      const { passing, kept } = failure;
      failedAt = ports.now();
      if (passing) passingAt = failedAt;
      if (notified === 'unsaved' || (notified && kept)) return;
      notified = kept ? 'kept' : 'unsaved';
      const title = kept ? engineMessages.callbackNotShown() : engineMessages.callbackNotSaved();
      const body = storageFailureBody(failure, outlookOf(failure));
      warn(followedBy(kept ? engineMessages.callbackDelayed() : engineMessages.callbackUnsaved(), body));
      const note = { ...messageMembers('title', title), ...messageMembers('body', body) };
      void notifier.show(note).catch((error) => log.warn('engine', describe(error)));
    },
  };
}

/** What happens to the callback from now on; undefined where it is lost. */
function outlookOf({ full, kept, lost }: StorageFailure): Message | undefined {
  if (lost) return undefined;
  if (kept) return full ? engineMessages.keptDiskFull() : engineMessages.kept();
  return full ? engineMessages.senderRetriesDiskFull() : engineMessages.senderRetries();
}

function storageFailureBody({ message, reason }: StorageFailure, outlook: Message | undefined): Message {
  if (!reason) return outlook ?? engineMessages.internal();
  const failure = { ...reason, text: message };
  return outlook ? followedBy(failure, outlook) : failure;
}
