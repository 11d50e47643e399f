import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Store } from '../ports.ts';
import { createStoredValue } from './stored-value.ts';

/** Distinguishes the hooks of this installation from those of all others. */
export interface Stamp {
  /** Stamped into its hooks at the providers. */
  readonly id: string;
}

/** The installation that a data folder belongs to. */
export interface Installation extends Stamp {
  /**
   * The data folder was copied from another computer, and the user has not decided yet. Both bear one stamp, so each would
   * remove the hooks of the other: until then nothing is changed at the providers.
   */
  readonly isCopied: boolean;
  /**
   * Lets computers with copies of these data recognise each other; 64 hex digits. It grants access to nothing and is sent to
   * nobody.
   */
  readonly sharedKey: string;
  /** The public address of another computer that runs with a copy of these data, where the user has not decided yet. */
  readonly duplicate: string | undefined;
  /**
   * Another computer runs with a copy of these data. `held` is false if the user decided that this one goes on and the
   * other has not been active since; `isNew` is true if the user was not told of it yet.
   */
  noteDuplicate(duplicate: string, isActive: boolean): { readonly held: boolean; readonly isNew: boolean };
  /** This computer goes on with the hooks of the other. */
  takeOver(): void;
  /** This computer becomes an installation of its own. */
  renew(): void;
}

const Duplicates = z.object({
  undecided: z.string().optional(),
  /** Addresses of computers in whose place this one goes on. */
  overruled: z.array(z.string()),
});
const mostOverruled = 20;
/** Empty where there is none yet. */
const SharedKey = z.string().regex(/^(?:[0-9a-f]{64})?$/);

/** `machine` identifies this computer; where it is absent, copies are not noticed. */
export function openInstallation(
  store: Store,
  machine: string | undefined,
  warn: (message: string) => void,
): Installation {
  const id = createStoredValue(store, 'installation', z.string().min(8), '', warn);
  const home = createStoredValue(store, 'machine', z.string().min(1).nullable(), null, warn);
  const duplicates = createStoredValue(store, 'duplicates', Duplicates, { overruled: [] }, warn);
  const sharedKey = createStoredValue(store, 'installationKey', SharedKey, '', warn);
  const renewId = (): void => {
    id.set(randomBytes(8).toString('hex'));
    sharedKey.set(randomBytes(32).toString('hex'));
  };
  const settle = (): void => {
    if (machine !== undefined && home.value !== machine) home.set(machine);
  };
  if (!id.value) renewId();
  // Data of an earlier version have none; a copy that was made before is not recognised by it.
  if (!sharedKey.value) sharedKey.set(randomBytes(32).toString('hex'));
  if (home.value === null) settle();
  return {
    get id() {
      return id.value;
    },
    get sharedKey() {
      return sharedKey.value;
    },
    get isCopied() {
      return machine !== undefined && home.value !== machine;
    },
    get duplicate() {
      return duplicates.value.undecided;
    },
    noteDuplicate(duplicate, isActive) {
      const { overruled, undecided } = duplicates.value;
      if (overruled.includes(duplicate) && !isActive) return { held: false, isNew: false };
      if (undecided !== duplicate) duplicates.set({ undecided: duplicate, overruled });
      return { held: true, isNew: undecided === undefined };
    },
    takeOver() {
      const { undecided, overruled } = duplicates.value;
      if (undecided !== undefined)
        duplicates.set({ overruled: [...new Set([...overruled, undecided])].slice(-mostOverruled) });
      settle();
    },
    renew() {
      duplicates.set({ overruled: [] });
      renewId();
      settle();
    },
  };
}
