import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Secret } from '../connector/index.ts';
import type { Store } from '../ports.ts';
import type { SecretStore } from '../storage/index.ts';
import { createStoredValue } from '../storage/index.ts';
import {
  confirmed,
  HookRecord,
  isValid,
  migrated,
  minute,
  type OtherRegistration,
  promoted,
  type Registration,
  registrationAt,
  registrationsOf,
  retired,
  stillValid,
  usedPrevious,
  withRegistration,
} from './record.ts';

export type { HookRecord } from './record.ts';

/** What may change about a hook from outside; `undefined` takes an optional member away. */
export type HookRecordChange = Partial<
  Pick<
    HookRecord,
    | 'system'
    | 'event'
    | 'region'
    | 'filter'
    | 'attribute'
    | 'providerId'
    | 'status'
    | 'paused'
    | 'expiresAt'
    | 'owner'
    | 'trouble'
    | 'mournedAt'
  >
>;

/** The own hooks, on disk before the provider hears of them, with their secrets unsealed in memory. */
export interface HookRecords {
  readonly all: readonly HookRecord[];
  byId(id: string): HookRecord | undefined;
  /** By the key of any registration that counts. */
  byKey(key: string): HookRecord | undefined;
  /** Of the present registration, or the one under that key; the present one first; undefined while it cannot be unsealed. */
  secrets(hook: HookRecord, key?: string): readonly Secret[] | undefined;
  /** A delivery under that key was signed with a secret that was replaced. */
  usedPrevious(key: string): void;
  /** Saves a new hook under a fresh key and secret. */
  create(draft: NewHook): Promise<{ hook: HookRecord; secret: string }>;
  /** Saves that the hook is to be registered anew, under a fresh key and secret, which count from now on beside the present ones. One that was begun for the same place is taken up. */
  prepare(id: string, address: string): Promise<{ registration: OtherRegistration; secret: string } | undefined>;
  /** The provider has the registration, and acknowledged its secret: it is the present one now. */
  promote(id: string, key: string, providerId: string): void;
  /** The registration that was begun is of no use, and to be removed. */
  retire(id: string, key: string, providerId: string): void;
  /** The registration is gone at the provider. */
  markRetired(id: string, key: string): void;
  /** Changes several in one write; an unchanged hook stays the same object. */
  change(changes: ReadonlyMap<string, HookRecordChange>): void;
  /** A fresh secret to hand to the provider, which counts from now on beside the present ones; until it is confirmed the same one again. */
  rotate(hook: HookRecord): Promise<string>;
  /** The provider has acknowledged the present secret. */
  confirm(id: string): void;
  remove(ids: readonly string[]): void;
  /** Forgets them here, and that they are to stay at the provider. */
  release(ids: readonly string[]): void;
  isReleased(providerId: string): boolean;
}
export interface NewHook extends Pick<HookRecord, 'connection' | 'event' | 'scope'> {
  readonly system?: string | undefined;
  readonly region?: string | undefined;
  readonly filter?: string | undefined;
  readonly attribute?: HookRecord['attribute'];
  /** Where the address key is put behind. */
  readonly address: string;
}

/** Hooks left at the provider on the user's word that are remembered. */
const releasedKept = 5000;
/** So much later at least a former secret must end for the use of it to be written down. */
const worthWriting = 60 * minute;

export async function openHookRecords(
  store: Store,
  secretStore: SecretStore,
  now: () => number,
  warn: (message: string) => void,
): Promise<HookRecords> {
  const record = createStoredValue(store, 'hooks', z.array(HookRecord), [], warn);
  const released = createStoredValue(store, 'released-hooks', z.array(z.string()), [], warn);
  const byKey = new Map<string, HookRecord>();
  /** By the sealed text. */
  const unsealed = new Map<string, string>();

  const index = (): void => {
    byKey.clear();
    for (const hook of record.value) for (const { key } of registrationsOf(hook)) byKey.set(key, hook);
  };
  const save = (hooks: HookRecord[]): void => {
    record.set(hooks);
    index();
  };
  const byId = (id: string): HookRecord | undefined => record.value.find((hook) => hook.id === id);
  const alter = (id: string, change: (hook: HookRecord) => HookRecord): void => {
    const hook = byId(id);
    const next = hook && change(hook);
    if (next && next !== hook) save(record.value.map((one) => (one.id === id ? next : one)));
  };
  const createSecret = async (): Promise<{ secret: string; sealed: string }> => {
    const secret = randomBytes(32).toString('hex');
    return { secret, sealed: (await secretStore.encrypt({ secret })).secret ?? '' };
  };
  const createRegistration = async (address: string): Promise<{ registration: Registration; secret: string }> => {
    const key = randomBytes(16).toString('hex');
    const { secret, sealed } = await createSecret();
    unsealed.set(sealed, secret);
    return {
      registration: { key, secret: sealed, confirmed: false, former: [], callbackUrl: `${address}/in/${key}` },
      secret,
    };
  };

  const remove = (ids: readonly string[]): void => {
    if (ids.length === 0) return;
    save(record.value.filter((hook) => !ids.includes(hook.id)));
    const needed = new Set(sealedIn(record.value));
    for (const sealed of unsealed.keys()) if (!needed.has(sealed)) unsealed.delete(sealed);
  };

  for (const sealed of sealedIn(record.value)) {
    const { secrets } = await secretStore.decrypt({ sealed });
    if (secrets.sealed !== undefined) unsealed.set(sealed, secrets.sealed);
  }
  const lost = record.value.filter(({ secret }) => !unsealed.has(secret)).length;
  if (lost > 0) {
    warn(
      `The secrets of ${lost} hooks can no longer be read (the key store changed): their callbacks cannot be proven. Remove and create them again.`,
    );
  }
  if (record.value.some((hook) => migrated(hook) !== hook)) record.set(record.value.map(migrated));
  index();

  return {
    get all() {
      return record.value;
    },
    byId,
    byKey(key) {
      const hook = byKey.get(key);
      const registration = hook && registrationAt(hook, key);
      return registration && isValid(registration, now()) ? hook : undefined;
    },
    secrets(hook, key = hook.key) {
      const registration = registrationAt(hook, key);
      const present = registration && unsealed.get(registration.secret);
      if (registration === undefined || present === undefined) return undefined;
      const former = stillValid(registration.former, now()).flatMap(({ secret }) => unsealed.get(secret) ?? []);
      return [{ of: 'hook', value: present }, ...former.map((value) => ({ of: 'hook-previous', value }) as const)];
    },
    usedPrevious(key) {
      const hook = byKey.get(key);
      if (!hook) return;
      const next = usedPrevious(hook, key, now());
      const end = (one: HookRecord) =>
        Math.max(0, ...(registrationAt(one, key)?.former ?? []).map(({ until = 0 }) => until));
      if (end(next) - end(hook) >= worthWriting) alter(hook.id, () => next);
    },
    async create({ address, ...draft }) {
      const { registration, secret } = await createRegistration(address);
      const rest = { id: randomUUID(), paused: false, status: 'creating', createdAt: now() };
      const hook = HookRecord.parse({ ...draft, ...registration, ...rest });
      save([...record.value, hook]);
      return { hook, secret };
    },
    async prepare(id, address) {
      const begun = byId(id)?.others.find(
        (one) => one.state === 'arriving' && one.callbackUrl === `${address}/in/${one.key}`,
      );
      const known = begun && unsealed.get(begun.secret);
      if (begun && known !== undefined) return { registration: begun, secret: known };
      const { registration, secret } = await createRegistration(address);
      const arriving = { ...registration, state: 'arriving' as const };
      alter(id, (hook) => ({ ...hook, others: [...hook.others, arriving] }));
      return byId(id) ? { registration: arriving, secret } : undefined;
    },
    promote: (id, key, providerId) =>
      alter(id, (hook) => confirmed(promoted(hook, key, providerId, now()), key, now())),
    retire: (id, key, providerId) => alter(id, (hook) => withRegistration(hook, key, { state: 'leaving', providerId })),
    markRetired: (id, key) => alter(id, (hook) => retired(hook, key, now())),
    change(changes) {
      const next = record.value.map((hook) => {
        const change = changes.get(hook.id);
        const changed = { ...hook, ...change };
        return !change || isDeepStrictEqual(withoutAbsent(changed), withoutAbsent(hook)) ? hook : changed;
      });
      if (next.some((hook, position) => hook !== record.value[position])) save(next);
    },
    async rotate({ id }) {
      const { secret, sealed } = await createSecret();
      const hook = byId(id);
      const known = hook && unsealed.get(hook.secret);
      if (hook && known !== undefined && !hook.confirmed) return known;
      if (!hook || known === undefined) return secret;
      unsealed.set(sealed, secret);
      // On disk before the provider is asked: whichever it signs with after a crash is known.
      const former = [{ secret: hook.secret }, ...stillValid(hook.former, now())];
      alter(id, (one) => withRegistration(one, one.key, { secret: sealed, confirmed: false, former }));
      return secret;
    },
    confirm: (id) => alter(id, (hook) => (hook.confirmed ? hook : confirmed(hook, hook.key, now()))),
    remove,
    release(ids) {
      const left = record.value.filter(({ id }) => ids.includes(id)).flatMap(registrationsOf);
      released.set([...released.value, ...left.flatMap(({ providerId }) => providerId ?? [])].slice(-releasedKept));
      remove(ids);
    },
    isReleased: (providerId) => released.value.includes(providerId),
  };
}

function sealedIn(hooks: readonly HookRecord[]): string[] {
  return hooks.flatMap(registrationsOf).flatMap(({ secret, former }) => [secret, ...former.map((one) => one.secret)]);
}

function withoutAbsent(hook: HookRecord): object {
  return Object.fromEntries(Object.entries(hook).filter(([, member]) => member !== undefined));
}
