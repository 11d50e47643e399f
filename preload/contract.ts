import { z } from 'zod';

/**
 * Everything the window may ask and hear, and every record that crosses: schema and type in one place.
 * Times are ISO 8601 strings in UTC. Ids are opaque.
 */

export const MessageReference = z.object({
  /** Dotted, such as "hooks.disabled". */
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
/** A message by its code and parameters, beside its English text, for a window in another language. */
export type MessageReference = z.infer<typeof MessageReference>;

export const Problem = z.object({
  code: z.enum(['invalid-input', 'unauthorized', 'not-found', 'conflict', 'provider', 'offline', 'internal']),
  message: z.string(),
  /** The same message for a window in another language. */
  reason: MessageReference.optional(),
});
/** An expected failure as data: what happened, and what to do next. */
export type Problem = z.infer<typeof Problem>;
export type ProblemCode = Problem['code'];

/** True for https addresses and for plain http on this computer's loopback; never with credentials, query or fragment. */
export function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username || url.password || url.search || url.hash) return false;
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
}

const Address = z
  .string()
  .trim()
  .max(500)
  .refine(
    isSafeAddress,
    'must be an https address (plain http is accepted for this computer only), without query or fragment',
  );

const Id = z.string().min(1).max(200);
const Time = z.string();
const Limit = z.int().min(1).max(500);
const Scope = z.record(z.string().min(1).max(100), z.string().min(1).max(1000));
const Attribute = z.record(z.string(), z.json());

const Port = z.int().min(1).max(65535);
export const TunnelSettings = z.discriminatedUnion('provider', [
  z.strictObject({ provider: z.literal('off') }),
  z.strictObject({ provider: z.literal('fixed'), url: Address }),
  z.strictObject({
    provider: z.literal('localtunnel'),
    host: Address,
    subdomain: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{2,61}[a-z0-9]$/, 'must be 4 to 63 lower-case letters, digits or hyphens')
      .optional(),
  }),
  /** Remote forwarding by the system's `ssh`, which takes keys, jumps and the like from the user's own configuration. */
  z.strictObject({
    provider: z.literal('ssh'),
    destination: z
      .string()
      .trim()
      .max(200)
      .regex(/^\w[\w.+-]*(@[A-Za-z0-9:][\w.:-]*)?$/, 'must be user@host, or a host of your SSH configuration'),
    port: Port.optional(),
    /** The port that is asked for at the server; 80 where it says no other. */
    remotePort: Port.optional(),
    /** The address that leads to that port; without it the service tells one. */
    url: Address.optional(),
  }),
  /** The user's own `cloudflared`: a quick tunnel with a random address, or a named tunnel with the address that leads to it. */
  z
    .strictObject({
      provider: z.literal('cloudflared'),
      tunnel: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'must be the name or id of a tunnel')
        .optional(),
      url: Address.optional(),
    })
    .refine(({ tunnel, url }) => (tunnel === undefined) === (url === undefined), {
      path: ['url'],
      message: 'a named tunnel needs its address, and an address its tunnel',
    }),
]);
/** One way for callbacks to reach this computer. */
export type TunnelSettings = z.infer<typeof TunnelSettings>;

const NotificationSettings = z.strictObject({
  enabled: z.boolean(),
  /** Until then nothing is shown; null where notifications are not paused. */
  pausedUntil: z.iso.datetime().nullable(),
});
const RetentionSettings = z.strictObject({
  /** Events older than this many days are dropped. */
  days: z.int().min(1).max(3650),
  /** No more than this many events are kept. */
  events: z.int().min(100).max(5_000_000),
});
const ReceiverSettings = z.strictObject({
  /** Loopback port of the callback receiver; 0 = any free port. */
  port: z.int().min(0).max(65535),
});
const BackupSettings = z.strictObject({
  /** So long a callback is waited for before a request counts as timed out. */
  patienceHours: z.number().min(0.1).max(168),
  /** Reads the newest proven backup of every account again each week. */
  verifyWeekly: z.boolean(),
  /** Planned backups wait while the system calls the connection metered. */
  skipMetered: z.boolean(),
  /** Fetches over plain http too, where a provider hands out such an address. */
  allowInsecure: z.boolean(),
});
const TunnelFallbacks = z.array(TunnelSettings).max(9);
export const Settings = z.strictObject({
  tunnel: TunnelSettings,
  /** Used in this order while `tunnel` fails; "off" among them counts for nothing. */
  tunnelFallbacks: TunnelFallbacks,
  /** Open only while a hook, a backup or a job waits for callbacks. */
  tunnelWhenNeeded: z.boolean(),
  receiver: ReceiverSettings,
  notifications: NotificationSettings,
  retention: RetentionSettings,
  backups: BackupSettings,
  /** Desktop only: start with the user's session. */
  startAtLogin: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = {
  tunnel: { provider: 'off' },
  tunnelFallbacks: [],
  tunnelWhenNeeded: false,
  receiver: { port: 0 },
  notifications: { enabled: true, pausedUntil: null },
  retention: { days: 90, events: 100_000 },
  backups: { patienceHours: 6, verifyWeekly: true, skipMetered: false, allowInsecure: false },
  startAtLogin: false,
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
});
export type SettingsChange = z.infer<typeof SettingsChange>;

const TunnelProvider = z.enum(['off', 'fixed', 'localtunnel', 'ssh', 'cloudflared']);
const TunnelLink = z.object({
  provider: TunnelProvider,
  /** "waiting": not tried, since one before it does. */
  state: z.enum(['waiting', 'connecting', 'up', 'down']),
  url: z.string().optional(),
  problem: z.string().optional(),
  reason: MessageReference.optional(),
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
  /** Present where there is more than one. */
  chain: z.array(TunnelLink).optional(),
});
export type TunnelStatus = z.infer<typeof TunnelStatus>;

export const Warning = z.object({ at: Time, message: z.string(), reason: MessageReference.optional() });
/** Something the user should know that is not tied to one event: a file set aside, a full disk, a weak key store. */
export type Warning = z.infer<typeof Warning>;

export const Status = z.object({
  version: z.string(),
  tunnel: TunnelStatus,
  receiver: z.object({ port: z.int(), problem: z.string().optional(), reason: MessageReference.optional() }),
  /** Where secrets are sealed, in plain words, and what is weak about it. */
  vault: z.object({ name: z.string(), caution: z.string().optional() }),
  warnings: z.array(Warning),
  /** True while the embedded sandbox is running. */
  sandbox: z.boolean(),
  /** True in the desktop application, false in the headless host. */
  desktop: z.boolean(),
});
export type Status = z.infer<typeof Status>;

export const Field = z.object({
  name: z.string(),
  label: z.string(),
  kind: z.enum(['text', 'secret', 'url', 'choice', 'port']),
  required: z.boolean(),
  /** Shown, checked and kept only while another field has one of these values. */
  when: z.object({ field: z.string(), in: z.array(z.string()) }).optional(),
  default: z.string().optional(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  help: z.string().optional(),
});
/** One field of a connection form; the form and its validation both come from it. */
export type Field = z.infer<typeof Field>;

const BrowseKind = z.enum(['hub', 'project', 'folder', 'item', 'version', 'component']);
export type BrowseKind = z.infer<typeof BrowseKind>;

const ScopeKey = z.object({
  key: z.string(),
  label: z.string(),
  help: z.string(),
  example: z.string(),
  /** What can be picked for it from the account's tree. */
  pick: z.array(BrowseKind).optional(),
  /** True for one that only narrows another key of the same hook, and may be left out. */
  optional: z.boolean().optional(),
});
const CatalogueEvent = z.object({
  event: z.string(),
  title: z.string(),
  help: z.string().optional(),
  /** Keys of `scopes` that fit this event. */
  scopes: z.array(z.string()),
});
const CatalogueSystem = z.object({
  system: z.string(),
  title: z.string(),
  help: z.string().optional(),
  scopes: z.array(ScopeKey),
  events: z.array(CatalogueEvent),
  /** True where the system demands a signed-in user, so that a hook of the application alone is refused. */
  userOnly: z.boolean().optional(),
});
export const Catalogue = z.object({
  systems: z.array(CatalogueSystem),
  regions: z.array(z.object({ value: z.string(), label: z.string() })),
  /** True where a hook stays as it was made: it cannot be paused, and takes no attribute. */
  fixed: z.boolean().optional(),
});
/** What a connector knows of systems, events and scopes; the user may type others. */
export type Catalogue = z.infer<typeof Catalogue>;

const JobState = z.enum(['queued', 'running', 'success', 'failed', 'timeout']);
const Percent = z.number().min(0).max(100);
export const Job = z.object({
  id: Id,
  connection: Id,
  /** Translated by an order; processed by the cloud itself after an upload; a cloud model published. */
  kind: z.enum(['translation', 'processing', 'publishing']),
  /** What it is about: the Base64 of the source for a translation, else the version or the file. */
  urn: z.string(),
  name: z.string(),
  state: JobState,
  /** The latest news of it in words, where the state does not say it all. */
  stage: z.string().optional(),
  progress: Percent.optional(),
  /** Wanted, of a translation ordered here. */
  formats: z.array(z.string()).optional(),
  region: z.string().optional(),
  /** Who began it: the user, here; or somebody else, or the cloud itself. */
  by: z.enum(['user', 'cloud']),
  createdAt: Time,
  updatedAt: Time,
  endedAt: Time.optional(),
  /** Seconds that such a job of such a file usually takes, as far as is known. */
  usual: z.number().optional(),
  /** True since it takes far longer than usual. */
  overdue: z.boolean(),
  /** True where the result was there before, so that nothing was done. */
  existed: z.boolean().optional(),
  /** The single results. */
  outputs: z.array(z.object({ format: z.string(), state: JobState, progress: Percent.optional() })).optional(),
  /** What the provider remarked, errors first. */
  messages: z
    .array(z.object({ kind: z.enum(['error', 'warning', 'info']), text: z.string(), code: z.string().optional() }))
    .optional(),
  /** Where people see the result, as the provider gave it; opened by `jobs.open`. */
  page: z.string().optional(),
  problem: z.string().optional(),
  /** True where it ended while nobody was there, and that was found out afterwards. */
  recovered: z.boolean().optional(),
});
/** One piece of long work in the cloud, from its beginning to its end. */
export type Job = z.infer<typeof Job>;
export type JobState = z.infer<typeof JobState>;

const JobFormat = z.union([
  z.string().trim().min(1).max(40),
  z.looseObject({ type: z.string().trim().min(1).max(40) }),
]);

const linkIds = ['autodesk-portal', 'autodesk-webhooks', 'autodesk-integrations', 'localtunnel'] as const;
export type LinkId = (typeof linkIds)[number];

const BrowseNote = z.object({ text: z.string(), link: z.enum(linkIds).optional() });
/** What the user should know about an answer that is not whole, and the page that helps. */
export type BrowseNote = z.infer<typeof BrowseNote>;

const BrowseNode = z.object({
  /** Means nothing outside its connection. */
  id: z.string(),
  kind: BrowseKind,
  name: z.string(),
  expandable: z.boolean(),
  region: z.string().optional(),
  detail: z.string().optional(),
  /** What choosing it gives a hook, by the keys of the catalogue's scopes. */
  scope: z.record(z.string(), z.string()).optional(),
  /** What choosing it gives a job. */
  urn: z.string().optional(),
});
/** One thing of an account's tree: hubs hold projects, these folders, these items, these versions. */
export type BrowseNode = z.infer<typeof BrowseNode>;

const BrowsePage = z.object({
  nodes: z.array(BrowseNode),
  /** Present where there are more: to be asked for as `page` of the same node. */
  next: z.string().optional(),
  notes: z.array(BrowseNote),
});
export type BrowsePage = z.infer<typeof BrowsePage>;

const BackupRequest = z.object({ id: z.string(), title: z.string() });

export const Connector = z.object({
  id: z.string(),
  title: z.string(),
  fields: z.array(Field),
  /** Present where the connector supports hooks. */
  catalogue: Catalogue.optional(),
  /** What can be requested, present where the connector supports backups; the first is the one behind "Back up now". */
  backups: z.array(BackupRequest).optional(),
  /** Present where translations can be ordered: the regions in which. */
  jobs: z.object({ regions: z.array(z.object({ value: z.string(), label: z.string() })) }).optional(),
  /** True where what the account holds can be picked from a tree. */
  browse: z.boolean().optional(),
  /** Present where a person may have to sign in, in the browser: when that is, and which addresses are to be registered for the answer. */
  signIn: z
    .object({
      when: z.object({ field: z.string(), in: z.array(z.string()) }),
      /** The setting that names the one port; while it is empty these are tried in their order. */
      portField: z.string(),
      ports: z.array(z.int()),
      path: z.string(),
    })
    .optional(),
});
export type Connector = z.infer<typeof Connector>;

export const Limitation = z.object({
  bundle: z.enum(['hooks', 'backups', 'jobs', 'browse']),
  reason: z.string(),
  /** A hook of another connector that tells of nearly the same. */
  instead: z.object({ connector: z.string(), system: z.string(), event: z.string(), text: z.string() }).optional(),
});
/** What an account cannot do, and why. */
export type Limitation = z.infer<typeof Limitation>;

export const Connection = z.object({
  id: Id,
  connector: z.string(),
  name: z.string(),
  account: z.string().optional(),
  /** The settings as typed, without any secret. */
  settings: z.record(z.string(), z.string()),
  /** By whom it acts: the application itself, a person through an application with a secret, or through one without. */
  kind: z.enum(['app', 'user', 'public']).optional(),
  /** Present where a person signs in. */
  signIn: z
    .object({
      state: z.enum(['signed-in', 'needed', 'waiting']),
      /** When it ends unless it is renewed before. */
      until: Time.optional(),
      /** While waiting: the address that must be registered for the application, exactly. */
      redirectUri: z.string().optional(),
      problem: z.string().optional(),
    })
    .optional(),
  /** What this kind of account may not do, and why. */
  cannot: z.array(Limitation).optional(),
});
export type Connection = z.infer<typeof Connection>;

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
  /** What is being done to it at present. */
  healing: HookAction.optional(),
  /** Why an own one could not be healed. */
  problem: z.string().optional(),
});
export type Hook = z.infer<typeof Hook>;

export const HookPlanStep = z.object({
  action: HookAction,
  connection: Id,
  /** Absent for a leftover that belongs to no hook here. */
  hook: Id.optional(),
  region: z.string().optional(),
  /** What is to be done, or was: "Move to the new address: Version added". */
  text: z.string(),
  /** Why it failed. */
  problem: z.string().optional(),
});
export type HookPlanStep = z.infer<typeof HookPlanStep>;

export const HookPlan = z.object({
  steps: z.array(HookPlanStep),
  /** All of it in one line: "3 hooks to move". */
  text: z.string(),
  /** What could not be looked at, so that nothing is planned for it. */
  problems: z.array(z.object({ connection: Id, region: z.string().optional(), message: z.string() })),
});
/** What is, or was, to be done so that the provider has exactly the hooks that are wanted. */
export type HookPlan = z.infer<typeof HookPlan>;

export const HookHistoryEntry = z.object({
  id: Id,
  at: Time,
  /** In one line: "3 hooks moved to the new address". */
  text: z.string(),
  steps: z.array(HookPlanStep),
});
export type HookHistoryEntry = z.infer<typeof HookHistoryEntry>;

export const HookHealing = z.object({
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
export type HookHealing = z.infer<typeof HookHealing>;

const HooksList = z.object({
  hooks: z.array(Hook),
  /** Connections and regions that could not be looked at, and why. */
  problems: z.array(z.object({ connection: Id, region: z.string().optional(), message: z.string() })),
});
export type HookProblem = z.infer<typeof HooksList>['problems'][number];

const Outcome = z.enum(['success', 'failed', 'info']);
export type Outcome = z.infer<typeof Outcome>;

export const Event = z.object({
  id: Id,
  hook: Id,
  connection: Id,
  receivedAt: Time,
  deliveryId: z.string().optional(),
  system: z.string().optional(),
  /** The provider's event name, where it could be told. */
  event: z.string().optional(),
  title: z.string(),
  summary: z.string().optional(),
  outcome: Outcome.optional(),
  /** What it is about: the provider's name of the resource. */
  resource: z.string().optional(),
  /** When it happened, as the payload says. */
  occurredAt: Time.optional(),
  /** False where the payload could not be understood at all; it is kept all the same. */
  readable: z.boolean(),
  /** How it was proven: by its signature, by an address made for it alone, or because Ringback asked the provider itself. */
  verified: z.enum(['signature', 'address', 'lookup']),
  /** How it was signed, where the provider signs in several ways: HMAC-SHA-1 with the prefix sha1hash=. */
  variant: z.string().optional(),
  /** True where it was missed, and found by asking the provider afterwards. */
  recovered: z.boolean().optional(),
  /** How often it was delivered; repetitions have no second effect. */
  deliveries: z.int(),
});
/** One callback, proven genuine and kept. */
export type Event = z.infer<typeof Event>;

export const JobDetail = Job.extend({
  /** A small picture of the result, as a data address. */
  thumbnail: z.string().optional(),
  /** The callbacks that told of it, newest first. */
  events: z.array(Event),
});
export type JobDetail = z.infer<typeof JobDetail>;

export const EventDetail = Event.extend({
  /** Lower-case names; a header received several times is joined by ", ". */
  headers: z.record(z.string(), z.string()),
  /** The exact text received. */
  body: z.string(),
  /** The exact bytes in base64, only where they are not UTF-8. */
  bytes: z.string().optional(),
});
export type EventDetail = z.infer<typeof EventDetail>;

const Recovery = z.object({
  id: Id,
  at: Time,
  /** The time for which the providers were asked. */
  from: Time,
  to: Time,
  /** So many events were found that no callback had told. */
  found: z.int(),
  /** "3 translations finished, 1 translation failed". */
  text: z.string(),
  /** Hooks for which not everything, or nothing, could be found, and why. */
  gaps: z.array(z.object({ hook: Id, from: Time, reason: z.string() })),
});
/** A look into a time in which no callback could arrive. */
export type Recovery = z.infer<typeof Recovery>;

const SilenceRule = z.union([z.literal('usual'), z.number().min(1).max(8760), z.null()]);
/** When silence is worth telling: after so many hours, never (null), or when it is longer than the hook's own rhythm explains. */
export type SilenceRule = z.infer<typeof SilenceRule>;

const Silence = z.object({
  hook: Id,
  rule: SilenceRule,
  /** The latest event, or the making of the hook. */
  since: Time.optional(),
  /** Events a day in the last four weeks; absent where they show no rhythm. */
  perDay: z.number().optional(),
  /** So long it may be silent; absent where nothing is expected of it. */
  allowedHours: z.int().optional(),
  alarm: z.boolean(),
});
/** How long a hook has told nothing, and whether it should have. */
export type Silence = z.infer<typeof Silence>;

const Finding = z.object({
  /** What it is about, as people call it. */
  subject: z.string(),
  check: z.string(),
  state: z.enum(['good', 'bad', 'unsure']),
  text: z.string(),
  /** What to do about it. */
  advice: z.string().optional(),
  /** A question of this contract that mends it, for a button. */
  fix: z
    .object({
      label: z.string(),
      method: z.enum(['hooks.reconcile', 'hooks.update', 'connections.signIn', 'tunnel.check', 'settings.set']),
      input: z.record(z.string(), z.json()),
    })
    .optional(),
});
export type Finding = z.infer<typeof Finding>;

const Examination = z.object({
  at: Time,
  /** The answer to "why did I hear nothing?" in a sentence or two. */
  verdict: z.string(),
  findings: z.array(Finding),
  /** Everything as text without secrets, to be copied. */
  report: z.string(),
});
/** What the doctor found. */
export type Examination = z.infer<typeof Examination>;

export const Rejection = z.object({ receivedAt: Time, hook: Id.optional(), reason: z.string() });
/** A delivery that was refused, and why. */
export type Rejection = z.infer<typeof Rejection>;

export const NotePage = z.enum(['backups', 'connections', 'events', 'hooks']);
/** A page that a notification may open. */
export type NotePage = z.infer<typeof NotePage>;

export const Notification = z.object({
  at: Time,
  title: z.string(),
  body: z.string(),
  event: Id.optional(),
  /** The backup it speaks of; a click shows its file, unless it says which page to open. */
  backup: Id.optional(),
  /** The job it speaks of. */
  job: Id.optional(),
  page: NotePage.optional(),
  /** True for one that stays until it is closed. */
  urgent: z.boolean().optional(),
});
/** What was shown to the user. */
export type Notification = z.infer<typeof Notification>;

export const Backup = z.object({
  id: Id,
  connection: Id,
  /** What was requested: an id of the connector's `backups`. */
  request: z.string(),
  title: z.string(),
  state: z.enum([
    'created',
    'requested',
    'called-back',
    'resolved',
    'downloading',
    'done',
    'failed',
    /** Ended by the user, or with its connection. */
    'cancelled',
    'timed-out',
  ]),
  /** Who asked for it. */
  by: z.enum(['user', 'plan']),
  createdAt: Time,
  updatedAt: Time,
  /** The first file, absolute; shown, never handed back. */
  file: z.string().optional(),
  /** Every file, where there are several. */
  files: z.array(z.string()).optional(),
  /** So much is on disk. */
  bytes: z.int().optional(),
  /** The size in the end, where the server tells. */
  total: z.int().optional(),
  /** Bytes a second, at present. */
  rate: z.int().optional(),
  /** Seconds left, as far as can be told. */
  remaining: z.int().optional(),
  /** True while all is here and is being read back. */
  proving: z.boolean().optional(),
  /** Of the first file, hex. */
  sha256: z.string().optional(),
  doneAt: Time.optional(),
  /** What the latest reading of the files found: as they were proven, changed since, or not there. */
  verification: z
    .object({ at: Time, state: z.enum(['good', 'altered', 'missing']), reason: z.string().optional() })
    .optional(),
  /** JSON text of a result that is no file. */
  result: z.string().optional(),
  /** When its files were moved away to keep within the plan. */
  removedAt: Time.optional(),
  /** Why it failed, or what is in the way at present. */
  problem: z.string().optional(),
  /** What to do about it. */
  advice: z.string().optional(),
  /** True for a failed one that can go on from where it failed. */
  resumable: z.boolean().optional(),
});
/** One backup, from the wish to the proven file. */
export type Backup = z.infer<typeof Backup>;
export type BackupState = Backup['state'];

const Schedule = z
  .strictObject({
    every: z.enum(['day', 'week']),
    /** Local time of this computer, "03:12". */
    at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 03:12'),
    /** 0 is Sunday, 6 is Saturday. */
    weekday: z.int().min(0).max(6).optional(),
  })
  .refine(({ every, weekday }) => every === 'day' || weekday !== undefined, 'a weekly schedule needs a weekday');
/** When backups are made without being asked for. */
export type Schedule = z.infer<typeof Schedule>;

const Count = z.int().min(0).max(1000);
const Keep = z
  .strictObject({ last: Count, daily: Count, weekly: Count, monthly: Count })
  .refine((keep) => Object.values(keep).some((count) => count > 0), 'at least one backup must be kept');
/** How many proven backups stay: the last ones, and the last one of so many days, weeks and months. */
export type Keep = z.infer<typeof Keep>;

const overdueHours = z.int().min(1).max(8760).nullable();
export const BackupPlan = z.object({
  /** Null where backups are made only when asked for. */
  schedule: Schedule.nullable(),
  /** Null where nothing is ever tidied away. */
  keep: Keep.nullable(),
  /** The user is told when there was no good backup for so long; null where not. */
  overdueHours,
});
export type BackupPlan = z.infer<typeof BackupPlan>;

export const BackupAccount = z.object({
  connection: Id,
  name: z.string(),
  requests: z.array(BackupRequest),
  /** The newest backup whose files are proven and not known to be bad since. */
  lastProven: z.object({ id: Id, at: Time, bytes: z.int(), file: z.string() }).optional(),
  /** The newest one that is not finished. */
  running: Backup.optional(),
  plan: BackupPlan,
  /** When the schedule comes next. */
  nextAt: Time.optional(),
  /** Why a planned backup that is due has not begun: no network, a metered connection. */
  waiting: z.string().optional(),
  /** True while there was no good backup for longer than the plan allows. */
  overdue: z.boolean(),
});
/** One connection that can be backed up, and how it stands. */
export type BackupAccount = z.infer<typeof BackupAccount>;

const BackupPlace = z.object({
  /** Where backups are put, for the user to read. */
  folder: z.string(),
  /** Whether the host can ask the user for another. */
  choosable: z.boolean(),
});
export type BackupPlace = z.infer<typeof BackupPlace>;

const Tidying = z.object({
  keep: z.array(z.object({ id: Id, reasons: z.array(z.string()) })),
  remove: z.array(Id),
});
/** What the plan keeps, and why; and what it would remove. */
export type Tidying = z.infer<typeof Tidying>;

function method<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output } as const;
}
const nothing = z.strictObject({});
const done = z.object({});

/** Every question: name → input and output. Adding one is an entry here and one in engine/answers.ts. */
export const methods = {
  'status.get': method(nothing, Status),
  'settings.get': method(nothing, Settings),
  'settings.set': method(SettingsChange, Settings),
  'connectors.list': method(nothing, z.array(Connector)),
  'connections.add': method(
    z.strictObject({
      connector: z.string(),
      name: z.string().trim().max(200).optional(),
      settings: z.record(z.string(), z.string().max(2000)).default({}),
      secrets: z.record(z.string(), z.string().max(10_000)).default({}),
    }),
    Connection,
  ),
  'connections.list': method(nothing, z.array(Connection)),
  /** Renames it, or replaces settings and secrets after signing in with them; a replaced signing secret still counts for a week. */
  'connections.update': method(
    z.strictObject({
      id: Id,
      name: z.string().trim().min(1).max(200).optional(),
      settings: z.record(z.string(), z.string().max(2000)).optional(),
      secrets: z.record(z.string(), z.string().max(10_000)).optional(),
    }),
    Connection,
  ),
  /** Signs in anew and says whose account it is. */
  'connections.check': method(z.strictObject({ id: Id }), Connection),
  /** Begins to sign a person in, or goes on waiting: the page is opened in the browser; `opened` is false where the host has none, then the window does it. */
  'connections.signIn': method(
    z.strictObject({ id: Id }),
    z.object({ url: z.string(), opened: z.boolean(), redirectUri: z.string() }),
  ),
  'connections.cancelSignIn': method(z.strictObject({ id: Id }), Connection),
  /** Signs out and forgets the connection; its hooks at the provider are removed first unless `keepHooks`. */
  'connections.remove': method(z.strictObject({ id: Id, keepHooks: z.boolean().optional() }), done),
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
      /** The explicit word that a hook which is not ours may be changed. */
      foreign: z.boolean().optional(),
    }),
    Hook,
  ),
  /** Brings the providers in line with what is wanted here, and says what was done; with `dryRun` what would be. */
  'hooks.reconcile': method(z.strictObject({ dryRun: z.boolean().optional(), connection: Id.optional() }), HookPlan),
  'hooks.healing': method(nothing, HookHealing),
  /** What was done without being asked for, the latest first. */
  'hooks.history': method(z.strictObject({ limit: Limit.optional() }), z.array(HookHistoryEntry)),
  'hooks.remove': method(z.strictObject({ id: Id, foreign: z.boolean().optional() }), done),
  /** What lies under a node of the account's tree, or its uppermost nodes; the names are remembered. */
  'browse.children': method(
    z.strictObject({ connection: Id, node: z.string().max(2000).optional(), page: z.string().max(500).optional() }),
    BrowsePage,
  ),
  'events.list': method(
    z.strictObject({
      limit: Limit.optional(),
      before: z.string().max(200).optional(),
      hook: Id.optional(),
      text: z.string().max(500).optional(),
    }),
    z.object({ events: z.array(Event), next: z.string().optional() }),
  ),
  'events.get': method(z.strictObject({ id: Id }), EventDetail),
  /** Joins the one that is open already for this account and request. */
  'backups.start': method(z.strictObject({ connection: Id, request: z.string().max(100).optional() }), Backup),
  /** Newest first. */
  'backups.list': method(z.strictObject({ connection: Id.optional(), limit: Limit.optional() }), z.array(Backup)),
  /** Goes on with a failed one from where it failed; what it fetched is not fetched again. */
  'backups.resume': method(z.strictObject({ id: Id }), Backup),
  /** Ends one that is not finished, and gives up a failed one that could go on; what it fetched so far is deleted. */
  'backups.cancel': method(z.strictObject({ id: Id }), Backup),
  /** Reads its files again and compares them with what was proven. */
  'backups.verify': method(z.strictObject({ id: Id }), Backup),
  /** Shows its file in the system's file manager; `opened` is false where the host has none or the file is gone. */
  'backups.reveal': method(z.strictObject({ id: Id }), z.object({ opened: z.boolean() })),
  'backups.accounts': method(nothing, z.array(BackupAccount)),
  /** Changes the parts given; a new plan also ends reminders about the account until it is overdue anew. */
  'backups.plan': method(
    z.strictObject({
      connection: Id,
      schedule: Schedule.nullable().optional(),
      keep: Keep.nullable().optional(),
      overdueHours: overdueHours.optional(),
    }),
    BackupAccount,
  ),
  /**
   * A preview of the plan, or with `keep` of one that is not saved yet. With `apply`, which needs the `remove` of the plan's
   * own preview, those files are moved to the recycle bin where the host has one.
   */
  'backups.tidy': method(
    z
      .strictObject({ connection: Id, keep: Keep.nullable().optional(), apply: z.array(Id).optional() })
      .refine(({ keep, apply }) => keep === undefined || apply === undefined, 'only a saved plan can be applied'),
    Tidying,
  ),
  'backups.place': method(nothing, BackupPlace),
  /** Asks the user for a folder through the host; later backups go there. */
  'backups.choosePlace': method(nothing, BackupPlace),
  /** The latest first. */
  'recovery.history': method(z.strictObject({ limit: Limit.optional() }), z.array(Recovery)),
  'silence.list': method(nothing, z.array(Silence)),
  'silence.set': method(z.strictObject({ hook: Id, rule: SilenceRule }), Silence),
  /** Runs every check there is on a hook, on a connection and its hooks, or on everything. */
  'doctor.run': method(z.strictObject({ hook: Id.optional(), connection: Id.optional() }), Examination),
  /** Starts a translation, its hooks first; an open one of the same file is joined. Without formats the usual one is made. */
  'jobs.start': method(
    z.strictObject({
      connection: Id,
      /** A URN as it is, percent-encoded or in Base64. */
      urn: z.string().trim().min(1).max(2000),
      /** The file's name, where the URN does not tell it. */
      name: z.string().trim().min(1).max(200).optional(),
      formats: z.array(JobFormat).min(1).max(20).optional(),
      region: z.string().max(20).optional(),
      /** Deletes all earlier results of every format and translates anew. */
      force: z.boolean().optional(),
    }),
    Job,
  ),
  /** Open ones first, each part newest first. */
  'jobs.list': method(z.strictObject({ connection: Id.optional(), limit: Limit.optional() }), z.array(Job)),
  'jobs.get': method(z.strictObject({ id: Id }), JobDetail),
  /** What a file can be translated into, the usual choice first; the regions; what the URN tells of the file. */
  'jobs.formats': method(
    z.strictObject({
      connection: Id,
      urn: z.string().trim().max(2000).optional(),
      name: z.string().trim().max(200).optional(),
    }),
    z.object({
      formats: z.array(z.string()),
      regions: z.array(z.object({ value: z.string(), label: z.string() })),
      name: z.string().optional(),
      region: z.string(),
    }),
  ),
  /** Asks the provider now. */
  'jobs.refresh': method(z.strictObject({ id: Id }), Job),
  /** Takes it from the list; what goes on in the cloud goes on. */
  'jobs.forget': method(z.strictObject({ id: Id }), done),
  /** Opens its page; `opened` is false where the host has no browser, then the window does it. */
  'jobs.open': method(z.strictObject({ id: Id }), z.object({ opened: z.boolean(), url: z.string() })),
  'rejections.list': method(z.strictObject({ limit: Limit.optional() }), z.array(Rejection)),
  'notifications.list': method(z.strictObject({ limit: Limit.optional() }), z.array(Notification)),
  /** Shows a notification now, so that the user sees whether the system lets them through. */
  'notifications.test': method(nothing, done),
  /** Sends an echo through the public address now and says what came of it. */
  'tunnel.check': method(nothing, TunnelStatus),
  'warnings.dismiss': method(nothing, done),
  /** Opens one of Ringback's own help links; `opened` is false where the host has no browser, then the window does it. */
  'links.open': method(z.strictObject({ link: z.enum(linkIds) }), z.object({ opened: z.boolean(), url: z.string() })),
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type Input<M extends MethodName> = z.input<Methods[M]['input']>;
export type ParsedInput<M extends MethodName> = z.output<Methods[M]['input']>;
export type Output<M extends MethodName> = z.output<Methods[M]['output']>;

/** What the window hears without asking. */
export type Change =
  | { readonly type: 'ready' }
  | { readonly type: 'status'; readonly status: Status }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'connections' }
  | { readonly type: 'hooks' }
  | { readonly type: 'event'; readonly event: Event }
  /** A gap was looked into. */
  | { readonly type: 'recovery' }
  | { readonly type: 'rejection'; readonly rejection: Rejection }
  | { readonly type: 'notification'; readonly notification: Notification }
  /** A backup began, moved on or was verified; progress comes at most four times a second. */
  | { readonly type: 'backup'; readonly backup: Backup }
  /** Accounts, plans or the place of backups changed. */
  | { readonly type: 'backups' }
  /** A job began or moved on. */
  | { readonly type: 'job'; readonly job: Job }
  /** One was taken from the list. */
  | { readonly type: 'jobs' }
  /** A notification or tray entry was clicked: the window shows that event. */
  | { readonly type: 'open'; readonly event: string }
  /** A notification about backups was clicked: the window shows that page, and there this backup. */
  | { readonly type: 'open-backups'; readonly backup?: string }
  /** A notification that leads to a page was clicked. */
  | { readonly type: 'open-page'; readonly page: Exclude<NotePage, 'backups'> }
  /** A notification about a job was clicked. */
  | { readonly type: 'open-job'; readonly job: string };

export type Answer<M extends MethodName> =
  | { readonly ok: true; readonly value: Output<M> }
  | { readonly ok: false; readonly problem: Problem };

/** What the window gets to talk to the main process: two verbs, nothing else. */
export interface Bridge {
  ask<M extends MethodName>(method: M, input: Input<M>): Promise<Answer<M>>;
  /** Returns the function that ends listening. */
  listen(listener: (change: Change) => void): () => void;
}
