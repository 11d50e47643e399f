import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Store } from '../../ports.ts';
import { createStoredValue } from '../../storage/index.ts';
import { HookRecord, registrationsOf } from './record.ts';

/** The stored own hooks, with an index by the keys of their registrations. */
export interface HookTable {
  readonly all: readonly HookRecord[];
  byId(id: string): HookRecord | undefined;
  byKey(key: string): HookRecord | undefined;
  add(hook: HookRecord): void;
  /** Saves unless the change returns the same object. */
  alter(id: string, change: (hook: HookRecord) => HookRecord): void;
  /** Changes several in one write; an unchanged hook stays the same object. */
  change(changes: ReadonlyMap<string, Partial<HookRecord>>): void;
  remove(ids: readonly string[]): void;
  /** Stores these in place of all. */
  replaceAll(hooks: HookRecord[]): void;
}

export function openHookTable(store: Store, warn: (message: string) => void): HookTable {
  const stored = createStoredValue(store, 'hooks', z.array(HookRecord), [], warn);
  const keys = new Map<string, HookRecord>();

  const index = (): void => {
    keys.clear();
    for (const hook of stored.value) for (const { key } of registrationsOf(hook)) keys.set(key, hook);
  };
  const save = (hooks: HookRecord[]): void => {
    stored.set(hooks);
    index();
  };
  const byId = (id: string): HookRecord | undefined => stored.value.find((hook) => hook.id === id);
  index();

  return {
    get all() {
      return stored.value;
    },
    byId,
    byKey: (key) => keys.get(key),
    add: (hook) => save([...stored.value, hook]),
    alter(id, change) {
      const hook = byId(id);
      const next = hook && change(hook);
      if (next && next !== hook) save(stored.value.map((one) => (one.id === id ? next : one)));
    },
    change(changes) {
      const next = stored.value.map((hook) => applyChange(hook, changes.get(hook.id)));
      if (next.some((hook, position) => hook !== stored.value[position])) save(next);
    },
    replaceAll: save,
    remove(ids) {
      if (ids.length > 0) save(stored.value.filter((hook) => !ids.includes(hook.id)));
    },
  };
}

function applyChange(hook: HookRecord, change: Partial<HookRecord> | undefined): HookRecord {
  const changed = { ...hook, ...change };
  return !change || isDeepStrictEqual(withoutAbsent(changed), withoutAbsent(hook)) ? hook : changed;
}

function withoutAbsent(hook: HookRecord): object {
  return Object.fromEntries(Object.entries(hook).filter(([, member]) => member !== undefined));
}
