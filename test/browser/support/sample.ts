import {
  type Backup,
  type BackupAccount,
  type Connection,
  type ConnectorInfo,
  defaultSettings,
  type EventView,
  type Hook,
  type HookHistoryEntry,
  type HookPlan,
  type PrunePreview,
  type ReconcileProgress,
  type Rejection,
  type Settings,
  type Status,
} from '../../../preload/contract/index.ts';

/** What the simulator answers to a method, from its input. */
export type MethodReply = (input: never) => unknown;

/** All that the simulated host knows; tests change it as they need. */
export interface Sample {
  status: Status;
  settings: Settings;
  connectors: ConnectorInfo[];
  connections: Connection[];
  hooks: Hook[];
  healing: ReconcileProgress;
  repairPlan: HookPlan;
  hookHistory: HookHistoryEntry[];
  hookProblems: { connection: string; region?: string; message: string }[];
  events: EventView[];
  rejections: Rejection[];
  accounts: BackupAccount[];
  backups: Backup[];
  pruning: PrunePreview;
  place: { folder: string; choosable: boolean };
}

const before = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const files = ['pump.ipt', 'Tower.rvt', 'Bracket v12.f3d', 'Housing.iam', 'Site plan.dwg', 'Valve DN50.step'];
const shapes = [
  ['Translation finished', 'extraction.finished', 'success', 'Model Derivative finished all 3 formats'],
  ['Translation failed', 'extraction.finished', 'failed', 'The file is not a supported version'],
  ['New version', 'dm.version.added', 'info', 'Project Files / Production / Released'],
  ['Publishing queued', 'model.publish', 'info', 'Revit Cloud Worksharing'],
] as const;

function event(index: number): EventView {
  const [words, name, outcome, summary] = shapes[(index * 7) % shapes.length] ?? shapes[0];
  const file = files[index % files.length];
  const base = { id: `event-${index}`, hook: `hook-${(index % 3) + 1}`, connection: 'connection-1', event: name };
  return {
    ...base,
    system: name.startsWith('dm.') ? 'data' : name.startsWith('model.') ? 'adsk.c4r' : 'derivative',
    receivedAt: before(index * 4 + 0.5),
    occurredAt: before(index * 4 + 0.6),
    deliveryId: `httpadapter~stream~${index.toString(16).padStart(32, '0')}/5f0c2c1e-92a1-4c7e-8f1d-0d3e7f6b8a11`,
    title: `${words}: ${file}`,
    summary,
    outcome,
    resource: `urn:adsk.wipprod:fs.file:vf.ExampleLineage${index}?version=${(index % 9) + 1}`,
    readable: true,
    verified: 'signature',
    deliveries: index % 9 === 4 ? 3 : 1,
  };
}

const connector: ConnectorInfo = {
  id: 'aps-webhooks',
  title: 'Autodesk Platform Services',
  jobs: { regions: [{ value: 'US', label: 'United States' }], defaultFormats: ['svf2'] },
  fields: [
    { name: 'clientId', label: 'Client id', kind: 'text', required: true },
    { name: 'clientSecret', label: 'Client secret', kind: 'secret', required: true },
    {
      name: 'region',
      label: 'Region',
      kind: 'choice',
      required: false,
      default: 'US',
      choices: [
        { value: 'US', label: 'United States' },
        { value: 'EMEA', label: 'Europe, Middle East, Africa' },
      ],
    },
    {
      name: 'baseUrl',
      label: 'Base address',
      kind: 'url',
      required: false,
      default: 'https://developer.api.autodesk.com',
      help: 'Leave it as it is unless you were told otherwise.',
    },
  ],
  browse: true,
  catalogue: {
    regions: [
      { value: 'US', label: 'United States' },
      { value: 'EMEA', label: 'Europe, Middle East, Africa' },
    ],
    systems: [
      {
        system: 'derivative',
        title: 'Model Derivative',
        help: 'Fires for translation jobs that carry the workflow id.',
        scopes: [
          {
            key: 'workflow',
            label: 'Workflow',
            help: 'The id given to the job as misc.workflow.',
            example: 'my-workflow',
          },
        ],
        events: [
          { event: 'extraction.finished', title: 'Translation finished', scopes: ['workflow'] },
          { event: 'extraction.updated', title: 'Translation progressed', scopes: ['workflow'] },
        ],
      },
      {
        system: 'data',
        title: 'Data Management',
        scopes: [
          {
            key: 'folder',
            label: 'Folder',
            help: 'The URN of a folder; all below it counts.',
            example: 'urn:adsk.wipprod:fs.folder:co.…',
            pick: ['project', 'folder'],
          },
        ],
        events: [
          {
            event: 'dm.version.added',
            title: 'Version added',
            help: 'A new version of a file exists.',
            scopes: ['folder'],
          },
          { event: 'dm.folder.added', title: 'Folder added', scopes: ['folder'] },
        ],
      },
      {
        system: 'autodesk.construction.reviews',
        title: 'ACC Reviews',
        userOnly: true,
        scopes: [{ key: 'project', label: 'Project', help: 'The project’s id, without “b.”.', example: '0f1e2d3c-…' }],
        events: [{ event: 'review.closed-1.0', title: 'Review closed', scopes: ['project'] }],
      },
    ],
  },
};

export const autoflex: ConnectorInfo = {
  id: 'autoflex',
  title: 'Autoflex10',
  fields: [
    { name: 'username', label: 'User name', kind: 'text', required: true },
    { name: 'password', label: 'Password', kind: 'secret', required: true },
    { name: 'baseUrl', label: 'Base address', kind: 'url', required: true },
  ],
  backups: [
    { id: 'owner', title: 'Backup' },
    { id: 'stock', title: 'Stock list' },
  ],
};

function hook(number: number, more: Partial<Hook>): Hook {
  return {
    id: `hook-${number}`,
    connection: 'connection-1',
    system: 'derivative',
    event: 'extraction.finished',
    scope: { workflow: 'pump-line' },
    status: 'active',
    callbackUrl: 'https://bell-1942.example.net/in/9f1c3d5e7a9b1c3d5e7f9a1b3c5d7e9f',
    providerId: `b5bfc38${number}-f9b5-11e9-9e3b-3d2ae0c2a1ff`,
    ours: true,
    current: true,
    region: 'US',
    owner: 'app',
    createdAt: before(60 * 24 * 12),
    lastEventAt: before(number * 9),
    ...more,
  };
}

const folder = { folder: 'urn:adsk.wipprod:fs.folder:co.mgS-lb-BThaTdHnhiN_mbA' };
const hooks: Hook[] = [
  hook(1, { filter: "$[?(@.payload.Payload.status=='success')]", attribute: { project: 'Pump line' } }),
  hook(2, { system: 'data', event: 'dm.version.added', scope: folder, region: 'EMEA' }),
  hook(3, {
    system: 'adsk.c4r',
    event: 'model.publish',
    scope: folder,
    status: 'inactive',
    paused: true,
    region: 'EMEA',
    owner: 'user',
  }),
  hook(4, {
    event: 'extraction.updated',
    current: false,
    callbackUrl: 'https://old-77.example.net/in/0123456789abcdef0123456789abcdef',
  }),
  hook(5, { system: 'data', event: 'dm.folder.added', scope: folder, status: 'missing' }),
  hook(6, {
    system: 'data',
    event: 'dm.*',
    scope: folder,
    ours: false,
    callbackUrl: 'https://ci.example.com/hooks/autodesk?key=abc',
  }),
];

const status: Status = {
  version: '0.1.0',
  tunnel: { provider: 'localtunnel', state: 'up', url: 'https://bell-1942.example.net' },
  receiver: { port: 41377 },
  vault: { name: 'the keyring of this computer' },
  warnings: [],
  sandbox: false,
  desktop: false,
};

const settings: Settings = {
  ...defaultSettings,
  tunnel: { provider: 'localtunnel', host: 'https://tunnel.example.net', subdomain: 'bell-1942' },
  receiver: { port: 41377 },
};

const noBackups = {
  accounts: [],
  backups: [],
  pruning: { keep: [], remove: [] },
  place: { folder: '/home/kim/Backups', choosable: true },
};

const inOrder = {
  healing: { running: false, done: 0, total: 0 },
  repairPlan: { steps: [], text: 'Nothing to do', problems: [] },
  hookHistory: [],
};
const hookHistory: HookHistoryEntry[] = [
  {
    id: '2',
    at: before(31),
    text: '3 hooks moved to the new address',
    steps: [1, 2, 4].map((number) => ({
      action: 'move',
      connection: 'connection-1',
      hook: `hook-${number}`,
      region: 'US',
      text: `Move to the new address: Translation finished · pump-line ${number}`,
    })),
  },
  {
    id: '1',
    at: before(60 * 30),
    text: '1 hook switched on again',
    steps: [
      {
        action: 'activate',
        connection: 'connection-1',
        hook: 'hook-3',
        region: 'EMEA',
        text: 'Switch on again: Publishing queued · Structural',
      },
    ],
  },
];

/** What was found when the tunnel came back with another address. */
export const repairPlan: HookPlan = {
  text: '1 hook to move, 1 hook to create again, 1 hook to clear away',
  steps: [
    {
      action: 'move',
      connection: 'connection-1',
      hook: 'hook-4',
      region: 'US',
      text: 'Move to the new address: Translation progressed · pump-line',
    },
    {
      action: 'create',
      connection: 'connection-1',
      hook: 'hook-5',
      region: 'US',
      text: 'Create again: Folder added · Structural',
    },
    { action: 'remove', connection: 'connection-1', region: 'EMEA', text: 'Remove a leftover of this Ringback' },
  ],
  problems: [{ connection: 'connection-1', region: 'AUS', message: 'Autodesk has an outage (HTTP 503).' }],
};

/** A computer in daily use, with this many events. */
export function busySample(count: number): Sample {
  const events = Array.from({ length: count }, (_, index) => event(index));
  events[3] = {
    ...event(3),
    title: 'Delivery that could not be read',
    summary: 'application/octet-stream, 1.2 KB',
    readable: false,
  };
  return {
    ...structuredClone(noBackups),
    ...structuredClone({ status, settings, connectors: [connector, autoflex], hooks }),
    connections: [
      {
        id: 'connection-1',
        connector: 'aps-webhooks',
        name: 'Plant viewer',
        account: 'application Xk3…9Q',
        settings: { clientId: 'Xk3exampleClientId9Q', region: 'EMEA', baseUrl: 'https://developer.api.autodesk.com' },
      },
    ],
    hookProblems: [],
    ...inOrder,
    hookHistory,
    events,
    rejections: [
      {
        id: '4',
        receivedAt: before(3),
        hook: 'hook-1',
        reason: 'The signature does not match: the body was re-serialised on the way.',
      },
      { id: '3', receivedAt: before(44), hook: 'hook-2', reason: 'The header x-adsk-signature is missing.' },
      { id: '2', receivedAt: before(180), reason: 'The signature is malformed.' },
      { id: '1', receivedAt: before(240), hook: 'hook-2', reason: 'The header x-adsk-signature is missing.' },
    ],
  };
}

/** A computer where Ringback has just been started for the first time. */
export function emptySample(): Sample {
  return {
    ...structuredClone(noBackups),
    status: { ...structuredClone(status), tunnel: { provider: 'off', state: 'off' } },
    settings: { ...structuredClone(settings), tunnel: { provider: 'off' }, receiver: { port: 0 } },
    connectors: [connector, autoflex],
    connections: [],
    hooks: [],
    hookProblems: [],
    ...inOrder,
    events: [],
    rejections: [],
  };
}
