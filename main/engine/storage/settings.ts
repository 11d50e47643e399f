import {
  defaultSettings,
  defaultUpdateSettings,
  type NetworkSettings,
  Settings,
  type SettingsChange,
} from '../../../preload/contract.ts';
import type { Store } from '../ports.ts';
import { createStoredValue } from './stored-value.ts';

/** A change without anything secret. */
type PlainSettingsChange = Omit<SettingsChange, 'network'> & { readonly network?: NetworkSettings | undefined };

export interface StoredSettings {
  readonly value: Settings;
  /** The settings as they would be after the change. */
  after(change: PlainSettingsChange): Settings;
  set(settings: Settings): void;
}

/** The user's settings; what a later version added gets its defaults. */
export function createStoredSettings(store: Store, warn: (message: string) => void): StoredSettings {
  const stored = store.get('settings');
  const completed: Store = {
    get: () => (isObject(stored) ? complete({ ...stored }) : stored),
    set: (key, value) => store.set(key, value),
    delete: (key) => store.delete(key),
  };
  const record = createStoredValue(completed, 'settings', Settings, defaultSettings, warn);
  return {
    get value() {
      return record.value;
    },
    after: ({ tunnel, tunnelFallbacks, tunnelWhenNeeded, startAtLogin, network = record.value.network, ...parts }) =>
      Settings.parse({
        tunnel: tunnel ?? record.value.tunnel,
        tunnelFallbacks: tunnelFallbacks ?? record.value.tunnelFallbacks,
        tunnelWhenNeeded: tunnelWhenNeeded ?? record.value.tunnelWhenNeeded,
        receiver: { ...record.value.receiver, ...parts.receiver },
        notifications: { ...record.value.notifications, ...parts.notifications },
        retention: { ...record.value.retention, ...parts.retention },
        backups: { ...record.value.backups, ...parts.backups },
        startAtLogin: startAtLogin ?? record.value.startAtLogin,
        language: parts.language ?? record.value.language,
        ...(network ? { network } : {}),
        ...(parts.updates || record.value.updates
          ? { updates: { ...defaultUpdateSettings, ...record.value.updates, ...parts.updates } }
          : {}),
      }),
    set: (settings) => record.set(settings),
  };
}

/**
 * Every part gets the members it lacks and loses those that only a later version knows; those of tunnel and network
 * differ by kind, so these are taken whole.
 */
function complete(stored: Partial<Record<string, unknown>>): object {
  const parts = Object.entries(defaultSettings).map(([name, defaults]) => {
    const part = stored[name] ?? defaults;
    if (name === 'tunnel' || !isObject(defaults) || !isObject(part)) return [name, part];
    const known = Object.entries({ ...defaults, ...part }).filter(([member]) => Object.hasOwn(defaults, member));
    return [name, Object.fromEntries(known)];
  });
  const network = stored.network === undefined ? {} : { network: stored.network };
  const updates = isObject(stored.updates) ? { updates: { ...defaultUpdateSettings, ...stored.updates } } : {};
  return { ...Object.fromEntries(parts), ...network, ...updates };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
