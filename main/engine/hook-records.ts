import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Secret } from './connector.ts';
import type { Store } from './ports.ts';
import { createRecord } from './record.ts';
import { Sealed, type Vault } from './vault.ts';

/** A secret that was replaced. It counts until that time, in milliseconds since 1970; without one until its successor is confirmed. */
const FormerSecret = z.object({ secret: Sealed, until: z.number().optional() });

const HookRecord = z.object({
  id: z.string(),
  connection: z.string(),
  system: z.string().optional(),
  event: z.string(),
  scope: z.record(z.string(), z.string()),
  region: z.string().optional(),
  filter: z.string().optional(),
  attribute: z.record(z.string(), z.json()).optional(),
  /** The 128-bit key in its callback address, 32 hex digits. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
  secret: Sealed,
  /** False until the provider has acknowledged the secret. */
  confirmed: z.boolean(),
  former: z.array(FormerSecret),
  callbackUrl: z.string(),
  providerId: z.string().optional(),
  status: z.string(),
  createdAt: z.number(),
});
/** A hook that this installation made. */
export type HookRecord = z.infer<typeof HookRecord>;

/** What may change about a hook from outside; `undefined` takes an optional member away. */
export type HookRecordChange = Partial<
  Pick<HookRecord, 'system' | 'event' | 'region' | 'filter' | 'attribute' | 'providerId' | 'status'>
>;

/** The own hooks, on disk before the provider hears of them, with their secrets unsealed in memory. */
export interface HookRecords {
  readonly all: readonly HookRecord[];
  byId(id: string): HookRecord | undefined;
  byKey(key: string): HookRecord | undefined;
  /** The present one first; undefined while it cannot be unsealed. */
  secrets(hook: HookRecord): readonly Secret[] | undefined;
  /** Saves a new hook under a fresh key and secret. */
  begin(draft: HookStart): Promise<{ hook: HookRecord; secret: string }>;
  /** Changes several in one write; an unchanged hook stays the same object. */
  change(changes: ReadonlyMap<string, HookRecordChange>): void;
  /** A fresh secret to hand to the provider, which counts from now on beside the present ones; until it is confirmed the same one again. */
  rotate(hook: HookRecord): Promise<string>;
  /** The provider has acknowledged the present secret. */
  confirm(id: string): void;
  remove(ids: readonly string[]): void;
}
export interface HookStart extends Pick<HookRecord, 'connection' | 'event' | 'scope'> {
  readonly system?: string | undefined;
  readonly region?: string | undefined;
  readonly filter?: string | undefined;
  readonly attribute?: HookRecord['attribute'];
  callbackUrl(key: string): string;
}

/** The provider's retry window: callbacks signed with the old secret may come for so long (Webhooks API: event delivery guarantees). */
const retryWindow = 48 * 3600_000;

interface Unsealed {
  readonly present: string;
  readonly former: readonly { readonly value: string; readonly until?: number | undefined }[];
}

export async function openHookRecords(
  store: Store,
  vault: Vault,
  now: () => number,
  warn: (message: string) => void,
): Promise<HookRecords> {
  const record = createRecord(store, 'hooks', z.array(HookRecord), [], warn);
  const byKey = new Map(record.value.map((hook) => [hook.key, hook]));
  const unsealed = new Map<string, Unsealed>();
  for (const hook of record.value) {
    const opened = await unseal(vault, hook);
    if (opened) unsealed.set(hook.id, opened);
  }
  const lost = record.value.length - unsealed.size;
  if (lost > 0) {
    warn(
      `The secrets of ${lost} hooks can no longer be read (the key store changed): their callbacks cannot be proven. Remove and create them again.`,
    );
  }

  const save = (hooks: HookRecord[]): void => {
    record.set(hooks);
    byKey.clear();
    for (const hook of hooks) byKey.set(hook.key, hook);
  };
  const byId = (id: string): HookRecord | undefined => record.value.find((hook) => hook.id === id);
  const replace = (next: HookRecord): void => save(record.value.map((hook) => (hook.id === next.id ? next : hook)));
  const createSecret = async (): Promise<{ secret: string; sealed: string }> => {
    const secret = randomBytes(32).toString('hex');
    return { secret, sealed: (await vault.seal({ secret })).secret ?? '' };
  };

  return {
    get all() {
      return record.value;
    },
    byId,
    byKey: (key) => byKey.get(key),
    secrets(hook) {
      const known = unsealed.get(hook.id);
      if (!known) return undefined;
      const living = known.former.filter(({ until = Number.POSITIVE_INFINITY }) => until > now());
      return [
        { of: 'hook', value: known.present },
        ...living.map(({ value }) => ({ of: 'hook-previous', value }) as const),
      ];
    },
    async begin({ callbackUrl, ...draft }) {
      const key = randomBytes(16).toString('hex');
      const { secret, sealed } = await createSecret();
      const hook = HookRecord.parse({
        ...draft,
        id: randomUUID(),
        key,
        secret: sealed,
        confirmed: false,
        former: [],
        callbackUrl: callbackUrl(key),
        status: 'creating',
        createdAt: now(),
      });
      unsealed.set(hook.id, { present: secret, former: [] });
      save([...record.value, hook]);
      return { hook, secret };
    },
    change(changes) {
      const next = record.value.map((hook) => {
        const changed = { ...hook, ...changes.get(hook.id) };
        return isDeepStrictEqual(withoutAbsent(changed), withoutAbsent(hook)) ? hook : changed;
      });
      if (next.some((hook, index) => hook !== record.value[index])) save(next);
    },
    async rotate({ id }) {
      const { secret, sealed } = await createSecret();
      const hook = byId(id);
      const known = unsealed.get(id);
      if (hook && known && !hook.confirmed) return known.present;
      if (!hook || !known) return secret;
      unsealed.set(id, { present: secret, former: [{ value: known.present }, ...known.former] });
      // On disk before the provider is asked: whichever it signs with after a crash is known.
      const former = [{ secret: hook.secret }, ...living(hook.former, now())];
      replace({ ...hook, secret: sealed, confirmed: false, former });
      return secret;
    },
    confirm(id) {
      const hook = byId(id);
      const known = unsealed.get(id);
      if (!hook || hook.confirmed || !known) return;
      const end = now() + retryWindow;
      unsealed.set(id, { ...known, former: known.former.map((one) => ({ ...one, until: one.until ?? end })) });
      replace({ ...hook, confirmed: true, former: hook.former.map((one) => ({ ...one, until: one.until ?? end })) });
    },
    remove(ids) {
      if (ids.length === 0) return;
      for (const id of ids) unsealed.delete(id);
      save(record.value.filter((hook) => !ids.includes(hook.id)));
    },
  };
}

async function unseal(vault: Vault, hook: HookRecord): Promise<Unsealed | undefined> {
  const sealed = Object.fromEntries(hook.former.map((one, index) => [`former-${index}`, one.secret]));
  const { secrets } = await vault.unseal({ present: hook.secret, ...sealed });
  if (secrets.present === undefined) return undefined;
  const former = hook.former.flatMap(({ until }, index) => {
    const value = secrets[`former-${index}`];
    return value === undefined ? [] : [{ value, until }];
  });
  return { present: secrets.present, former };
}

function living(former: HookRecord['former'], time: number): HookRecord['former'] {
  return former.filter(({ until = Number.POSITIVE_INFINITY }) => until > time);
}

function withoutAbsent(hook: HookRecord): object {
  return Object.fromEntries(Object.entries(hook).filter(([, member]) => member !== undefined));
}
