import { join } from 'node:path';
import { createLog, type Log } from '../log.ts';
import { engineMessages, followedBy, type Message, storageMessages } from '../messages/index.ts';
import { createWarnings, type Warnings } from '../notifications/index.ts';
import type { Ports } from '../ports.ts';
import { openProxySettings, type ProxySettings } from '../proxy/index.ts';
import {
  createEvents,
  createResourceNames,
  createSecretStore,
  createStoredSettings,
  type Events,
  type Installation,
  type Ledger,
  openInstallation,
  openLedger,
  type ResourceNames,
  type SecretStore,
  type StoredSettings,
  startRetention,
  startSearchIndex,
  toTime,
} from '../storage/index.ts';
import type { Bus } from './bus.ts';

/** The first stage: log and stored data. */
export interface StorageStage {
  readonly ports: Ports;
  readonly bus: Bus;
  readonly log: Log;
  readonly warnings: Warnings;
  warn(message: string | Message): void;
  /** Names this installation at the providers. */
  readonly installation: Installation;
  readonly settings: StoredSettings;
  readonly secretStore: SecretStore;
  readonly proxy: ProxySettings;
  readonly ledger: Ledger;
  readonly events: Events;
  readonly resourceNames: ResourceNames;
}

export async function openStorage(ports: Ports, bus: Bus, stack: AsyncDisposableStack): Promise<StorageStage> {
  const { now, store } = ports;
  const log = createLog((entry) => ports.log(entry));
  const warnings = createWarnings(now, () => bus.emit('status'));
  const warn = (message: string | Message): void => {
    log.warn('engine', typeof message === 'string' ? message : message.text);
    warnings.add(message);
  };
  const settings = createStoredSettings(store, warn);
  const secretStore = createSecretStore(ports.cipher);
  const ledger = await openLedger(
    join(ports.folder, 'events.sqlite'),
    (file) => warn(engineMessages.eventStoreDamaged({ file })),
    ({ count, since, until }) =>
      warn(
        storageMessages.eventsLost({ count, since: since === undefined ? '' : toTime(since), until: toTime(until) }),
      ),
    () => bus.emit('replaced'),
    {
      delayed({ message, reason, rejected }) {
        const outcome = rejected ? engineMessages.callbackUnsaved() : engineMessages.callbackDelayed();
        warn(reason ? followedBy(outcome, { ...reason, text: message }) : message);
      },
    },
  );
  stack.defer(() => ledger.close());
  const retention = startRetention({
    ...{ ledger, now, log },
    limits: () => settings.value.retention,
    clockAhead: (days) => warn(storageMessages.clockAhead({ days })),
    announced: (count, at) => warn(storageMessages.pruningAnnounced({ count, at: toTime(at) })),
    unpublishedDeleted: () => warn(storageMessages.unpublishedDeleted()),
  });
  stack.defer(() => retention.stop());
  const searchIndex = startSearchIndex({ ledger, log });
  stack.defer(() => searchIndex.stop());
  bus.on('stored', ({ event }) => {
    if (event === undefined) return;
    retention.count();
    searchIndex.request();
  });
  bus.on('seen', searchIndex.request);
  bus.on('settings', () => void retention.run());
  return {
    ...{ ports, bus, log, warnings, warn, settings, secretStore, ledger },
    installation: openInstallation(store, ports.machine, warn),
    proxy: openProxySettings({
      ...{ store, secretStore, settings: settings.value.network, warn },
      apply: (choice) => ports.setProxy?.(choice),
    }),
    events: createEvents(ledger),
    resourceNames: createResourceNames({ ledger, log, changed: () => bus.emit('change', { type: 'hooks' }) }),
  };
}
