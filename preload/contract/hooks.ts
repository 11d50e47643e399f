import { z } from 'zod';
import { limits } from '../limits.ts';
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
  /** The path of what it watches, by names from browsing: "Tower / Project Files / Structural". */
  place: z.string().optional(),
  /**
   * The provider's status ("active", "inactive", "reactivated"), or "creating", "missing" (no longer exists at the
   * provider), "unknown" (not listed yet).
   */
  status: z.string(),
  callbackUrl: z.string(),
  providerId: z.string().optional(),
  /** Created by this installation. Others are shown, and changed only with `foreign`. */
  ours: z.boolean(),
  /** False where a hook of this installation still has an old callback URL. */
  current: z.boolean().optional(),
  region: z.string().optional(),
  filter: z.string().optional(),
  attribute: Attribute.optional(),
  createdAt: Time.optional(),
  lastEventAt: Time.optional(),
  /** When it expires at the provider; absent where it does not. Hooks of this installation are renewed before. */
  expiresAt: Time.optional(),
  /** Who owns it: the application, or a user who signed in through it. */
  owner: z.enum(['app', 'user']).optional(),
  /** True where the user paused it; a hook that something else disabled is not. */
  paused: z.boolean().optional(),
  /** Whether deliveries without a signature are accepted and marked as not verified. Absent where the provider signs all. */
  acceptUnsigned: z.boolean().optional(),
  /** The repair in progress. */
  healing: HookAction.optional(),
  /** Why it could not be repaired. */
  problem: z.string().optional(),
  problemMessage: MessageReference.optional(),
  /** The forwarding of its events. */
  forward: z
    .object({
      url: z.string(),
      enabled: z.boolean(),
      signed: z.boolean(),
      /** "ordered" where absent. */
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

/** A connection or region whose hooks could not be listed, with the reason. */
export type HookProblem = z.infer<typeof HookProblem>;

export const HookPlanStep = z.object({
  action: HookAction,
  connection: Id,
  /** Absent for a remaining hook at the provider that belongs to no hook here. */
  hook: Id.optional(),
  region: z.string().optional(),
  /** The planned or completed step: "Move to the new address: Version added". */
  text: z.string(),
  textMessage: MessageReference.optional(),
  /** Why it failed. */
  problem: z.string().optional(),
  problemMessage: MessageReference.optional(),
});

export type HookPlanStep = z.infer<typeof HookPlanStep>;

export const HookPlan = z.object({
  steps: z.array(HookPlanStep),
  /** A summary in one line: "3 hooks to move". */
  text: z.string(),
  textMessage: MessageReference.optional(),
  /** Connections and regions that could not be listed, for which nothing is planned. */
  problems: z.array(HookProblem),
  /** True where nothing was listed because another computer may change the hooks; `text` contains the reason. */
  held: z.boolean().optional(),
});

/** The planned or completed steps that give the provider exactly the wanted hooks. */
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
  /** Number of completed steps of the current run, or of the last one. */
  done: z.int(),
  total: z.int(),
  /** Until when it waits for the provider's rate limit. */
  waitingUntil: Time.optional(),
  /** When all hooks were last listed. */
  checkedAt: Time.optional(),
});

/** The progress of reconciling the hooks. */
export type ReconcileProgress = z.infer<typeof ReconcileProgress>;

const HooksList = z.object({
  hooks: z.array(Hook),
  /** Connections and regions that could not be listed, with the reasons. */
  problems: z.array(HookProblem),
});

const InactivityRule = z.union([z.literal('usual'), z.number().min(1).max(8760), z.null()]);

/** When inactivity is reported: after so many hours, never (null), or after longer than the hook's usual interval. */
export type InactivityRule = z.infer<typeof InactivityRule>;

const Inactivity = z.object({
  hook: Id,
  rule: InactivityRule,
  /** The time of the latest event, or of the hook's creation. */
  since: Time.optional(),
  /** Events a day in the last four weeks; absent where they are irregular. */
  perDay: z.number().optional(),
  /** Hours without an event that are allowed; absent without a limit. */
  allowedHours: z.int().optional(),
  alarm: z.boolean(),
});

/** How long a hook has had no event, and whether that is unusual. */
export type Inactivity = z.infer<typeof Inactivity>;

export const hookMethods = {
  /** Events in addition to those of the catalogue, as the provider lists them; empty where it has no such list. */
  'hooks.events': method(z.strictObject({ connection: Id }), z.array(z.string())),
  'hooks.create': method(
    z.strictObject({
      connection: Id,
      system: z.string().trim().min(1).max(100).optional(),
      event: z.string().trim().min(1).max(200),
      scope: Scope,
      region: z.string().max(20).optional(),
      filter: z.string().max(limits.filter).optional(),
      attribute: Attribute.optional(),
    }),
    Hook,
  ),
  /**
   * How many of the latest stored events of these names would pass the filter; only those for which it can be evaluated
   * here are counted.
   */
  'hooks.tryFilter': method(
    z.strictObject({
      connection: Id,
      events: z.array(z.string().trim().min(1).max(200)).min(1).max(100),
      filter: z.string().max(limits.filter),
    }),
    z.object({ stored: z.int(), judged: z.int(), passed: z.int() }),
  ),
  /** The known hooks; with `refresh`, all regions are listed at the providers first. */
  'hooks.list': method(z.strictObject({ connection: Id.optional(), refresh: z.boolean().optional() }), z.array(Hook)),
  /** The connections and regions that could not be listed at the last refresh. */
  'hooks.problems': method(nothing, HooksList.shape.problems),
  'hooks.update': method(
    z.strictObject({
      id: Id,
      status: z.enum(['active', 'inactive']).optional(),
      filter: z.string().max(limits.filter).nullable().optional(),
      attribute: Attribute.nullable().optional(),
      /** A new secret; the old one counts for two days after the provider has it, longer while used, a week at most. */
      rotateSecret: z.boolean().optional(),
      /**
       * Forwards its events to a handler; null ends that. With a secret they are signed again: where absent, the stored
       * one is kept while the origin stays the same; where empty, it is removed. An absent order is not changed.
       */
      forward: z
        .strictObject({
          url: ForwardUrl,
          enabled: z.boolean(),
          secret: z.string().max(limits.secret).optional(),
          order: ForwardOrder.optional(),
        })
        .nullable()
        .optional(),
      /** Accepts deliveries without a signature and marks them as not verified: they notify and have no other effect. */
      acceptUnsigned: z.boolean().optional(),
      /** Confirms that a hook of another installation may be changed. */
      foreign: z.boolean().optional(),
    }),
    Hook,
  ),
  /** Makes the hooks at the providers as wanted and returns the completed steps; with `dryRun` the planned ones. */
  'hooks.reconcile': method(z.strictObject({ dryRun: z.boolean().optional(), connection: Id.optional() }), HookPlan),
  'hooks.healing': method(nothing, ReconcileProgress),
  /** The automatic repairs, latest first. */
  'hooks.history': method(z.strictObject({ limit: Limit.optional() }), z.array(HookHistoryEntry)),
  'hooks.remove': method(z.strictObject({ id: Id, foreign: z.boolean().optional() }), done),
  'silence.list': method(nothing, z.array(Inactivity)),
  'silence.set': method(z.strictObject({ hook: Id, rule: InactivityRule }), Inactivity),
};
