import { z } from 'zod';
import { limits } from '../limits.ts';
import { Address, isProxyAddress, method, normalizeAddress, nothing, Port } from './common.ts';
import { requirements } from './requirements.ts';
import { TunnelStatus } from './status.ts';
import { UpdateSettings } from './updates.ts';

export const TunnelSettings = z.discriminatedUnion('provider', [
  z.strictObject({ provider: z.literal('off') }),
  z.strictObject({
    provider: z.literal('fixed'),
    url: Address,
    /** The tunnel counts as up although this computer cannot verify it, as behind a router without NAT loopback. */
    trusted: z.boolean().optional(),
  }),
  z.strictObject({
    provider: z.literal('localtunnel'),
    host: Address,
    subdomain: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{2,61}[a-z0-9]$/, requirements.subdomain)
      .optional(),
  }),
  /** Remote forwarding by the system's `ssh`, which uses keys, jump hosts and other options of the user's configuration. */
  z.strictObject({
    provider: z.literal('ssh'),
    destination: z
      .string()
      .trim()
      .max(200)
      .regex(/^\w[\w.+-]*(@[A-Za-z0-9:][\w.:-]*)?$/, requirements.sshServer),
    port: Port.optional(),
    /** The port that is requested from the server; 80 where absent. */
    remotePort: Port.optional(),
    /** The public URL of that port; where absent, the service reports one. */
    url: Address.optional(),
  }),
  /** The user's `cloudflared`: a quick tunnel with a random URL, or a named tunnel with its URL. */
  z
    .strictObject({
      provider: z.literal('cloudflared'),
      tunnel: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9][\w.-]{0,99}$/, requirements.namedTunnel)
        .optional(),
      url: Address.optional(),
    })
    .refine(({ tunnel, url }) => (tunnel === undefined) === (url === undefined), {
      path: ['url'],
      message: requirements.tunnelAddress,
    }),
]);

/** One tunnel provider, through which callbacks reach this computer. */
export type TunnelSettings = z.infer<typeof TunnelSettings>;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, requirements.timeOfDay);

export const QuietHours = z.strictObject({
  from: TimeOfDay,
  /** On the next day where it is not later than "from". */
  to: TimeOfDay,
  /** The weekdays on which they start, 0 for Sunday; every day where absent. */
  days: z.array(z.int().min(0).max(6)).min(1).max(7).optional(),
});

/** Local times between which notifications are paused. */
export type QuietHours = z.infer<typeof QuietHours>;

const NotificationSettings = z.strictObject({
  enabled: z.boolean(),
  /** Until then notifications are collected, and shown as one afterwards; null where they are not paused. */
  pausedUntil: z.iso.datetime().max(limits.time).nullable(),
  quietHours: QuietHours.nullable().optional(),
  /** Failures are shown even while notifications are paused. */
  failuresWhilePaused: z.boolean().optional(),
  /**
   * Shows no notifications on this computer while the system's do-not-disturb mode is on, but still sends them
   * elsewhere; true where absent.
   */
  followDoNotDisturb: z.boolean().optional(),
  /** When the daily summary is shown, in local time. */
  digestAt: TimeOfDay.optional(),
  /** Minutes without a working tunnel after which the user is notified. */
  tunnelAlertMinutes: z.number().min(0.1).max(limits.tunnelAlertMinutes).optional(),
  /** Whether the user is notified where no computer receives for the team; true where absent. */
  teamAwayAlert: z.boolean().optional(),
});

const RetentionSettings = z.strictObject({
  /** Events older than this many days are deleted. */
  days: z.int().min(1).max(limits.retentionDays),
  /** Maximum number of stored events. */
  events: z.int().min(100).max(limits.retentionEvents),
  /** Maximum size of the event store; `defaultRetentionMegabytes` where absent. */
  megabytes: z.int().min(50).max(1_000_000).optional(),
});

export const defaultRetentionMegabytes = 4096;

const ReceiverSettings = z.strictObject({
  /** Loopback port of the callback receiver; 0 = any free port. */
  port: z.int().min(0).max(limits.port),
});

const BackupSettings = z.strictObject({
  /** Hours without a callback after which a request for a backup times out. */
  patienceHours: z.number().min(0.1).max(limits.patienceHours),
  /** Verifies the newest backup of each account again every week. */
  verifyWeekly: z.boolean(),
  /** Planned backups wait while the connection is metered. */
  skipMetered: z.boolean(),
  /** Allows downloads over plain http where a provider returns such URLs. */
  allowInsecure: z.boolean(),
  /** Disk space in GB that downloads leave free; null or absent: 1 GB or 2 % of the disk, whichever is less. */
  reserveGigabytes: z.number().min(0).max(limits.reserveGigabytes).nullable().optional(),
});

const proxyModes = [
  /** The proxy of the operating system or the environment. */
  z.strictObject({ mode: z.literal('system') }),
  z.strictObject({ mode: z.literal('none') }),
] as const;
const ManualProxy = z.strictObject({
  mode: z.literal('manual'),
  url: z.string().max(300).overwrite(normalizeAddress).refine(isProxyAddress, requirements.proxyUrl),
  username: z.string().min(1).max(200).optional(),
  /** A password is stored for this user name and proxy. */
  hasPassword: z.boolean().optional(),
  /** Hosts that are reached directly, as in NO_PROXY. */
  bypass: z.array(z.string().trim().min(1).max(255)).max(100).optional(),
});

/** How requests leave this computer; like "system" where no proxy is given. */
const NetworkSettings = z.strictObject({
  proxy: z.discriminatedUnion('mode', [...proxyModes, ManualProxy]).optional(),
});
export type NetworkSettings = z.infer<typeof NetworkSettings>;

const NetworkChange = z.strictObject({
  proxy: z
    .discriminatedUnion('mode', [
      ...proxyModes,
      /** Where absent, the stored password is kept while user name and proxy stay the same; where empty, it is removed. */
      ManualProxy.extend({ password: z.string().max(500).optional() }),
    ])
    .optional(),
});
export type NetworkChange = z.infer<typeof NetworkChange>;

const TunnelFallbacks = z.array(TunnelSettings).max(9);

const SavedView = z.strictObject({
  name: z.string().trim().min(1).max(limits.savedViewName),
  query: z.string().max(limits.search),
});

/** A saved search over the events. */
export type SavedView = z.infer<typeof SavedView>;

const SavedViews = z.array(SavedView).max(limits.savedViews);

export const Settings = z.strictObject({
  tunnel: TunnelSettings,
  /** Used in this order while `tunnel` fails; "off" is ignored. */
  tunnelFallbacks: TunnelFallbacks,
  /** Open only while a hook, a backup or a job waits for callbacks. */
  tunnelWhenNeeded: z.boolean(),
  receiver: ReceiverSettings,
  notifications: NotificationSettings,
  retention: RetentionSettings,
  backups: BackupSettings,
  /** Desktop only: start with the user's session. */
  startAtLogin: z.boolean(),
  /** The language of window, notifications and tray; the system's where absent. */
  language: z.enum(['system', 'en', 'nl', 'de']).optional(),
  network: NetworkSettings.optional(),
  /** `defaultUpdateSettings` where absent. */
  updates: UpdateSettings.optional(),
  views: SavedViews.optional(),
});

export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = {
  tunnel: { provider: 'off' },
  tunnelFallbacks: [],
  tunnelWhenNeeded: false,
  receiver: { port: 0 },
  notifications: {
    enabled: true,
    pausedUntil: null,
    quietHours: null,
    failuresWhilePaused: false,
    digestAt: '17:00',
    tunnelAlertMinutes: 2,
  },
  retention: { days: 90, events: 100_000 },
  backups: { patienceHours: 6, verifyWeekly: true, skipMetered: false, allowInsecure: false },
  startAtLogin: false,
  language: 'system',
};

export const SettingsChange = z.strictObject({
  tunnel: TunnelSettings.optional(),
  tunnelFallbacks: TunnelFallbacks.optional(),
  tunnelWhenNeeded: z.boolean().optional(),
  receiver: ReceiverSettings.partial().optional(),
  notifications: NotificationSettings.partial().optional(),
  retention: RetentionSettings.partial().optional(),
  backups: BackupSettings.partial().optional(),
  startAtLogin: z.boolean().optional(),
  language: z.enum(['system', 'en', 'nl', 'de']).optional(),
  network: NetworkChange.optional(),
  updates: UpdateSettings.partial().optional(),
  views: SavedViews.optional(),
});

export type SettingsChange = z.infer<typeof SettingsChange>;

export const settingsMethods = {
  'settings.get': method(nothing, Settings),
  'settings.set': method(SettingsChange, Settings),
  /** Sends a request through the public URL to this computer and returns the result. */
  'tunnel.check': method(nothing, TunnelStatus),
};
