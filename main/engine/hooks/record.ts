import { z } from 'zod';
import { EncryptedText } from '../storage/index.ts';

/** A secret that was replaced. It counts until that time, in milliseconds since 1970; without one until its successor is confirmed. */
const PreviousSecret = z.object({
  secret: EncryptedText,
  until: z.number().optional(),
  /** However often it is still used, it ends then: whoever stole it cannot keep it alive. */
  atLatest: z.number().optional(),
});

/** One hook at the provider: an address with its key, and the secret that signs what comes there. */
const Registration = z.object({
  /** The 128-bit key in its callback address, 32 hex digits. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
  secret: EncryptedText,
  /** False until the provider has acknowledged the secret. */
  confirmed: z.boolean(),
  /** When it did, where the registration took over from another. */
  confirmedAt: z.number().optional(),
  former: z.array(PreviousSecret),
  callbackUrl: z.string(),
  providerId: z.string().optional(),
});
export type Registration = z.infer<typeof Registration>;

/** Beside the present one: being made, to be removed, or removed, when its key counts until that time, for what is on its way. */
const OtherRegistration = Registration.extend({
  state: z.enum(['arriving', 'leaving', 'left']),
  until: z.number().optional(),
});
export type OtherRegistration = z.infer<typeof OtherRegistration>;

export const HookRecord = Registration.extend({
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
  /** Whether the user wants it to be silent. Absent in records of earlier versions. */
  paused: z.boolean().optional(),
  expiresAt: z.number().optional(),
  owner: z.enum(['app', 'user']).optional(),
  others: z.array(OtherRegistration).default([]),
  /** What cannot be mended, since when, and whether the user was told. */
  trouble: z.object({ message: z.string(), since: z.number(), told: z.boolean() }).optional(),
  /** When the user was told last that the provider had let go of it. */
  mournedAt: z.number().optional(),
});
/** A hook that this installation made. While it moves it has several registrations, of which its own members are the present one. */
export type HookRecord = z.infer<typeof HookRecord>;

export const minute = 60_000;
/** The provider's retry window: callbacks signed with the old secret, or sent to the old address, may come for so long (Webhooks API: event delivery guarantees). */
export const retryWindow = 48 * 60 * minute;
/** A new secret takes up to so long to be in force (Webhooks API: secret tokens). */
const inForceAfter = 10 * minute;
/** A replaced secret ends after this even if deliveries still come with it. */
const previousAtMost = 7 * 24 * 60 * minute;

export function registrationsOf(hook: HookRecord): readonly (Registration | OtherRegistration)[] {
  return [hook, ...hook.others];
}

export function registrationAt(hook: HookRecord, key: string): Registration | OtherRegistration | undefined {
  return registrationsOf(hook).find((one) => one.key === key);
}

/** Whether what comes under the registration's key still counts. */
export function isValid(registration: Registration | OtherRegistration, time: number): boolean {
  return !('state' in registration) || registration.state !== 'left' || (registration.until ?? 0) > time;
}

export function stillValid(former: Registration['former'], time: number): Registration['former'] {
  return former.filter(({ until = Number.POSITIVE_INFINITY }) => until > time);
}

/** The registration under that key changed; the hook's other members as they were. */
export function withRegistration(hook: HookRecord, key: string, change: Partial<OtherRegistration>): HookRecord {
  if (hook.key === key) return { ...hook, ...presentOf({ ...bare(hook), ...change }) };
  return { ...hook, others: hook.others.map((one) => (one.key === key ? { ...one, ...change } : one)) };
}

/** The provider has acknowledged the secret: its predecessors count for as long as deliveries may still be signed with them. */
export function confirmed(hook: HookRecord, key: string, time: number): HookRecord {
  const registration = registrationAt(hook, key);
  if (!registration) return hook;
  const end = time + inForceAfter + retryWindow;
  const former = registration.former.map((one) => ({
    ...one,
    until: one.until ?? end,
    atLatest: one.atLatest ?? time + previousAtMost,
  }));
  return withRegistration(hook, key, { confirmed: true, confirmedAt: time, former });
}

/** A delivery came that a replaced secret has signed: such a secret counts until the last one is as old as the retry window. */
export function usedPrevious(hook: HookRecord, key: string, time: number): HookRecord {
  const registration = registrationAt(hook, key);
  if (!registration) return hook;
  const former = registration.former.map((one) =>
    one.until === undefined || one.until <= time
      ? one
      : { ...one, until: Math.max(one.until, Math.min(time + retryWindow, one.atLatest ?? one.until)) },
  );
  return withRegistration(hook, key, { former });
}

/** The arriving registration becomes the present one; the former present one is to be removed where the provider may have it. */
export function promoted(hook: HookRecord, key: string, providerId: string, time: number): HookRecord {
  const arriving = hook.others.find((one) => one.key === key);
  if (!arriving) return { ...withRegistration(hook, key, { providerId }), status: 'active' };
  const { state: _state, until: _until, ...registration } = arriving;
  const previous: OtherRegistration =
    hook.providerId === undefined || hook.status === 'missing'
      ? { ...bare(hook), state: 'left', until: time + retryWindow }
      : { ...bare(hook), state: 'leaving' };
  const others = [...hook.others.filter((one) => one.key !== key), previous];
  const { providerId: _providerId, confirmedAt: _confirmedAt, ...rest } = hook;
  return { ...rest, ...registration, providerId, status: 'active', others };
}

/** The registration is gone at the provider; what was sent before still counts for the retry window. */
export function retired(hook: HookRecord, key: string, time: number): HookRecord {
  const others = hook.others.map((one) =>
    one.key === key ? { ...one, state: 'left' as const, until: time + retryWindow } : one,
  );
  return { ...hook, others: others.filter((one) => isValid(one, time)) };
}

function bare({ key, secret, confirmed, confirmedAt, former, callbackUrl, providerId }: Registration): Registration {
  return {
    ...{ key, secret, confirmed, former, callbackUrl },
    ...(confirmedAt === undefined ? {} : { confirmedAt }),
    ...(providerId === undefined ? {} : { providerId }),
  };
}

/** Records of earlier versions do not say who silenced the hook: then it counts as the user's wish. */
export function migrated(hook: HookRecord): HookRecord {
  return hook.paused === undefined ? { ...hook, paused: hook.status === 'inactive' } : hook;
}

function presentOf(registration: Partial<OtherRegistration>): Partial<Registration> {
  const { state: _state, until: _until, ...present } = registration;
  return present;
}
