import { z } from 'zod';
import { MessageReference } from '../../../../preload/contract/index.ts';
import { EncryptedText } from '../../storage/index.ts';
import { days, hours, minutes } from '../../timing/index.ts';
import { migrateRecord } from './migration.ts';

/** A replaced secret, valid `until` then (milliseconds since 1970), if absent until its successor is confirmed. */
const PreviousSecret = z.object({
  secret: EncryptedText,
  until: z.number().optional(),
  /** However often it is still used, it ends then: whoever stole it cannot keep it valid. */
  atLatest: z.number().optional(),
});

/** One hook at the provider: an address with its key, and the secret that signs its callbacks. */
const Registration = z.object({
  /** The 128-bit key in its callback address, 32 hex digits. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
  secret: EncryptedText,
  /** False until the provider has acknowledged the secret. */
  confirmed: z.boolean(),
  /** When it did, where the registration took over from another. */
  confirmedAt: z.number().optional(),
  previousSecrets: z.array(PreviousSecret),
  callbackUrl: z.string(),
  providerId: z.string().optional(),
});
export type Registration = z.infer<typeof Registration>;

/**
 * A registration beside the present one: pending, retiring, or retired and still accepting late deliveries `until`
 * then, in milliseconds since 1970.
 */
const OtherRegistration = Registration.extend({
  state: z.enum(['pending', 'retiring', 'retired']),
  until: z.number().optional(),
});
export type OtherRegistration = z.infer<typeof OtherRegistration>;

const PresentHookRecord = Registration.extend({
  id: z.string(),
  connection: z.string(),
  system: z.string().optional(),
  event: z.string(),
  scope: z.record(z.string(), z.string()),
  region: z.string().optional(),
  filter: z.string().optional(),
  attribute: z.record(z.string(), z.json()).optional(),
  status: z.string(),
  createdAt: z.number(),
  /** Whether the user paused it. */
  paused: z.boolean().optional(),
  /** Whether the user accepts deliveries without a signature. */
  acceptUnsigned: z.boolean().optional(),
  expiresAt: z.number().optional(),
  owner: z.enum(['app', 'user']).optional(),
  others: z.array(OtherRegistration).default([]),
  /** Why it cannot be repaired, since when, and whether the user was notified. */
  failure: z
    .object({
      message: z.string(),
      reason: MessageReference.optional(),
      since: z.number(),
      notified: z.boolean(),
    })
    .optional(),
  /** When the user was last notified that the provider had disabled or deleted it. */
  disabledNotifiedAt: z.number().optional(),
});
/** A hook of ours; while it moves, `others` are its further registrations. */
export const HookRecord = z.preprocess(migrateRecord, PresentHookRecord);
export type HookRecord = z.infer<typeof PresentHookRecord>;

/** How long the provider retries, so old secrets and addresses must work (Webhooks API: event delivery guarantees). */
const retryWindow = hours(48);
/** A new secret takes up to this long to be in force (Webhooks API: secret tokens). */
const inForceAfter = minutes(10);
/** A replaced secret ends after this even if deliveries still come with it. */
const previousAtMost = days(7);

/** Secrets of a registration that no longer count and are stored all the same. */
const mostExpired = 3;

export function registrationsOf(hook: HookRecord): readonly (Registration | OtherRegistration)[] {
  return [hook, ...hook.others];
}

export function registrationAt(hook: HookRecord, key: string): Registration | OtherRegistration | undefined {
  return registrationsOf(hook).find((one) => one.key === key);
}

/** Whether deliveries to the registration's key are still accepted. */
export function isValid(registration: Registration | OtherRegistration, time: number): boolean {
  return !('state' in registration) || registration.state !== 'retired' || (registration.until ?? 0) > time;
}

export function validSecrets(secrets: Registration['previousSecrets'], time: number): Registration['previousSecrets'] {
  return secrets.filter(({ until = Number.POSITIVE_INFINITY }) => until > time);
}

/** The valid ones, and the latest of the others, which explain what is rejected. */
export function rememberedSecrets(
  secrets: Registration['previousSecrets'],
  time: number,
): Registration['previousSecrets'] {
  const valid = validSecrets(secrets, time);
  const expired = secrets.filter((one) => !valid.includes(one));
  return [...valid, ...expired.sort((a, b) => (b.until ?? 0) - (a.until ?? 0)).slice(0, mostExpired)];
}

/** The hook with the registration of that key changed. */
export function withRegistration(hook: HookRecord, key: string, change: Partial<OtherRegistration>): HookRecord {
  if (hook.key === key) return { ...hook, ...presentOf({ ...bare(hook), ...change }) };
  return { ...hook, others: hook.others.map((one) => (one.key === key ? { ...one, ...change } : one)) };
}

/** The provider has acknowledged the secret: its predecessors stay valid while deliveries may still be signed with them. */
export function confirmed(hook: HookRecord, key: string, time: number): HookRecord {
  const registration = registrationAt(hook, key);
  if (!registration) return hook;
  const end = time + inForceAfter + retryWindow;
  const previousSecrets = registration.previousSecrets.map((one) => ({
    ...one,
    until: one.until ?? end,
    atLatest: one.atLatest ?? time + previousAtMost,
  }));
  return withRegistration(hook, key, { confirmed: true, confirmedAt: time, previousSecrets });
}

/** A replaced secret signed a delivery: it stays valid for the retry window after the last such delivery. */
export function usedPrevious(hook: HookRecord, key: string, time: number): HookRecord {
  const registration = registrationAt(hook, key);
  if (!registration) return hook;
  const previousSecrets = registration.previousSecrets.map((one) =>
    one.until === undefined || one.until <= time
      ? one
      : { ...one, until: Math.max(one.until, Math.min(time + retryWindow, one.atLatest ?? one.until)) },
  );
  return withRegistration(hook, key, { previousSecrets });
}

/** Makes the pending registration the present one; the former is then to be removed if the provider may have it. */
export function promoted(hook: HookRecord, key: string, providerId: string, time: number): HookRecord {
  const pending = hook.others.find((one) => one.key === key);
  if (!pending) return { ...withRegistration(hook, key, { providerId }), status: 'active' };
  const { state: _state, until: _until, ...registration } = pending;
  const previous: OtherRegistration =
    hook.providerId === undefined || hook.status === 'missing'
      ? { ...bare(hook), state: 'retired', until: time + retryWindow }
      : { ...bare(hook), state: 'retiring' };
  const others = [...hook.others.filter((one) => one.key !== key), previous];
  const { providerId: _providerId, confirmedAt: _confirmedAt, ...rest } = hook;
  return { ...rest, ...registration, providerId, status: 'active', others };
}

/** The registration is gone at the provider; deliveries sent before are accepted for the retry window. */
export function retired(hook: HookRecord, key: string, time: number): HookRecord {
  const others = hook.others.map((one) =>
    one.key === key ? { ...one, state: 'retired' as const, until: time + retryWindow } : one,
  );
  return { ...hook, others: others.filter((one) => isValid(one, time)) };
}

function bare({
  key,
  secret,
  confirmed,
  confirmedAt,
  previousSecrets,
  callbackUrl,
  providerId,
}: Registration): Registration {
  return {
    ...{ key, secret, confirmed, previousSecrets, callbackUrl },
    ...(confirmedAt === undefined ? {} : { confirmedAt }),
    ...(providerId === undefined ? {} : { providerId }),
  };
}

function presentOf(registration: Partial<OtherRegistration>): Partial<Registration> {
  const { state: _state, until: _until, ...present } = registration;
  return present;
}
