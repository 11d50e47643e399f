import { z } from 'zod';
import { done, Id, Limitation, MessageReference, method, nothing, Time } from './common.ts';

const Choice = z.object({ value: z.string(), label: z.string(), labelMessage: MessageReference.optional() });

export const Field = z.object({
  name: z.string(),
  label: z.string(),
  labelMessage: MessageReference.optional(),
  kind: z.enum(['text', 'secret', 'url', 'choice', 'port']),
  required: z.boolean(),
  /** Shown, checked and kept only while another field has one of these values. */
  when: z.object({ field: z.string(), in: z.array(z.string()) }).optional(),
  default: z.string().optional(),
  choices: z.array(Choice).optional(),
  help: z.string().optional(),
  helpMessage: MessageReference.optional(),
  /** True for a setting other than a "url" that decides where secrets are sent. */
  address: z.boolean().optional(),
});

/** One field of a connection form; the form and its validation both come from it. */
export type Field = z.infer<typeof Field>;

const BrowseKind = z.enum(['hub', 'project', 'folder', 'item', 'version', 'component']);

export type BrowseKind = z.infer<typeof BrowseKind>;

const ScopeKey = z.object({
  key: z.string(),
  label: z.string(),
  labelMessage: MessageReference.optional(),
  help: z.string(),
  helpMessage: MessageReference.optional(),
  example: z.string(),
  /** What can be picked for it from the account's tree. */
  pick: z.array(BrowseKind).optional(),
  /** True for one that only narrows another key of the same hook, and may be left out. */
  optional: z.boolean().optional(),
});

const CatalogueEvent = z.object({
  event: z.string(),
  title: z.string(),
  titleMessage: MessageReference.optional(),
  help: z.string().optional(),
  helpMessage: MessageReference.optional(),
  /** Keys of `scopes` that fit this event. */
  scopes: z.array(z.string()),
});

const CatalogueSystem = z.object({
  system: z.string(),
  title: z.string(),
  titleMessage: MessageReference.optional(),
  help: z.string().optional(),
  helpMessage: MessageReference.optional(),
  scopes: z.array(ScopeKey),
  events: z.array(CatalogueEvent),
  /** True where the system demands a signed-in user, so that a hook of the application alone is refused. */
  userOnly: z.boolean().optional(),
});

export const Catalogue = z.object({
  systems: z.array(CatalogueSystem),
  regions: z.array(Choice),
  /** True where a hook stays as it was made: it cannot be paused, and takes no attribute. */
  fixed: z.boolean().optional(),
});

/** What a connector knows of systems, events and scopes; the user may type others. */
export type Catalogue = z.infer<typeof Catalogue>;

const ConnectorLink = z.object({
  /** Opened by `links.open`. */
  id: z.string(),
  label: z.string(),
  labelMessage: MessageReference.optional(),
  /** The form that shows it; absent for a link that only notes refer to. */
  form: z.enum(['connection', 'hook']).optional(),
});

/** A help page of a connector. */
export type ConnectorLink = z.infer<typeof ConnectorLink>;

const BrowseNote = z.object({
  text: z.string(),
  textMessage: MessageReference.optional(),
  link: z.string().optional(),
});

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

export const BackupRequest = z.object({ id: z.string(), title: z.string(), titleMessage: MessageReference.optional() });

export const ConnectorInfo = z.object({
  id: z.string(),
  title: z.string(),
  fields: z.array(Field),
  /** Present where the connector supports hooks. */
  catalogue: Catalogue.optional(),
  /** What can be requested, present where the connector supports backups; the first is the one behind "Back up now". */
  backups: z.array(BackupRequest).optional(),
  /** Present where the connector can start jobs. */
  jobs: z
    .object({
      regions: z.array(Choice),
      /** Formats to choose unless the user wants others. */
      defaultFormats: z.array(z.string()).optional(),
      formatsHelp: z.string().optional(),
      formatsHelpMessage: MessageReference.optional(),
      sourceExample: z.string().optional(),
    })
    .optional(),
  /** Help pages. */
  links: z.array(ConnectorLink).optional(),
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

export type ConnectorInfo = z.infer<typeof ConnectorInfo>;

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
      problemMessage: MessageReference.optional(),
    })
    .optional(),
  /** True where credentials that it needs were never entered on this computer. */
  incomplete: z.boolean().optional(),
  /** What this kind of account may not do, and why. */
  cannot: z.array(Limitation).optional(),
});

export type Connection = z.infer<typeof Connection>;

export const connectionMethods = {
  'connectors.list': method(nothing, z.array(ConnectorInfo)),
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
  /** Signs in again and says whose account it is. */
  'connections.check': method(z.strictObject({ id: Id }), Connection),
  /** Begins to sign a person in, or goes on waiting: the page is opened in the browser; `opened` is false where the host has none, then the window does it. */
  'connections.signIn': method(
    z.strictObject({ id: Id }),
    z.object({ url: z.string(), opened: z.boolean(), redirectUri: z.string() }),
  ),
  'connections.cancelSignIn': method(z.strictObject({ id: Id }), Connection),
  /** Signs out and forgets the connection; its hooks at the provider are removed first unless `keepHooks`. */
  'connections.remove': method(z.strictObject({ id: Id, keepHooks: z.boolean().optional() }), done),
  /** What lies under a node of the account's tree, or its uppermost nodes; the names are remembered. */
  'browse.children': method(
    z.strictObject({ connection: Id, node: z.string().max(2000).optional(), page: z.string().max(500).optional() }),
    BrowsePage,
  ),
  /** Opens a help page of Ringback or of a connector; `opened` is false where the host has no browser, then the window does it. */
  'links.open': method(
    z.strictObject({ link: z.string().min(1).max(100) }),
    z.object({ opened: z.boolean(), url: z.string() }),
  ),
};
