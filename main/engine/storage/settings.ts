import { defaultSettings, Settings, type SettingsChange } from '../../../preload/contract.ts';
import type { Store } from '../ports.ts';
import { createStoredValue } from './stored-value.ts';

export interface StoredSettings {
  readonly value: Settings;
  /** The settings as they would be after the change. */
  after(change: SettingsChange): Settings;
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
    after: ({ tunnel, tunnelFallbacks, tunnelWhenNeeded, receiver, notifications, retention, backups, startAtLogin }) =>
      Settings.parse({
        tunnel: tunnel ?? record.value.tunnel,
        tunnelFallbacks: tunnelFallbacks ?? record.value.tunnelFallbacks,
        tunnelWhenNeeded: tunnelWhenNeeded ?? record.value.tunnelWhenNeeded,
        receiver: { ...record.value.receiver, ...receiver },
        notifications: { ...record.value.notifications, ...notifications },
        retention: { ...record.value.retention, ...retention },
        backups: { ...record.value.backups, ...backups },
        startAtLogin: startAtLogin ?? record.value.startAtLogin,
      }),
    set: (settings) => record.set(settings),
  };
}

/**
 * Every part gets the members it lacks and loses those that only a later version knows; the tunnel's differ by
 * provider, so it is taken whole.
 */
function complete(stored: Partial<Record<string, unknown>>): object {
  const parts = Object.entries(defaultSettings).map(([name, defaults]) => {
    const part = stored[name] ?? defaults;
    if (name === 'tunnel' || !isObject(defaults) || !isObject(part)) return [name, part];
    const known = Object.entries({ ...defaults, ...part }).filter(([member]) => Object.hasOwn(defaults, member));
    return [name, Object.fromEntries(known)];
  });
  return Object.fromEntries(parts);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
