import { z } from 'zod';
import { done, MessageReference, method, nothing, Time } from './common.ts';

const TunnelProvider = z.enum(['off', 'fixed', 'localtunnel', 'ssh', 'cloudflared']);

/** What stands in for our own echo: a callback that arrived through the public URL, or the user's trust. */
const VerifiedBy = z.enum(['delivery', 'trust']);

const TunnelLink = z.object({
  provider: TunnelProvider,
  /** "waiting": not tried, since one before it does. */
  state: z.enum(['waiting', 'connecting', 'up', 'down']),
  url: z.string().optional(),
  problem: z.string().optional(),
  reason: MessageReference.optional(),
  verifiedBy: VerifiedBy.optional(),
  /** The one whose address the hooks get. */
  used: z.boolean(),
  /** True while one that failed before is up again and must hold before it is used. */
  proving: z.boolean(),
});

/** One of the ways in the user's order, and how it stands. */
export type TunnelLink = z.infer<typeof TunnelLink>;

export const TunnelStatus = z.object({
  provider: TunnelProvider,
  /** "up" only after our own echo came back through the public address; "idle" while closed until something needs it. */
  state: z.enum(['connecting', 'up', 'down', 'off', 'idle']),
  url: z.string().optional(),
  problem: z.string().optional(),
  /** The problem for a window in another language. */
  reason: MessageReference.optional(),
  verifiedBy: VerifiedBy.optional(),
  /** Present where there is more than one. */
  chain: z.array(TunnelLink).optional(),
});

export type TunnelStatus = z.infer<typeof TunnelStatus>;

export const Warning = z.object({ at: Time, message: z.string(), reason: MessageReference.optional() });

/** Something the user should know that is not tied to one event: a file set aside, a full disk, a weak key store. */
export type Warning = z.infer<typeof Warning>;

const ReceiverStatus = z.object({
  port: z.int(),
  /** The address where it listens beside loopback; absent where that is the only one. */
  bind: z.string().optional(),
  problem: z.string().optional(),
  reason: MessageReference.optional(),
  /** Requests that no callback URL matches, since the start. */
  unmatched: z
    .object({
      count: z.int(),
      since: Time,
      lastAt: Time,
      lastMethod: z.string(),
      /** Without query and keys. */
      lastPath: z.string(),
    })
    .optional(),
});

export const Status = z.object({
  version: z.string(),
  tunnel: TunnelStatus,
  receiver: ReceiverStatus,
  /** Where secrets are encrypted, in plain words, and what is weak about it. */
  vault: z.object({ name: z.string(), caution: z.string().optional(), cautionMessage: MessageReference.optional() }),
  /** The data folder comes from another computer: until the user chooses, hooks and tunnel are left alone. */
  copied: z.boolean().optional(),
  /** The public address of another computer that runs with a copy of the data folder: until the user chooses, hooks are left alone. */
  duplicate: z.string().optional(),
  warnings: z.array(Warning),
  /** How many notifications the user has not seen. */
  unseen: z.int().optional(),
  /** Until when notifications are paused, by the user or by quiet hours. */
  quietUntil: Time.optional(),
  /** Whether the system's do-not-disturb pauses notifications; absent where this host cannot read it. */
  doNotDisturb: z.boolean().optional(),
  /** True while the embedded sandbox is running. */
  sandbox: z.boolean(),
  /** Whether this host can start the sandbox beside itself. */
  canStartSandbox: z.boolean().optional(),
  /** True in the desktop application, false in the headless host. */
  desktop: z.boolean(),
});

export type Status = z.infer<typeof Status>;

export const statusMethods = {
  'status.get': method(nothing, Status),
  'warnings.dismiss': method(nothing, done),
  /** Opens a second Ringback with the simulators and a data folder of its own. */
  'sandbox.start': method(nothing, done),
  /** For a copied data folder, or one that another computer uses at the same time: go on with the hooks of the other computer, or leave them to it and become an installation of its own. */
  'installation.choose': method(z.strictObject({ choice: z.enum(['take-over', 'new']) }), done),
};
