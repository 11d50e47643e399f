import type { Hook } from '../../../preload/contract/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import { hookMessages } from '../messages/index.ts';
import type { Stamp } from '../storage/index.ts';
import { type HookEdit, validateEdit } from './change.ts';
import type { HookProvider } from './providers.ts';
import { reference } from './reconcile/index.ts';
import type { HookRecord, HookRecordChange, HookRecords } from './records/index.ts';
import { clean, registrationsOf } from './records/index.ts';

interface OwnHooksOptions {
  readonly records: HookRecords;
  readonly installation: Stamp;
  /** The public address while it is verified. */
  verifiedUrl(): string | undefined;
  changed(): void;
  open(connection: string): HookProvider;
  setSecret(hook: HookRecord, providerId: string): Promise<void>;
  toView(hook: HookRecord): Hook;
  scheduleReconcile(): void;
}

/** What the user does to hooks of this installation. */
export function createOwnHooks(options: OwnHooksOptions) {
  const { records, installation, open, setSecret, toView } = options;
  const require = (id: string): HookRecord => {
    const hook = records.byId(id);
    if (hook) return hook;
    throw notFound('hook');
  };
  const applyEdit = async (hook: HookRecord, providerId: string, edit: HookEdit): Promise<void> => {
    const { support, context } = open(hook.connection);
    validateEdit(support, hook, edit);
    if (Object.keys(edit).length === 0) return;
    // One that is gone at the provider is created again by the reconciler; there is nothing to enable.
    const isAbsent = hook.status === 'missing' && edit.status === 'active' && options.verifiedUrl() !== undefined;
    await withStoredPause(records, hook, edit, async () => {
      if (!isAbsent)
        await support.update(context, reference(hook, providerId), { ...clean(edit), installation: installation.id });
    });
    records.change(new Map([[hook.id, changeOf(edit, isAbsent)]]));
    options.changed();
  };
  return {
    toView,
    async update(id: string, edit: HookEdit, rotates: boolean): Promise<Hook> {
      const hook = require(id);
      const { providerId } = hook;
      if (providerId === undefined) throw new RingbackError('conflict', hookMessages.beingCreated());
      await applyEdit(hook, providerId, edit);
      if (edit.status === 'active') options.scheduleReconcile();
      if (rotates) await setSecret(records.byId(id) ?? hook, providerId);
      return toView(records.byId(id) ?? hook);
    },
    /** With all its registrations. */
    async remove(id: string): Promise<void> {
      const hook = require(id);
      const registered = registrationsOf(hook).filter((one) => !('state' in one) || one.state !== 'retired');
      for (const { providerId } of registered) {
        if (providerId === undefined) continue;
        const { support, context } = open(hook.connection);
        await support.remove(context, reference(hook, providerId));
      }
      records.remove([id]);
      options.changed();
    },
  };
}

/** Whether the hook is to be paused is stored before the request, so that the reconciler does not undo it in between. */
async function withStoredPause(
  records: HookRecords,
  hook: HookRecord,
  { status }: HookEdit,
  request: () => Promise<void>,
): Promise<void> {
  if (status === undefined) return request();
  records.change(new Map([[hook.id, { paused: status === 'inactive' }]]));
  try {
    await request();
  } catch (error) {
    records.change(new Map([[hook.id, { paused: hook.paused ?? false }]]));
    throw error;
  }
}

function changeOf({ status, filter, attribute }: HookEdit, isAbsent: boolean): HookRecordChange {
  return {
    ...(status && !isAbsent ? { status } : {}),
    ...(filter === undefined ? {} : { filter: filter ?? undefined }),
    ...(attribute === undefined ? {} : { attribute: attribute ?? undefined }),
  };
}

/** Hands a fresh secret to the provider; one at a time for each hook, so that the last one is the present one. */
export function createSecretHandover(records: HookRecords, open: (connection: string) => HookProvider) {
  const running = new Map<string, Promise<void>>();
  return (hook: HookRecord, providerId: string): Promise<void> => {
    const handOver = async (): Promise<void> => {
      const { support, context } = open(hook.connection);
      const secret = await records.rotate(hook);
      await support.update(context, reference(hook, providerId), { secret });
      records.confirm(hook.id);
    };
    const handover = running.get(hook.id) ?? handOver().finally(() => running.delete(hook.id));
    running.set(hook.id, handover);
    return handover;
  };
}
