import { z } from 'zod';
import { done, MessageReference, method, nothing, Time } from './common.ts';

const TunnelProvider = z.enum(['off', 'fixed', 'localtunnel', 'ssh', 'cloudflared']);

/** What verifies the tunnel in place of an own request: a callback through the public URL, or the user's trust. */
const VerifiedBy = z.enum(['delivery', 'trust']);

const TunnelLink = z.object({
  provider: TunnelProvider,
  /** "waiting": not connected, because an earlier provider works. */
  state: z.enum(['waiting', 'connecting', 'up', 'down']),
  url: z.string().optional(),
  problem: z.string().optional(),
  reason: MessageReference.optional(),
  verifiedBy: VerifiedBy.optional(),
  /** Whether its URL is used for hooks. */
  used: z.boolean(),
  /** True for one that failed before, is up again, and must stay up for some time before it is used. */
  proving: z.boolean(),
});

/** One of the tunnel providers, in the user's order, with its state. */
export type TunnelLink = z.infer<typeof TunnelLink>;

export const TunnelStatus = z.object({
  provider: TunnelProvider,
  /** "up" only after a request through the public URL has arrived; "idle" while closed until something needs it. */
  state: z.enum(['connecting', 'up', 'down', 'off', 'idle']),
  url: z.string().optional(),
  problem: z.string().optional(),
  /** The problem by code, for windows in other languages than English. */
  reason: MessageReference.optional(),
  verifiedBy: VerifiedBy.optional(),
  /** Absent with only one provider. */
  chain: z.array(TunnelLink).optional(),
});

export type TunnelStatus = z.infer<typeof TunnelStatus>;

export const Warning = z.object({ at: Time, message: z.string(), reason: MessageReference.optional() });

/** A message to the user that does not concern a single event: a damaged file, a full disk, a weak key store. */
export type Warning = z.infer<typeof Warning>;

const ReceiverStatus = z.object({
  port: z.int(),
  /** The address on which it listens in addition to loopback. */
  bind: z.string().optional(),
  problem: z.string().optional(),
  reason: MessageReference.optional(),
  /** Requests since the start that matched no callback URL. */
  unmatched: z
    .object({
      count: z.int(),
      since: Time,
      lastAt: Time,
      lastMethod: z.string(),
      /** Without the query and keys. */
      lastPath: z.string(),
    })
    .optional(),
});

export const Status = z.object({
  version: z.string(),
  tunnel: TunnelStatus,
  receiver: ReceiverStatus,
  /** Where secrets are encrypted, in words for users, with its weakness. */
  vault: z.object({
    name: z.string(),
    nameMessage: MessageReference.optional(),
    caution: z.string().optional(),
    cautionMessage: MessageReference.optional(),
  }),
  /** The data folder was copied from another computer: until the user chooses, hooks and tunnel are not changed. */
  copied: z.boolean().optional(),
  /** Public URL of another computer with a copy of the data folder; until the user chooses, hooks do not change. */
  duplicate: z.string().optional(),
  warnings: z.array(Warning),
  /** Number of notifications that the user has not seen. */
  unseen: z.int().optional(),
  /** The end of the pause of notifications, by the user or by quiet hours. */
  quietUntil: Time.optional(),
  /** Whether the system's do-not-disturb mode pauses notifications; absent where this host cannot query it. */
  doNotDisturb: z.boolean().optional(),
  /** True while the embedded sandbox is running. */
  sandbox: z.boolean(),
  /** Whether this host can start a second Ringback with the sandbox. */
  canStartSandbox: z.boolean().optional(),
  /** Whether this host can show notifications on its screen by notify-send; see the sinks. */
  canNotifySend: z.boolean().optional(),
  /** True in the desktop application, false in the headless host. */
  desktop: z.boolean(),
});

export type Status = z.infer<typeof Status>;

export const statusMethods = {
  'status.get': method(nothing, Status),
  'warnings.dismiss': method(nothing, done),
  /** Starts a second Ringback with the simulators and a separate data folder. */
  'sandbox.start': method(nothing, done),
  /**
   * For a copied data folder, or one that another computer uses at the same time: take over the other computer's hooks,
   * or leave them to it and become a new installation.
   */
  'installation.choose': method(z.strictObject({ choice: z.enum(['take-over', 'new']) }), done),
};
