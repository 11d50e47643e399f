import type { Context, HookListing, HookSupport, RemoteHook } from '../../../main/engine/connector/index.ts';
import { RingbackError } from '../../../main/engine/errors.ts';
import { HooksHeld } from '../../../main/engine/hooks/reconcile/held.ts';
import { createHookListings } from '../../../main/engine/hooks/reconcile/listings.ts';
import { createHookReconciler, type HookReconciler } from '../../../main/engine/hooks/reconcile/reconciler.ts';
import { type HookRecords, openHookRecords } from '../../../main/engine/hooks/records/records.ts';
import { addressIn } from '../../../main/engine/hooks/records/remote-match.ts';
import { hookMessages, teamMessages } from '../../../main/engine/messages/index.ts';
import type { Ledger } from '../../../main/engine/storage/ledger.ts';
import { createSecretStore } from '../../../main/engine/storage/secrets.ts';
import { silentLog } from '../../support/log.ts';
import { memoryStore, mirrorCipher } from '../../support/memory-store.ts';

export const stamp = 'this-installation';
export const minute = 60_000;

export interface WorldHook extends RemoteHook {
  status: string;
  /** Undefined until it was handed over. */
  secret?: string;
  /** From when it signs. */
  signsFrom: number;
}

/** What becomes of a request to the provider. */
export type Fate =
  | 'answered'
  | 'put off'
  | 'lost before'
  | 'lost after'
  | 'refused'
  | 'held'
  | 'crash before'
  | 'crash after';

/** A provider in memory and a Ringback that can crash at any request to it: what is on disk survives, nothing else. */
export class World {
  readonly values = new Map<string, unknown>();
  readonly provider = new Map<string, WorldHook>();
  /** Addresses that lead here. */
  readonly alive = new Set<string>();
  readonly regions: string[] | undefined;
  readonly delay: number;
  address: string | undefined;
  now = 1_000_000_000_000;
  /** Of the coming requests, in order; all later ones are answered. */
  fates: Fate[] = [];
  /** What was asked, in order. */
  readonly asked: string[] = [];
  /** Looked at before and after every request. */
  watch: (records: HookRecords, request: () => void) => void = (_records, request) => request();
  #ids = 0;
  #crash: (() => void) | undefined;

  constructor({ delay = 0, regions }: { delay?: number; regions?: string[] }) {
    this.delay = delay;
    this.regions = regions;
  }

  add(hook: Omit<WorldHook, 'providerId' | 'signsFrom'> & { providerId?: string; signsFrom?: number }): WorldHook {
    this.#ids += 1;
    const providerId = hook.providerId ?? `made-${this.#ids}`;
    const added = { signsFrom: 0, ...hook, providerId };
    this.provider.set(providerId, added);
    return added;
  }

  /** One whole run of a Ringback that was just started. False where it crashed. */
  async run(): Promise<boolean> {
    const crashed = new Promise<false>((resolve) => {
      this.#crash = () => resolve(false);
    });
    const { reconciler } = await this.open();
    return Promise.race([reconciler.reconcile({}).then(() => true), crashed]);
  }

  /** The same run in a Ringback that is running already. */
  async open(): Promise<{ records: HookRecords; reconciler: HookReconciler }> {
    const records = await openHookRecords(
      memoryStore(this.values),
      createSecretStore(mirrorCipher),
      () => this.now,
      () => {},
    );
    const support = this.#support(records);
    const open = () => ({ support, context: {} as Context });
    const address = () => this.address;
    const common = { records, open, address, log: silentLog, changed: () => {} };
    const listings = createHookListings({
      ...common,
      isInProgress: () => false,
      confirmSecret: async (hook) => {
        const secret = await records.rotate(hook);
        const reference = { providerId: hook.providerId ?? '', event: hook.event };
        await support
          .update({} as Context, reference, { secret })
          .then(() => records.confirm(hook.id))
          .catch(() => {});
      },
    });
    const reconciler = createHookReconciler({
      holdReason: () => undefined,
      ...common,
      listings,
      installation: { id: stamp },
      ledger: { write: async () => undefined, all: () => [] } as unknown as Ledger,
      notifier: { queue: async () => true },
      connections: () => ['one'],
      rateLimitOf: () => undefined,
      isReachable: async (url) => this.alive.has(url),
      isDuplicate: async () => false,
      duplicateFound: () => false,
      label: ({ event }) => hookMessages.label({ title: event, place: '' }),
      queueOf: () => (work) => work(),
      isInProgress: () => false,
      now: () => this.now,
      wait: async (milliseconds) => {
        this.now += milliseconds;
      },
    });
    return { records, reconciler };
  }

  #support(records: HookRecords): HookSupport {
    const request = <T>(name: string, effect: () => T): Promise<T> => this.#request(records, name, effect);
    const find = (providerId: string): WorldHook => {
      const hook = this.provider.get(providerId);
      if (!hook) throw new RingbackError('not-found', 'There is no such hook.');
      return hook;
    };
    const sign = (hook: WorldHook, secret: string): void => {
      if (hook.secret !== secret) Object.assign(hook, { secret, signsFrom: this.now + this.delay });
    };
    return {
      catalogue: { systems: [], regions: [] },
      inspect: () => {},
      secretActivationTime: this.delay,
      list: () =>
        request('list', (): HookListing => {
          const { regions } = this;
          const hooks = [...this.provider.values()].filter(({ region }) => !regions || regions.includes(region ?? ''));
          return { hooks, problems: [], ...(regions ? { regions } : {}) };
        }),
      create: async (_context, draft) => {
        const made = await request('create', () => {
          const { event, scope, region, callbackUrl, installation } = draft;
          const duplicate = [...this.provider.values()].find((hook) => hook.callbackUrl === callbackUrl);
          const place = { event, scope, ...(region ? { region } : {}) };
          return duplicate ?? this.add({ ...place, callbackUrl, installation, status: 'active', signsFrom: Infinity });
        });
        await request('update', () => {
          made.status = 'active';
          sign(made, draft.secret);
        });
        return { ...made };
      },
      update: (_context, { providerId }, { status, secret, expiresAt }) =>
        request('update', () => {
          const hook = find(providerId);
          if (secret !== undefined) sign(hook, secret);
          Object.assign(hook, { ...(status ? { status } : {}), ...(expiresAt ? { expiresAt } : {}) });
        }),
      remove: (_context, { providerId }) => request('remove', () => void this.provider.delete(providerId)),
    };
  }

  async #request<T>(records: HookRecords, name: string, effect: () => T): Promise<T> {
    this.now += 1000;
    this.asked.push(name);
    const fate = this.fates.shift() ?? 'answered';
    const never = new Promise<never>(() => {});
    if (fate === 'crash before' || fate === 'crash after') this.#crash?.();
    if (fate === 'crash before') return never;
    if (fate === 'lost before') throw new RingbackError('offline', 'No answer.');
    if (fate === 'put off') throw new RingbackError('provider', 'Later.', { retryAfter: 2 * minute });
    if (fate === 'held') throw new HooksHeld(teamMessages.replaced({ computer: 'other' }));
    if (fate === 'refused') throw new RingbackError('provider', 'No.');
    const results: T[] = [];
    this.watch(records, () => void results.push(effect()));
    if (fate === 'crash after') return never;
    if (fate === 'lost after') throw new RingbackError('offline', 'The answer was lost.');
    return results[0] as T;
  }

  /** Whether a callback of the hook would be accepted now: it is sent to an address that leads here, and signed with a secret that counts. */
  rings(records: HookRecords, id: string): boolean {
    return [...this.provider.values()].some(({ callbackUrl, status, secret, signsFrom }) => {
      const key = callbackUrl.slice(callbackUrl.lastIndexOf('/') + 1);
      const own = records.byKey(key);
      if (own?.id !== id || status === 'inactive' || signsFrom > this.now) return false;
      return (
        this.alive.has(addressIn(callbackUrl)) &&
        (records.secrets(own, key) ?? []).some(({ value }) => value === secret)
      );
    });
  }
}
