import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Secret } from '../../connector/index.ts';
import { hookMessages, type Message } from '../../messages/index.ts';
import type { Store } from '../../ports.ts';
import { createStoredValue, type SecretStore } from '../../storage/index.ts';
import { hours } from '../../timing/index.ts';
import { type CopiedHooks, withEncryptedSecrets, withPlainSecrets } from './copy.ts';
import {
  confirmed,
  HookRecord,
  isValid,
  type OtherRegistration,
  promoted,
  type Registration,
  registrationAt,
  registrationsOf,
  rememberedSecrets,
  retired,
  usedPrevious,
  validSecrets,
  withRegistration,
} from './record.ts';
import { type HookSecrets, openHookSecrets } from './secrets.ts';
import { type HookTable, openHookTable } from './table.ts';

/** What may change about a hook from outside; `undefined` removes an optional member. */
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
    | 'acceptUnsigned'
    | 'expiresAt'
    | 'owner'
    | 'failure'
    | 'disabledNotifiedAt'
  >
>;

/** The own hooks, stored before the provider receives them, with their secrets. */
export interface HookRecords extends Pick<HookTable, 'all' | 'byId'> {
  /** By the key of any registration whose deliveries are accepted. */
  byKey(key: string): HookRecord | undefined;
  /** Valid secrets of the present registration, or of that key's, newest first; undefined if it cannot be decrypted. */
  secrets(hook: HookRecord, key?: string): readonly Secret[] | undefined;
  /** The replaced secrets that no longer count, and until when they did. */
  expiredSecrets(hook: HookRecord): readonly { readonly value: string; readonly until: number }[];
  /** A replaced secret signed a delivery under that key. */
  usedPrevious(key: string): void;
  /** Saves a new hook under a fresh key and secret. */
  create(draft: NewHook): Promise<{ hook: HookRecord; secret: string }>;
  /** Prepares a registration whose new key and secret are valid at once; reuses a pending one for this address. */
  prepare(id: string, address: string): Promise<{ registration: OtherRegistration; secret: string } | undefined>;
  /** The provider has the registration, and acknowledged its secret: it becomes the present one. */
  promote(id: string, key: string, providerId: string): void;
  /** The pending registration cannot be used, and is to be removed. */
  retire(id: string, key: string, providerId: string): void;
  /** The registration is gone at the provider. */
  markRetired(id: string, key: string): void;
  /** Changes several in one write; an unchanged hook stays the same object. */
  change(changes: ReadonlyMap<string, HookRecordChange>): void;
  /** A new secret for the provider, valid at once beside the present ones; the same one until it is confirmed. */
  rotate(hook: HookRecord): Promise<string>;
  /** The provider has acknowledged the present secret. */
  confirm(id: string): void;
  remove(ids: readonly string[]): void;
  /** Removes them here, and remembers that they are to stay at the provider. */
  release(ids: readonly string[]): void;
  isReleased(providerId: string): boolean;
  /** All of it with plain secrets, for another computer. Throws where a secret cannot be decrypted. */
  copy(): Promise<CopiedHooks>;
  /** Stores a copy in place of all. */
  replaceAll(copied: CopiedHooks): Promise<void>;
}
interface NewHook extends Pick<HookRecord, 'connection' | 'event' | 'scope'> {
  readonly system?: string | undefined;
  readonly region?: string | undefined;
  readonly filter?: string | undefined;
  readonly attribute?: HookRecord['attribute'];
  /** The public address, which the key is appended to. */
  readonly address: string;
}

/** Hooks that stay at the provider, remembered so that they are not removed later. */
const maxReleased = 5000;
/** The use of a previous secret is stored only where it prolongs its validity by this much. */
const storedProlongation = hours(1);

export async function openHookRecords(
  store: Store,
  secretStore: SecretStore,
  now: () => number,
  warn: (message: string | Message) => void,
): Promise<HookRecords> {
  const table = openHookTable(store, warn);
  const released = createStoredValue(store, 'released-hooks', z.array(z.string()), [], warn);
  const secrets = await openHookSecrets(secretStore, table.all);
  const count = table.all.filter(({ secret }) => secrets.get(secret) === undefined).length;
  if (count > 0) warn(hookMessages.secretsLost({ count }));

  const remove = (ids: readonly string[]): void => {
    table.remove(ids);
    secrets.retain(table.all);
  };
  return {
    get all() {
      return table.all;
    },
    byId: table.byId,
    byKey(key) {
      const hook = table.byKey(key);
      const registration = hook && registrationAt(hook, key);
      return registration && isValid(registration, now()) ? hook : undefined;
    },
    secrets: (hook, key = hook.key) => secretsOf(registrationAt(hook, key), secrets, now()),
    expiredSecrets: (hook) => expiredSecretsOf(hook, secrets, now()),
    usedPrevious(key) {
      const hook = table.byKey(key);
      if (!hook) return;
      const next = usedPrevious(hook, key, now());
      if (lastValidity(next, key) - lastValidity(hook, key) >= storedProlongation) table.alter(hook.id, () => next);
    },
    ...registrationMethods(table, secrets, now),
    change: table.change,
    remove,
    release(ids) {
      const registrations = table.all.filter(({ id }) => ids.includes(id)).flatMap(registrationsOf);
      const providerIds = registrations.flatMap(({ providerId }) => providerId ?? []);
      released.set([...released.value, ...providerIds].slice(-maxReleased));
      remove(ids);
    },
    isReleased: (providerId) => released.value.includes(providerId),
    copy: async () => ({ hooks: await withPlainSecrets(table.all, secrets), released: [...released.value] }),
    async replaceAll(copied) {
      const hooks = await withEncryptedSecrets(copied.hooks, secrets);
      released.set(copied.released);
      table.replaceAll(hooks);
      secrets.retain(table.all);
    },
  };
}

type RegistrationMethod = 'create' | 'prepare' | 'promote' | 'retire' | 'markRetired' | 'rotate' | 'confirm';

function registrationMethods(
  table: HookTable,
  secrets: HookSecrets,
  now: () => number,
): Pick<HookRecords, RegistrationMethod> {
  return {
    async create({ address, ...draft }) {
      const { registration, secret } = await createRegistration(secrets, address);
      const rest = { id: randomUUID(), paused: false, status: 'creating', createdAt: now() };
      const hook = HookRecord.parse({ ...draft, ...registration, ...rest });
      table.add(hook);
      return { hook, secret };
    },
    async prepare(id, address) {
      const pending = table.byId(id)?.others.find((one) => isPendingAt(one, address));
      const known = pending && secrets.get(pending.secret);
      if (pending && known !== undefined) return { registration: pending, secret: known };
      const { registration, secret } = await createRegistration(secrets, address);
      const added = { ...registration, state: 'pending' as const };
      table.alter(id, (hook) => ({ ...hook, others: [...hook.others, added] }));
      return table.byId(id) ? { registration: added, secret } : undefined;
    },
    promote: (id, key, providerId) =>
      table.alter(id, (hook) => confirmed(promoted(hook, key, providerId, now()), key, now())),
    retire: (id, key, providerId) =>
      table.alter(id, (hook) => withRegistration(hook, key, { state: 'retiring', providerId })),
    markRetired: (id, key) => table.alter(id, (hook) => retired(hook, key, now())),
    async rotate({ id }) {
      const { secret, encrypted } = await secrets.create();
      const hook = table.byId(id);
      const known = hook && secrets.get(hook.secret);
      if (hook && known !== undefined && !hook.confirmed) return known;
      if (!hook || known === undefined) return secret;
      secrets.add(encrypted, secret);
      // Stored before the provider receives it: after a crash both secrets it may sign with are known.
      const previousSecrets = [{ secret: hook.secret }, ...rememberedSecrets(hook.previousSecrets, now())];
      table.alter(id, (one) =>
        withRegistration(one, one.key, { secret: encrypted, confirmed: false, previousSecrets }),
      );
      return secret;
    },
    confirm: (id) => table.alter(id, (hook) => (hook.confirmed ? hook : confirmed(hook, hook.key, now()))),
  };
}

async function createRegistration(
  secrets: HookSecrets,
  address: string,
): Promise<{ registration: Registration; secret: string }> {
  const key = randomBytes(16).toString('hex');
  const { secret, encrypted } = await secrets.create();
  secrets.add(encrypted, secret);
  const callbackUrl = `${address}/in/${key}`;
  return { registration: { key, secret: encrypted, confirmed: false, previousSecrets: [], callbackUrl }, secret };
}

function isPendingAt({ state, callbackUrl, key }: OtherRegistration, address: string): boolean {
  return state === 'pending' && callbackUrl === `${address}/in/${key}`;
}

function secretsOf(
  registration: Registration | undefined,
  secrets: HookSecrets,
  time: number,
): readonly Secret[] | undefined {
  const present = registration && secrets.get(registration.secret);
  if (registration === undefined || present === undefined) return undefined;
  const previous = validSecrets(registration.previousSecrets, time).flatMap(({ secret }) => secrets.get(secret) ?? []);
  return [{ of: 'hook', value: present }, ...previous.map((value) => ({ of: 'hook-previous', value }) as const)];
}

function expiredSecretsOf(hook: HookRecord, secrets: HookSecrets, time: number) {
  return registrationsOf(hook)
    .flatMap(({ previousSecrets }) => previousSecrets)
    .flatMap(({ secret, until = Number.POSITIVE_INFINITY }) => {
      const value = secrets.get(secret);
      return value !== undefined && until <= time ? [{ value, until }] : [];
    });
}

/** Until when the longest valid previous secret is accepted. */
function lastValidity(hook: HookRecord, key: string): number {
  return Math.max(0, ...(registrationAt(hook, key)?.previousSecrets ?? []).map(({ until = 0 }) => until));
}
