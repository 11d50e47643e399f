import type { Context, HookReference, HookSupport, RemoteHook } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { type HookStep, isThere } from './plan.ts';
import { minute, registrationsOf } from './record.ts';
import type { HookRecord, HookRecords } from './records.ts';
import { clean } from './view.ts';

export interface HookStepsOptions {
  readonly records: HookRecords;
  readonly installation: string;
  open(connection: string): { support: HookSupport; context: Context };
  /** The proven public address. */
  address(): string | undefined;
  now(): number;
}

/** A hook of ours lives so long before it is renewed, where the provider makes it expire. */
const lifetime = 365 * 24 * 60 * minute;

/** Which HTTP methods a step takes, for the provider's quota. */
export const methodsOf: Readonly<Record<HookStep['action'], readonly string[]>> = {
  move: ['POST', 'PATCH'],
  create: ['POST', 'PATCH'],
  adopt: ['PATCH'],
  activate: ['PATCH'],
  pause: ['PATCH'],
  renew: ['PATCH'],
  remove: ['DELETE'],
};

/**
 * Does one step at the provider. What it is about to do is on disk before, so that after a crash anywhere the next plan goes on from there.
 * A step that no longer fits, because the user changed the hook meanwhile, does nothing.
 */
export function createHookSteps(options: HookStepsOptions) {
  const { records, installation } = options;

  /** Always under a fresh key: whatever answers are lost, a crash leaves something that can be told apart. */
  const register = async (hook: HookRecord): Promise<void> => {
    const address = options.address();
    if (address === undefined || hook.paused) return;
    const { support, context } = options.open(hook.connection);
    const prepared = await records.prepare(hook.id, address);
    if (!prepared) return;
    const { key, callbackUrl } = prepared.registration;
    const { system, event, scope, region, filter, attribute } = hook;
    const request = clean({ system, event, scope, region, filter, attribute });
    take(
      hook.id,
      key,
      await support.create(context, { ...request, callbackUrl, secret: prepared.secret, installation }),
    );
  };

  const take = (id: string, key: string, made: RemoteHook): void => {
    records.promote(id, key, made.providerId);
    const { system, event, status, expiresAt, owner } = made;
    const named = system === undefined ? {} : { system };
    records.change(new Map([[id, { event, expiresAt, owner, status, trouble: undefined, ...named }]]));
  };

  const adopt = async (hook: HookRecord, { key, remote }: HookStep & { action: 'adopt' }): Promise<void> => {
    const registration = hook.others.find((one) => one.key === key && one.state === 'arriving');
    const [secret] = records.secrets(hook, key) ?? [];
    if (!registration || !secret) return;
    const { support, context } = options.open(hook.connection);
    const { filter = null, attribute = {} } = hook;
    const status = hook.paused ? 'inactive' : 'active';
    try {
      await support.update(context, remote, { secret: secret.value, filter, attribute, installation, status });
    } catch (error) {
      if (!isFinal(error) || hook.paused) throw error;
      // It cannot be made to sign with what is known here: another one takes its place, and then it goes.
      records.retire(hook.id, key, remote.providerId);
      return register(records.byId(hook.id) ?? hook);
    }
    take(hook.id, key, { ...remote, status });
  };

  const setStatus = async (hook: HookRecord, remote: RemoteHook, status: 'active' | 'inactive'): Promise<void> => {
    if ((hook.paused ?? false) !== (status === 'inactive') || hook.providerId !== remote.providerId) return;
    const { support, context } = options.open(hook.connection);
    await support.update(context, remote, { status });
    records.change(new Map([[hook.id, { status }]]));
  };

  /** Where the provider does not let it live longer, another one takes its place. */
  const renew = async (hook: HookRecord, remote: RemoteHook): Promise<void> => {
    const { support, context } = options.open(hook.connection);
    const expiresAt = options.now() + lifetime;
    try {
      await support.update(context, remote, { expiresAt });
      records.change(new Map([[hook.id, { expiresAt }]]));
    } catch (error) {
      if (!isFinal(error) || hook.paused) throw error;
      await register(hook);
    }
  };

  const remove = async (step: HookStep & { action: 'remove' }, connection: string): Promise<void> => {
    const { remote, hook, key } = step;
    // Whatever has become the present one since the plan was made stays.
    if (records.all.some((one) => one.providerId === remote.providerId)) return;
    if (!hook && records.all.some((one) => registrationsOf(one).some((other) => isThere(other, remote)))) return;
    const { support, context } = options.open(connection);
    await support.remove(context, remote);
    if (hook && key) records.markRetired(hook, key);
  };

  return async (step: HookStep, connection: string): Promise<void> => {
    if (step.action === 'remove') return remove(step, connection);
    const hook = records.byId(step.hook);
    if (!hook) return;
    if (step.action === 'adopt') return adopt(hook, step);
    if (step.action === 'activate') return setStatus(hook, step.remote, 'active');
    if (step.action === 'pause') return setStatus(hook, step.remote, 'inactive');
    if (step.action === 'renew') return renew(hook, step.remote);
    return register(hook);
  };
}

/** Whether asking once more would change nothing. */
function isFinal(error: unknown): boolean {
  return error instanceof RingbackError && !error.uncertain && error.retryAfter === undefined;
}

/** A registration of a hook as the provider knows it. */
export function reference({ system, event, region }: HookRecord, providerId: string): HookReference {
  return clean({ providerId, system, event, region });
}
