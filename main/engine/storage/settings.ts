import { z } from 'zod';
import {
  defaultSettings,
  defaultUpdateSettings,
  type NetworkSettings,
  Settings,
  type SettingsChange,
} from '../../../preload/contract/index.ts';
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
        ...viewsOf(parts.views ?? record.value.views),
        ...(network ? { network } : {}),
        ...(parts.updates || record.value.updates
          ? { updates: { ...defaultUpdateSettings, ...record.value.updates, ...parts.updates } }
          : {}),
      }),
    set: (settings) => record.set(settings),
  };
}

const viewsOf = (views: Settings['views']): Pick<Settings, 'views'> => (views ? { views } : {});

const defaults: Readonly<Partial<Record<string, unknown>>> = { ...defaultSettings, updates: defaultUpdateSettings };

/** Every part gets the members it lacks and loses those that only a later version knows; what differs by kind is taken whole. */
function complete(stored: Readonly<Record<string, unknown>>): object {
  const parts = Object.entries(Settings.shape).map(([name, schema]) => {
    const part = stored[name] ?? (schema instanceof z.ZodOptional ? undefined : defaults[name]);
    const members = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
    if (!(members instanceof z.ZodObject) || !isObject(part)) return [name, part];
    const all = Object.entries({ ...Object(defaults[name]), ...part });
    return [name, Object.fromEntries(all.filter(([member]) => Object.hasOwn(members.shape, member)))];
  });
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
