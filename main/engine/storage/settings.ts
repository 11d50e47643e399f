import { z } from 'zod';
import {
  defaultSettings,
  defaultUpdateSettings,
  type NetworkSettings,
  Settings,
  type SettingsChange,
} from '../../../preload/contract/index.ts';
import type { Store } from '../ports.ts';
import { createStoredValue, setAside } from './stored-value.ts';

/** A change without anything secret. */
type PlainSettingsChange = Omit<SettingsChange, 'network'> & { readonly network?: NetworkSettings | undefined };

export interface StoredSettings {
  readonly value: Settings;
  /** The settings as they would be after the change. */
  after(change: PlainSettingsChange): Settings;
  set(settings: Settings): void;
}

/**
 * The user's settings, with defaults for what a later version added. After an older version, a newer one finds its own
 * settings again: unknown members stay in the file, and unknown values are set aside.
 */
export function createStoredSettings(store: Store, warn: (message: string) => void): StoredSettings {
  const stored = store.get('settings');
  const { settings, isSound, isRestored } = isObject(stored)
    ? complete({ ...stored }, () => store.earlier?.('settings'))
    : { settings: stored, isSound: true, isRestored: false };
  // Before the damaged value is set aside: with that change it becomes the newest copy.
  if (isRestored && isObject(stored)) store.set('settings', withUnknown(settings, stored));
  if (!isSound) setAside(store, 'settings', stored, isRestored, warn);
  const completed: Store = {
    get: () => settings,
    set: (key, value) => store.set(key, isObject(stored) && key === 'settings' ? withUnknown(value, stored) : value),
    delete: (key) => store.delete(key),
    earlier(key) {
      const earlier = store.earlier?.(key);
      return isObject(earlier) ? complete({ ...earlier }).settings : earlier;
    },
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

interface Completed {
  readonly settings: object;
  /** False where a part could not be read. */
  readonly isSound: boolean;
  /** True where such a part is as it was last stored. */
  readonly isRestored: boolean;
}

/**
 * Gives every part the members it lacks and removes those only a later version knows; what differs by kind is taken
 * whole. An unreadable part alone is taken from `earlier`, or else gets its defaults.
 */
function complete(stored: Readonly<Record<string, unknown>>, earlier: () => unknown = () => undefined): Completed {
  const parts = Object.entries(Settings.shape).map(([name, schema]) => {
    const part = completePart(name, schema, stored[name]);
    const isSound = part === undefined || schema.safeParse(part).success;
    const copied = isSound ? undefined : earlierPart(name, schema, earlier());
    return {
      name,
      part: isSound ? part : (copied ?? defaultOf(name, schema)),
      isSound,
      isRestored: copied !== undefined,
    };
  });
  const present = parts.filter(({ part }) => part !== undefined);
  return {
    settings: Object.fromEntries(present.map(({ name, part }) => [name, part])),
    isSound: parts.every(({ isSound }) => isSound),
    isRestored: parts.some(({ isRestored }) => isRestored),
  };
}

/** The part of earlier settings; undefined where they have none that can be read. */
function earlierPart(name: string, schema: z.ZodType, earlier: unknown): unknown {
  const stored = isObject(earlier) ? new Map<string, unknown>(Object.entries(earlier)).get(name) : undefined;
  const part = stored === undefined ? undefined : completePart(name, schema, stored);
  return schema.safeParse(part).success ? part : undefined;
}

function completePart(name: string, schema: z.ZodType, stored: unknown): unknown {
  const part = stored ?? defaultOf(name, schema);
  const members = membersOf(schema);
  if (members === undefined || !isObject(part)) return part;
  const all = Object.entries({ ...Object(defaults[name]), ...part });
  return Object.fromEntries(all.filter(([member]) => Object.hasOwn(members, member)));
}

const defaultOf = (name: string, schema: z.ZodType): unknown =>
  schema instanceof z.ZodOptional ? undefined : defaults[name];

/** The members of a part that is an object of one kind. */
function membersOf(schema: z.ZodType | undefined): object | undefined {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return inner instanceof z.ZodObject ? inner.shape : undefined;
}

/** The settings as they are written, with the members of the file that this version does not know. */
function withUnknown(settings: unknown, stored: object): object {
  const shape: Readonly<Record<string, z.ZodType>> = Settings.shape;
  const before = new Map<string, unknown>(Object.entries(stored));
  const parts = Object.entries(Object(settings)).map(([name, part]) => {
    const members = membersOf(shape[name]);
    const former = before.get(name);
    return [name, members && isObject(former) && isObject(part) ? { ...without(former, members), ...part } : part];
  });
  return { ...without(stored, shape), ...Object.fromEntries(parts) };
}

function without(value: object, known: object): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !Object.hasOwn(known, name)));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
