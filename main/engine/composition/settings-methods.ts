import type { Settings, Status } from '../../../preload/contract/index.ts';
import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import type { ProxySettings } from '../proxy/index.ts';
import type { StoredSettings } from '../storage/index.ts';
import { createSerialQueue } from '../timing/index.ts';
import type { Endpoint } from '../tunnel/index.ts';

export interface SettingsMethodsOptions {
  readonly settings: StoredSettings;
  readonly endpoint: Endpoint;
  readonly proxy: ProxySettings;
  status(): Status;
  /** The settings are stored, and receiver and tunnel follow them. */
  settingsChanged(): void;
}

/** The contract's questions about the status and the settings. */
export function settingsMethods({
  settings,
  endpoint,
  proxy,
  status,
  settingsChanged,
}: SettingsMethodsOptions): MethodHandlers<MethodsOf<'status' | 'settings'>> {
  const queue = createSerialQueue();
  return {
    'status.get': () => status(),
    'settings.get': () => settings.value,
    'settings.set': (change) =>
      queue(async () => {
        const network = await proxy.prepare(change.network, settings.value.network);
        const next = fixPort(settings.after({ ...change, network: network.settings }), endpoint.receiver.port);
        await endpoint.use(next);
        settings.set(next);
        network.save();
        // Through another proxy a failed tunnel may succeed.
        if (change.network) endpoint.tunnel.wake();
        settingsChanged();
        return next;
      }),
  };
}

/** A custom URL is forwarded to one port: it must be the same after a restart. */
function fixPort(settings: Settings, port: number): Settings {
  const { tunnel, receiver } = settings;
  return tunnel.provider === 'fixed' && receiver.port === 0
    ? { ...settings, receiver: { ...receiver, port } }
    : settings;
}
