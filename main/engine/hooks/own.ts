import type { Hook } from '../../../preload/contract.ts';
import { notFound, RingbackError } from '../errors.ts';
import { type HookEdit, validateEdit } from './change.ts';
import type { HookProvider } from './providers.ts';
import { registrationsOf } from './record.ts';
import type { HookRecord, HookRecords } from './records.ts';
import { reference } from './steps.ts';
import { clean } from './view.ts';

interface OwnHooksOptions {
  readonly records: HookRecords;
  readonly installation: string;
  /** The public address while it is proven to lead here. */
  verifiedUrl(): string | undefined;
  changed(): void;
  open(connection: string): HookProvider;
  setSecret(hook: HookRecord, providerId: string): Promise<void>;
  toOwn(hook: HookRecord): Hook;
  scheduleReconcile(): void;
}

/** What the user does to hooks of this installation. */
export function createOwnHooks({
  records,
  installation,
  verifiedUrl,
  changed,
  open,
  setSecret,
  toOwn,
  scheduleReconcile,
}: OwnHooksOptions) {
  const requireOwn = (id: string): HookRecord => {
    const hook = records.byId(id);
    if (hook) return hook;
    throw notFound('hook');
  };
  /** What the user wishes is on disk before the provider is asked, so that nothing undoes it in between. */
  const wish = async (hook: HookRecord, { status }: HookEdit, act: () => Promise<void>): Promise<void> => {
    if (status === undefined) return act();
    records.change(new Map([[hook.id, { paused: status === 'inactive' }]]));
    try {
      await act();
    } catch (error) {
      records.change(new Map([[hook.id, { paused: hook.paused ?? false }]]));
      throw error;
    }
  };
  return {
    async update(id: string, change: HookEdit, rotates: boolean): Promise<Hook> {
      const hook = requireOwn(id);
      const { connection, providerId } = hook;
      if (providerId === undefined) throw new RingbackError('conflict', 'This hook is still being created.');
      const { support, context } = open(connection);
      validateEdit(support, hook, change);
      const { status, filter, attribute } = change;
      // One that is gone, or points elsewhere, is made anew; there is nothing to switch on.
      const absent = hook.status === 'missing' && status === 'active' && verifiedUrl() !== undefined;
      if (Object.keys(change).length > 0) {
        await wish(hook, change, async () => {
          if (!absent) await support.update(context, reference(hook, providerId), { ...clean(change), installation });
        });
        const changes = {
          ...(status && !absent ? { status } : {}),
          ...(filter === undefined ? {} : { filter: filter ?? undefined }),
          ...(attribute === undefined ? {} : { attribute: attribute ?? undefined }),
        };
        records.change(new Map([[id, changes]]));
        changed();
      }
      if (status === 'active') scheduleReconcile();
      if (rotates) await setSecret(records.byId(id) ?? hook, providerId);
      return toOwn(records.byId(id) ?? hook);
    },
    /** With all its registrations. */
    async remove(id: string): Promise<void> {
      const hook = requireOwn(id);
      for (const { providerId } of registrationsOf(hook).filter((one) => !('state' in one) || one.state !== 'left')) {
        if (providerId === undefined) continue;
        const { support, context } = open(hook.connection);
        await support.remove(context, reference(hook, providerId));
      }
      records.remove([id]);
      changed();
    },
  };
}

/** One at a time for each hook, so that the last secret handed over is the one that counts as present. */
export function createSecretHandover(records: HookRecords, open: (connection: string) => HookProvider) {
  const rotating = new Map<string, Promise<void>>();
  return (hook: HookRecord, providerId: string): Promise<void> => {
    const hand = async (): Promise<void> => {
      const { support, context } = open(hook.connection);
      const secret = await records.rotate(hook);
      await support.update(context, reference(hook, providerId), { secret });
      records.confirm(hook.id);
    };
    const running = rotating.get(hook.id) ?? hand().finally(() => rotating.delete(hook.id));
    rotating.set(hook.id, running);
    return running;
  };
}
