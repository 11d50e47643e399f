import { z } from 'zod';
import { limits } from '../limits.ts';
import { done, Id, Limitation, MessageReference, membersOf, method, nothing, Time } from './common.ts';

const Choice = z.object({ value: z.string(), label: z.string(), labelMessage: MessageReference.optional() });

export const Field = z.object({
  name: z.string(),
  label: z.string(),
  labelMessage: MessageReference.optional(),
  kind: z.enum(['text', 'secret', 'url', 'choice', 'port']),
  required: z.boolean(),
  /** The field is shown, validated and stored only where another field has one of these values. */
  when: z.object({ field: z.string(), in: z.array(z.string()) }).optional(),
  default: z.string().optional(),
  choices: z.array(Choice).optional(),
  help: z.string().optional(),
  helpMessage: MessageReference.optional(),
  /** True for a setting of another kind than "url" that affects where secrets are sent. */
  address: z.boolean().optional(),
});

/** One field of a connection form, which also defines its validation. */
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
  /** The kinds of nodes in the account's tree from which it can be selected. */
  pick: z.array(BrowseKind).optional(),
  /** True for a key that only narrows another key of the same hook, and is optional. */
  optional: z.boolean().optional(),
});

const CatalogueEvent = z.object({
  event: z.string(),
  title: z.string(),
  titleMessage: MessageReference.optional(),
  help: z.string().optional(),
  helpMessage: MessageReference.optional(),
  /** The keys of `scopes` that this event accepts. */
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
  /** True where the system requires a signed-in user and rejects hooks of the application itself. */
  userOnly: z.boolean().optional(),
});

export const Catalogue = z.object({
  systems: z.array(CatalogueSystem),
  regions: z.array(Choice),
  /** True where hooks cannot be changed: they cannot be paused and have no attribute. */
  fixed: z.boolean().optional(),
});

/** A connector's known systems, events and scopes; the user may type others. */
export type Catalogue = z.infer<typeof Catalogue>;

const ConnectorLink = z.object({
  /** The id for `links.open`. */
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

/** A message about missing items in a page, with the help page about it. */
export type BrowseNote = z.infer<typeof BrowseNote>;

const BrowseNode = z.object({
  /** Valid only for its connection. */
  id: z.string(),
  kind: BrowseKind,
  name: z.string(),
  expandable: z.boolean(),
  region: z.string().optional(),
  detail: z.string().optional(),
  /** The scope of a hook on it, by the keys of the catalogue's scopes. */
  scope: z.record(z.string(), z.string()).optional(),
  /** The source of a job on it. */
  urn: z.string().optional(),
});

/** A node in an account's tree: hubs contain projects, these folders, these items, these versions. */
export type BrowseNode = z.infer<typeof BrowseNode>;

const BrowsePage = z.object({
  nodes: z.array(BrowseNode),
  /** The `page` that continues this one; absent on the last. */
  next: z.string().optional(),
  notes: z.array(BrowseNote),
});

export type BrowsePage = z.infer<typeof BrowsePage>;

export const BackupRequest = z.object({ id: z.string(), title: z.string(), titleMessage: MessageReference.optional() });

export const ConnectorInfo = z.object({
  id: z.string(),
  title: z.string(),
  fields: z.array(Field),
  /** Absent where the connector does not support hooks. */
  catalogue: Catalogue.optional(),
  /** Kinds of backup to request; "Back up now" requests the first. Absent if the connector does not support backups. */
  backups: z.array(BackupRequest).optional(),
  /** Absent where the connector cannot start jobs. */
  jobs: z
    .object({
      regions: z.array(Choice),
      /** The formats of a job for which none was selected. */
      defaultFormats: z.array(z.string()).optional(),
      formatsHelp: z.string().optional(),
      formatsHelpMessage: MessageReference.optional(),
      sourceExample: z.string().optional(),
    })
    .optional(),
  /** Help pages. */
  links: z.array(ConnectorLink).optional(),
  /** True where the account can be browsed as a tree. */
  browse: z.boolean().optional(),
  /** Present where users may have to sign in in the browser: the condition, and the redirect URIs to register. */
  signIn: z
    .object({
      when: z.object({ field: z.string(), in: z.array(z.string()) }),
      /** The setting with the port; where it is empty, these ports are tried in order. */
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
  /** The settings as typed, without secrets. */
  settings: z.record(z.string(), z.string()),
  /** Its credentials: the application's own, or a user's through an application with or without a secret. */
  kind: z.enum(['app', 'user', 'public']).optional(),
  /** Present where a user signs in. */
  signIn: z
    .object({
      state: z.enum(['signed-in', 'needed', 'waiting']),
      /** When the sign-in expires unless it is renewed. */
      until: Time.optional(),
      /** While the sign-in is in progress: the redirect URI, which must be registered for the application exactly. */
      redirectUri: z.string().optional(),
      problem: z.string().optional(),
      problemMessage: MessageReference.optional(),
    })
    .optional(),
  /** True where required credentials were never entered on this computer. */
  incomplete: z.boolean().optional(),
  /** What this kind of account cannot do, with the reasons. */
  cannot: z.array(Limitation).optional(),
});

export type Connection = z.infer<typeof Connection>;

const FieldName = z.string().max(limits.name);
const GivenSettings = membersOf(FieldName, z.string().max(2000), limits.connectionFields);
const GivenSecrets = membersOf(FieldName, z.string().max(10_000), limits.connectionFields);

export const connectionMethods = {
  'connectors.list': method(nothing, z.array(ConnectorInfo)),
  'connections.add': method(
    z.strictObject({
      connector: Id,
      name: z.string().trim().max(limits.name).optional(),
      settings: GivenSettings.default({}),
      secrets: GivenSecrets.default({}),
    }),
    Connection,
  ),
  'connections.list': method(nothing, z.array(Connection)),
  /**
   * Renames the connection, or replaces settings and secrets after signing in with them. A replaced signing secret is
   * still accepted for a week.
   */
  'connections.update': method(
    z.strictObject({
      id: Id,
      name: z.string().trim().min(1).max(limits.name).optional(),
      settings: GivenSettings.optional(),
      secrets: GivenSecrets.optional(),
    }),
    Connection,
  ),
  /** Signs in again and returns the connection with its account. */
  'connections.check': method(z.strictObject({ id: Id }), Connection),
  /**
   * Starts a user's sign-in, or continues one, by opening its page in the browser; `opened` is false where the host has
   * none and the window must open it.
   */
  'connections.signIn': method(
    z.strictObject({ id: Id }),
    z.object({ url: z.string(), opened: z.boolean(), redirectUri: z.string() }),
  ),
  'connections.cancelSignIn': method(z.strictObject({ id: Id }), Connection),
  /** Signs out and removes the connection; its hooks are removed at the provider first unless `keepHooks`. */
  'connections.remove': method(z.strictObject({ id: Id, keepHooks: z.boolean().optional() }), done),
  /** The children of a node in the account's tree, or its roots. Their names are stored. */
  'browse.children': method(
    z.strictObject({ connection: Id, node: z.string().max(2000).optional(), page: z.string().max(500).optional() }),
    BrowsePage,
  ),
  /** Opens a help page of Ringback or a connector; `opened` is false if the window must, as the host has no browser. */
  'links.open': method(
    z.strictObject({ link: z.string().min(1).max(100) }),
    z.object({ opened: z.boolean(), url: z.string() }),
  ),
};
