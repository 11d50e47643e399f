import { z } from 'zod';
import {
  Attribute,
  done,
  ForwardOrder,
  ForwardUrl,
  Id,
  Limit,
  MessageReference,
  method,
  nothing,
  Scope,
  Time,
} from './common.ts';

const HookAction = z.enum(['move', 'create', 'adopt', 'activate', 'pause', 'renew', 'remove']);

export type HookAction = z.infer<typeof HookAction>;

export const Hook = z.object({
  id: Id,
  connection: Id,
  system: z.string().optional(),
  event: z.string(),
  scope: z.record(z.string(), z.string()),
  /** What it watches, by names that browsing taught: "Tower / Project Files / Structural". */
  place: z.string().optional(),
  /** The provider's word ("active", "inactive", "reactivated"), or "creating", "missing" (gone at the provider), "unknown" (not looked at yet). */
  status: z.string(),
  callbackUrl: z.string(),
  providerId: z.string().optional(),
  /** Made by this installation. Others are shown, and changed only on an explicit word. */
  ours: z.boolean(),
  /** False where an own hook still points to an address that is not the present one. */
  current: z.boolean().optional(),
  region: z.string().optional(),
  filter: z.string().optional(),
  attribute: Attribute.optional(),
  createdAt: Time.optional(),
  lastEventAt: Time.optional(),
  /** When the provider forgets it; absent where it never does. Own ones are renewed before. */
  expiresAt: Time.optional(),
  /** For whom it was made: the application, or a person through it. */
  owner: z.enum(['app', 'user']).optional(),
  /** True for an own one that the user paused; nobody else's doing is undone by that. */
  paused: z.boolean().optional(),
  /** Whether deliveries without a signature are accepted, marked as not verified. Absent where the provider signs all. */
  acceptUnsigned: z.boolean().optional(),
  /** What is being done to it at present. */
  healing: HookAction.optional(),
  /** Why an own one could not be repaired. */
  problem: z.string().optional(),
  problemMessage: MessageReference.optional(),
  /** Where its events are forwarded to. */
  forward: z
    .object({
      url: z.string(),
      enabled: z.boolean(),
      signed: z.boolean(),
      /** "ordered" where it is absent. */
      order: ForwardOrder.optional(),
    })
    .optional(),
});

export type Hook = z.infer<typeof Hook>;

const HookProblem = z.object({
  connection: Id,
  region: z.string().optional(),
  message: z.string(),
  reason: MessageReference.optional(),
});

/** A connection or region whose hooks could not be listed, and why. */
export type HookProblem = z.infer<typeof HookProblem>;

export const HookPlanStep = z.object({
  action: HookAction,
  connection: Id,
  /** Absent for a leftover that belongs to no hook here. */
  hook: Id.optional(),
  region: z.string().optional(),
  /** What is to be done, or was: "Move to the new address: Version added". */
  text: z.string(),
  textMessage: MessageReference.optional(),
  /** Why it failed. */
  problem: z.string().optional(),
  problemMessage: MessageReference.optional(),
});

export type HookPlanStep = z.infer<typeof HookPlanStep>;

export const HookPlan = z.object({
  steps: z.array(HookPlanStep),
  /** All of it in one line: "3 hooks to move". */
  text: z.string(),
  textMessage: MessageReference.optional(),
  /** What could not be looked at, so that nothing is planned for it. */
  problems: z.array(HookProblem),
  /** True where nothing was looked at, since another computer may change the hooks: the text says why. */
  held: z.boolean().optional(),
});

/** What is, or was, to be done so that the provider has exactly the hooks that are wanted. */
export type HookPlan = z.infer<typeof HookPlan>;

export const HookHistoryEntry = z.object({
  id: Id,
  at: Time,
  /** In one line: "3 hooks moved to the new address". */
  text: z.string(),
  textMessage: MessageReference.optional(),
  steps: z.array(HookPlanStep),
});

export type HookHistoryEntry = z.infer<typeof HookHistoryEntry>;

export const ReconcileProgress = z.object({
  running: z.boolean(),
  /** Steps of the present run, or the last one. */
  done: z.int(),
  total: z.int(),
  /** While it waits for the provider's quota or because the provider asked for it: until when. */
  waitingUntil: Time.optional(),
  /** When all was looked at last. */
  checkedAt: Time.optional(),
});

/** How far Ringback is with bringing the hooks in order. */
export type ReconcileProgress = z.infer<typeof ReconcileProgress>;

const HooksList = z.object({
  hooks: z.array(Hook),
  /** Connections and regions that could not be looked at, and why. */
  problems: z.array(HookProblem),
});

const InactivityRule = z.union([z.literal('usual'), z.number().min(1).max(8760), z.null()]);

/** When inactivity is worth reporting: after so many hours, never (null), or when it is longer than the hook's own rhythm explains. */
export type InactivityRule = z.infer<typeof InactivityRule>;

const Inactivity = z.object({
  hook: Id,
  rule: InactivityRule,
  /** The latest event, or the making of the hook. */
  since: Time.optional(),
  /** Events a day in the last four weeks; absent where they show no rhythm. */
  perDay: z.number().optional(),
  /** So long it may be silent; absent where nothing is expected of it. */
  allowedHours: z.int().optional(),
  alarm: z.boolean(),
});

/** How long a hook has told nothing, and whether it should have. */
export type Inactivity = z.infer<typeof Inactivity>;

export const hookMethods = {
  /** Events besides those of the catalogue: as the provider itself names them, empty where it does not say. */
  'hooks.events': method(z.strictObject({ connection: Id }), z.array(z.string())),
  'hooks.create': method(
    z.strictObject({
      connection: Id,
      system: z.string().trim().min(1).max(100).optional(),
      event: z.string().trim().min(1).max(200),
      scope: Scope,
      region: z.string().max(20).optional(),
      filter: z.string().max(4000).optional(),
      attribute: Attribute.optional(),
    }),
    Hook,
  ),
  /** How many of the latest stored events of these names the provider's filter would let pass; fewer are judged where it cannot be evaluated here. */
  'hooks.tryFilter': method(
    z.strictObject({
      connection: Id,
      events: z.array(z.string().trim().min(1).max(200)).min(1).max(100),
      filter: z.string().max(4000),
    }),
    z.object({ stored: z.int(), judged: z.int(), passed: z.int() }),
  ),
  /** Without `refresh` what is known here; with it every region and page is asked first. */
  'hooks.list': method(z.strictObject({ connection: Id.optional(), refresh: z.boolean().optional() }), z.array(Hook)),
  /** What could not be looked at when the hooks were last refreshed. */
  'hooks.problems': method(nothing, HooksList.shape.problems),
  'hooks.update': method(
    z.strictObject({
      id: Id,
      status: z.enum(['active', 'inactive']).optional(),
      filter: z.string().max(4000).nullable().optional(),
      attribute: Attribute.nullable().optional(),
      /** Gives the hook a new secret; the old one still counts for two days, the provider's retry window. */
      rotateSecret: z.boolean().optional(),
      /**
       * Forwards its events to a handler; null ends that. With a secret they are signed again; left out, the stored secret
       * stays while the origin does; empty, it is removed. The order stays where it is left out.
       */
      forward: z
        .strictObject({
          url: ForwardUrl,
          enabled: z.boolean(),
          secret: z.string().max(1000).optional(),
          order: ForwardOrder.optional(),
        })
        .nullable()
        .optional(),
      /** Accepts deliveries without a signature, marked as not verified: they notify, and have no other effect. */
      acceptUnsigned: z.boolean().optional(),
      /** The explicit word that a hook which is not ours may be changed. */
      foreign: z.boolean().optional(),
    }),
    Hook,
  ),
  /** Brings the providers in line with what is wanted here, and says what was done; with `dryRun` what would be. */
  'hooks.reconcile': method(z.strictObject({ dryRun: z.boolean().optional(), connection: Id.optional() }), HookPlan),
  'hooks.healing': method(nothing, ReconcileProgress),
  /** What was done without being asked for, the latest first. */
  'hooks.history': method(z.strictObject({ limit: Limit.optional() }), z.array(HookHistoryEntry)),
  'hooks.remove': method(z.strictObject({ id: Id, foreign: z.boolean().optional() }), done),
  'silence.list': method(nothing, z.array(Inactivity)),
  'silence.set': method(z.strictObject({ hook: Id, rule: InactivityRule }), Inactivity),
};
