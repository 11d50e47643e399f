import type { z } from 'zod';
import type { Store } from '../ports.ts';

/** One value of the host's store, read once, validated, and written through. */
interface StoredValue<T> {
  readonly value: T;
  set(value: T): void;
}

/**
 * A stored value that does not fit its schema is put aside under another key and reported through `warn`. Its place is taken
 * by the value of an intact copy, else by those items of a list that fit, else by `initial`.
 */
export function createStoredValue<S extends z.ZodType>(
  store: Store,
  key: string,
  schema: S,
  initial: z.output<S>,
  warn: (message: string) => void,
): StoredValue<z.output<S>> {
  const stored = store.get(key);
  const parsed = stored === undefined ? undefined : schema.safeParse(stored);
  const copied = parsed && !parsed.success ? earlierValue(store, key, schema, stored) : undefined;
  if (parsed && !parsed.success) {
    if (copied) store.set(key, copied.value);
    setAside(store, key, stored, copied !== undefined, warn);
  }
  let value = copied?.value ?? (parsed?.success ? parsed.data : (soundParts(schema, stored) ?? initial));
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

/** Keeps a value that cannot be read completely under another key. */
export function setAside(
  store: Pick<Store, 'set'>,
  key: string,
  stored: unknown,
  isRestored: boolean,
  warn: (message: string) => void,
): void {
  store.set(`damaged-${key}`, stored);
  const restored = isRestored ? ', so they were restored as last stored' : '';
  warn(
    `Of the stored ${key} not all could be read${restored}. What was there is set aside in the same file, under "damaged-${key}".`,
  );
}

/** The value as last stored, where nothing was added to it or taken from it since. */
function earlierValue<S extends z.ZodType>(
  store: Store,
  key: string,
  schema: S,
  stored: unknown,
): { readonly value: z.output<S> } | undefined {
  const earlier = store.earlier?.(key);
  if (Array.isArray(stored) && !(Array.isArray(earlier) && earlier.length === stored.length)) return undefined;
  const parsed = earlier === undefined ? undefined : schema.safeParse(earlier);
  return parsed?.success ? { value: parsed.data } : undefined;
}

/** The items of a list that fit by themselves: one bad record takes no other with it. */
function soundParts<S extends z.ZodType>(schema: S, stored: unknown): z.output<S> | undefined {
  if (!Array.isArray(stored)) return undefined;
  const parsed = schema.safeParse(stored.filter((item) => schema.safeParse([item]).success));
  return parsed.success ? parsed.data : undefined;
}
