import type { RemoteHook } from '../../connector/index.ts';
import { type HookRecord, type Registration, registrationsOf } from './record.ts';

/** Whether the provider's hook is a registration of this one. */
export function isRegistrationOf(hook: HookRecord, remote: RemoteHook): boolean {
  return registrationsOf(hook).some((one) => isThere(one, remote));
}

export function isThere(registration: Registration, { providerId, callbackUrl }: RemoteHook): boolean {
  return registration.providerId === providerId || registration.callbackUrl === callbackUrl;
}

/** Whether the region was listed completely, so that a hook missing from the list no longer exists. */
export function wasListed(region: string | undefined, regions: readonly string[] | undefined): boolean {
  return regions === undefined || (region !== undefined && regions.includes(region));
}

/** Whether the registration is at this public address. */
export function isAt({ callbackUrl, key }: Pick<Registration, 'callbackUrl' | 'key'>, address: string): boolean {
  return callbackUrl === `${address}/in/${key}`;
}

/** The public address in a callback URL of Ringback. */
export function addressIn(callbackUrl: string): string {
  return callbackUrl.replace(/\/in\/[^/]*$/, '');
}
