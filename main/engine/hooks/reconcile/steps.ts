import type { Context, HookReference, HookSupport, RemoteHook } from '../../connector/index.ts';
import { RingbackError } from '../../errors.ts';
import type { Stamp } from '../../storage/index.ts';
import { days } from '../../timing/index.ts';
import type { HookRecord, HookRecords } from '../records/index.ts';
import { clean, isRegistrationOf } from '../records/index.ts';
import { HooksHeld } from './held.ts';
import type { HookStep } from './plan.ts';

export interface HookStepsOptions {
  readonly records: HookRecords;
  readonly installation: Stamp;
  open(connection: string): { support: HookSupport; context: Context };
  /** The verified public address. */
  address(): string | undefined;
  now(): number;
}

/** The expiry set when a hook is renewed, where the provider lets hooks expire. */
const lifetime = days(365);

/** The HTTP methods of a step's requests, for the rate limit. */
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
 * Carries out one step at the provider, storing before what it is about to do, so that the next plan continues after a
 * crash. A step that no longer applies, because the user changed the hook, does nothing.
 */
export function createHookSteps(options: HookStepsOptions) {
  return async (step: HookStep, connection: string): Promise<void> => {
    if (step.action === 'remove') return remove(options, step, connection);
    const hook = options.records.byId(step.hook);
    if (!hook) return;
    if (step.action === 'adopt') return adopt(options, hook, step);
    if (step.action === 'activate') return setStatus(options, hook, step.remote, 'active');
    if (step.action === 'pause') return setStatus(options, hook, step.remote, 'inactive');
    if (step.action === 'renew') return renew(options, hook, step.remote);
    return register(options, hook);
  };
}

/** Always under a fresh key, so that registrations can be told apart whichever response is lost. */
async function register(options: HookStepsOptions, hook: HookRecord): Promise<void> {
  const { records, installation } = options;
  const address = options.address();
  if (address === undefined || hook.paused) return;
  const { support, context } = options.open(hook.connection);
  const prepared = await records.prepare(hook.id, address);
  if (!prepared) return;
  const { key, callbackUrl } = prepared.registration;
  const { system, event, scope, region, filter, attribute } = hook;
  const request = clean({ system, event, scope, region, filter, attribute });
  const created = await support.create(context, {
    ...request,
    callbackUrl,
    secret: prepared.secret,
    installation: installation.id,
  });
  promote(records, hook.id, key, created);
}

function promote(records: HookRecords, id: string, key: string, created: RemoteHook): void {
  records.promote(id, key, created.providerId);
  const { system, event, status, expiresAt, owner } = created;
  const named = system === undefined ? {} : { system };
  records.change(new Map([[id, { event, expiresAt, owner, status, failure: undefined, ...named }]]));
}

async function adopt(
  options: HookStepsOptions,
  hook: HookRecord,
  { key, remote }: HookStep & { action: 'adopt' },
): Promise<void> {
  const { records, installation } = options;
  const registration = hook.others.find((one) => one.key === key && one.state === 'pending');
  const [secret] = records.secrets(hook, key) ?? [];
  if (!registration || !secret) return;
  const { support, context } = options.open(hook.connection);
  const { filter = null, attribute = {} } = hook;
  const status = hook.paused ? 'inactive' : 'active';
  try {
    await support.update(context, remote, {
      secret: secret.value,
      filter,
      attribute,
      installation: installation.id,
      status,
    });
  } catch (error) {
    if (!isFinal(error) || hook.paused) throw error;
    // It cannot be made to sign with the stored secret: another one replaces it.
    records.retire(hook.id, key, remote.providerId);
    return register(options, records.byId(hook.id) ?? hook);
  }
  promote(records, hook.id, key, { ...remote, status });
}

async function setStatus(
  { records, open }: HookStepsOptions,
  hook: HookRecord,
  remote: RemoteHook,
  status: 'active' | 'inactive',
): Promise<void> {
  if ((hook.paused ?? false) !== (status === 'inactive') || hook.providerId !== remote.providerId) return;
  const { support, context } = open(hook.connection);
  await support.update(context, remote, { status });
  records.change(new Map([[hook.id, { status }]]));
}

/** Where the provider does not allow a later expiry, another registration replaces it. */
async function renew(options: HookStepsOptions, hook: HookRecord, remote: RemoteHook): Promise<void> {
  const { support, context } = options.open(hook.connection);
  const expiresAt = options.now() + lifetime;
  try {
    await support.update(context, remote, { expiresAt });
    options.records.change(new Map([[hook.id, { expiresAt }]]));
  } catch (error) {
    if (!isFinal(error) || hook.paused) throw error;
    await register(options, hook);
  }
}

async function remove(
  { records, open }: HookStepsOptions,
  { remote, hook, key }: HookStep & { action: 'remove' },
  connection: string,
): Promise<void> {
  // A registration that became the present one of a hook since the plan was made stays.
  if (records.all.some((one) => one.providerId === remote.providerId)) return;
  if (!hook && records.all.some((one) => isRegistrationOf(one, remote))) return;
  const { support, context } = open(connection);
  await support.remove(context, remote);
  if (hook && key) records.markRetired(hook, key);
}

/** Whether a retry would fail alike: not if another computer may change the hooks or cannot get the secret. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof RingbackError) || error instanceof HooksHeld || error.code === 'offline') return false;
  return !error.uncertain && error.retryAfter === undefined;
}

/** A registration of a hook as the provider knows it. */
export function reference({ system, event, region }: HookRecord, providerId: string): HookReference {
  return clean({ providerId, system, event, region });
}
