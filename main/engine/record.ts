import type { z } from 'zod';
import type { Store } from './ports.ts';

/** One value of the host's store, read once, validated, and written through. */
export interface Record<T> {
  readonly value: T;
  set(value: T): void;
}

/** A stored value that does not fit its schema is put aside under another key and told through `warn`; `initial` takes its place. */
export function createRecord<S extends z.ZodType>(
  store: Store,
  key: string,
  schema: S,
  initial: z.output<S>,
  warn: (message: string) => void,
): Record<z.output<S>> {
  const stored = store.get(key);
  const parsed = stored === undefined ? undefined : schema.safeParse(stored);
  if (parsed && !parsed.success) {
    store.set(`damaged-${key}`, stored);
    warn(`The stored ${key} could not be read and were set aside; Ringback starts with fresh ones.`);
  }
  let value = parsed?.success ? parsed.data : initial;
  return {
    get value() {
      return value;
    },
    set(next) {
      store.set(key, next);
      value = next;
    },
  };
}
