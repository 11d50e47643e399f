import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Secret } from './connector.ts';
import type { Store } from './ports.ts';
import { createRecord } from './record.ts';
import { Sealed, type Vault } from './vault.ts';

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
  /** A replaced secret still counts until that time, in milliseconds since 1970. */
  previous: z.object({ secret: Sealed, until: z.number() }).optional(),
  callbackUrl: z.string(),
  providerId: z.string().optional(),
  status: z.string(),
  createdAt: z.number(),
});
/** A hook that this installation made. */
export type HookRecord = z.infer<typeof HookRecord>;

/** The own hooks, on disk before the provider hears of them, with their secrets unsealed in memory. */
export interface HookRecords {
  readonly all: readonly HookRecord[];
  byKey(key: string): HookRecord | undefined;
  /** Undefined while they cannot be unsealed. */
  secrets(hook: HookRecord): readonly Secret[] | undefined;
  /** Saves a new hook under a fresh key and secret. */
  begin(draft: HookStart): Promise<{ hook: HookRecord; secret: string }>;
  change(id: string, change: Partial<HookRecord>): HookRecord | undefined;
  /** Lets a fresh secret count beside the present one; `commit` makes it the present one, `drop` forgets it. */
  rotate(hook: HookRecord): Promise<{ secret: string; commit(): void; drop(): void }>;
  remove(id: string): void;
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

export async function openHookRecords(
  store: Store,
  vault: Vault,
  now: () => number,
  warn: (message: string) => void,
): Promise<HookRecords> {
  const record = createRecord(store, 'hooks', z.array(HookRecord), [], warn);
  const byKey = new Map(record.value.map((hook) => [hook.key, hook]));
  const secrets = new Map<string, Secret[]>();

  for (const hook of record.value) {
    const sealed = { hook: hook.secret, ...(hook.previous ? { 'hook-previous': hook.previous.secret } : {}) };
    const opened = (await vault.unseal(sealed)).secrets;
    const known = (['hook', 'hook-previous'] as const).flatMap((of) => (opened[of] ? [{ of, value: opened[of] }] : []));
    if (known.some(({ of }) => of === 'hook')) secrets.set(hook.id, known);
  }
  const lost = record.value.filter((hook) => !secrets.has(hook.id)).length;
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
  const change: HookRecords['change'] = (id, changes) => {
    const hook = record.value.find((one) => one.id === id);
    if (!hook) return undefined;
    const next = { ...hook, ...changes };
    save(record.value.map((one) => (one.id === id ? next : one)));
    return next;
  };

  return {
    get all() {
      return record.value;
    },
    byKey: (key) => byKey.get(key),
    secrets(hook) {
      const known = secrets.get(hook.id);
      const expired = hook.previous !== undefined && hook.previous.until <= now();
      return expired ? known?.filter(({ of }) => of !== 'hook-previous') : known;
    },
    async begin({ callbackUrl, ...draft }) {
      const key = randomBytes(16).toString('hex');
      const secret = randomBytes(32).toString('hex');
      const sealed = (await vault.seal({ secret })).secret ?? '';
      const hook = HookRecord.parse({
        ...draft,
        id: randomUUID(),
        key,
        secret: sealed,
        callbackUrl: callbackUrl(key),
        status: 'creating',
        createdAt: now(),
      });
      secrets.set(hook.id, [{ of: 'hook', value: secret }]);
      save([...record.value, hook]);
      return { hook, secret };
    },
    change,
    async rotate(hook) {
      const secret = randomBytes(32).toString('hex');
      const sealed = (await vault.seal({ secret })).secret ?? '';
      const present = secrets.get(hook.id)?.find(({ of }) => of === 'hook')?.value;
      const former: Secret[] = present === undefined ? [] : [{ of: 'hook-previous', value: present }];
      secrets.set(hook.id, [{ of: 'hook', value: secret }, ...former]);
      // Both are on disk before the provider is asked: whichever it signs with after a crash is known.
      change(hook.id, { secret: sealed, previous: { secret: hook.secret, until: now() + retryWindow } });
      return {
        secret,
        commit: () => void change(hook.id, { previous: { secret: hook.secret, until: now() + retryWindow } }),
        drop() {
          secrets.set(
            hook.id,
            former.map(({ value }) => ({ of: 'hook', value })),
          );
          change(hook.id, { secret: hook.secret, previous: hook.previous });
        },
      };
    },
    remove(id) {
      secrets.delete(id);
      save(record.value.filter((hook) => hook.id !== id));
    },
  };
}
