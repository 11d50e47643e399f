import { posix } from 'node:path';

/**
 * One layer of the source tree: the paths it owns and the layers it may import. Defined here once; the linter's rules in
 * biome.json and test/build/layers.test.ts both come from it.
 */
interface Layer {
  readonly name: string;
  /** Paths it owns, from the project root: folders (ending in a slash) or files; the longest match decides. */
  readonly paths: readonly string[];
  /** Names of the layers it may import at run time. Its own files are always allowed. */
  readonly imports: readonly string[];
  /** Names of the layers it may import types from. */
  readonly types?: readonly string[];
  /** Whether others may import only its `index.ts`. */
  readonly indexOnly: boolean;
  /** How the `electron` module may be imported: for its types alone, or at run time too; not at all where absent. */
  readonly electron?: 'types' | 'run time';
}

interface LayerRules {
  readonly types?: readonly string[];
  readonly electron?: 'types' | 'run time';
}

/** A folder that others may import only through its `index.ts`. */
const folder = (name: string, path: string, imports: readonly string[], rules: LayerRules = {}): Layer => ({
  ...{ name, paths: [path], imports, indexOnly: true },
  ...rules,
});
/** Single files, or a folder whose files may all be imported. */
const files = (name: string, paths: readonly string[], imports: readonly string[], rules: LayerRules = {}): Layer => ({
  ...{ name, paths, imports, indexOnly: false },
  ...rules,
});

/** The layers that every folder of the engine may import. */
const ground = ['contract', 'pure functions', 'languages', 'ground', 'messages', 'connector', 'timing', 'requests'];

/** The folders of the engine from top to bottom: each may import only folders below it. */
const engineFolders: readonly Layer[] = [
  folder('effects', 'main/engine/effects/', ground),
  folder('removals', 'main/engine/removals/', ground),
  folder('transfer', 'main/engine/transfer/', [...ground, 'connections']),
  folder('team', 'main/engine/team/', [...ground, 'storage']),
  folder('metrics', 'main/engine/metrics/', [...ground, 'storage']),
  folder('sinks', 'main/engine/sinks/', [...ground, 'notifications', 'storage']),
  folder('alerts', 'main/engine/alerts/', [...ground, 'notifications', 'storage']),
  folder('recovery', 'main/engine/recovery/', [...ground, 'jobs', 'hooks', 'ingress', 'storage']),
  folder('doctor', 'main/engine/doctor/', [...ground, 'hooks', 'ingress', 'storage']),
  folder('forward', 'main/engine/forward/', [...ground, 'notifications', 'ingress', 'storage']),
  folder('jobs', 'main/engine/jobs/', [...ground, 'hooks', 'connections', 'notifications', 'storage']),
  folder('hooks', 'main/engine/hooks/', [
    ...ground,
    ...['hook reconciliation', 'hook records', 'connections', 'ingress', 'notifications', 'storage'],
  ]),
  folder('hook reconciliation', 'main/engine/hooks/reconcile/', [
    ...ground,
    'hook records',
    'notifications',
    'storage',
  ]),
  folder('hook records', 'main/engine/hooks/records/', [...ground, 'storage']),
  folder('backups', 'main/engine/backups/', [
    ...ground,
    ...[
      'backup calendar',
      'backup records',
      'tunnel',
      'download',
      'connections',
      'ingress',
      'notifications',
      'storage',
    ],
  ]),
  folder('backup records', 'main/engine/backups/records/', [...ground, 'connections', 'storage']),
  folder('backup calendar', 'main/engine/backups/calendar/', ['contract']),
  folder('tunnel', 'main/engine/tunnel/', [...ground, 'tunnel providers', 'ingress']),
  folder('tunnel providers', 'main/engine/tunnel/providers/', ground),
  folder('proxy', 'main/engine/proxy/', [...ground, 'storage']),
  folder('updates', 'main/engine/updates/', ground),
  folder('support', 'main/engine/support/', ground),
  folder('connections', 'main/engine/connections/', [...ground, 'notifications', 'storage']),
  folder('ingress', 'main/engine/ingress/', [...ground, 'storage']),
  folder('notifications', 'main/engine/notifications/', [...ground, 'storage']),
  folder('storage', 'main/engine/storage/', [...ground, 'tables']),
  folder('tables', 'main/engine/storage/tables/', ['contract']),
  folder('download', 'main/engine/download/', [...ground, 'integrity', 'download ground']),
  folder('integrity', 'main/engine/download/integrity/', [...ground, 'download ground']),
];
const engineFolderNames = engineFolders.map(({ name }) => name);

/** The layers of the engine that a host may import. */
const hostEngine = ['pure functions', 'languages', 'engine', 'ground', 'messages', 'storage', 'download'];
const hostImports = [
  ...hostEngine,
  'control',
  'connectors',
  'sandbox',
  'demo',
  'platform',
  'network',
  'nats',
  'mail',
  'contract',
];

const desktopParts = [
  ...[...hostImports, 'desktop', 'desktop channel', 'desktop messages'],
  ...['desktop tray', 'desktop notifications', 'desktop updates'],
];

const apsSandbox = ['aps sandbox ground', 'sandbox ground', 'sandbox http', 'callback filter'];

const rendererPages = [
  'home page',
  'events page',
  'hooks page',
  'jobs page',
  'backups page',
  'connections page',
  'team page',
  'settings page',
];
const rendererGround = ['pure functions', 'window ground', 'parts'];
const windowTypes = { types: ['contract'] } as const;

export const layers: readonly Layer[] = [
  files('contract', ['preload/contract/'], ['pure functions']),
  files('pure functions', ['preload/byte-size.ts', 'preload/limits.ts', 'preload/loopback.ts'], []),
  folder('languages', 'preload/languages/', ['pure functions']),
  files('language texts', ['preload/languages/nl/', 'preload/languages/de/'], ['languages', 'pure functions']),
  files('bridge', ['preload/'], [], { types: ['contract'], electron: 'run time' }),

  files('engine', ['main/engine/'], [...ground, 'composition']),
  folder('composition', 'main/engine/composition/', [...ground, ...engineFolderNames]),
  ...engineFolders,
  files('download ground', ['main/engine/download/failure.ts', 'main/engine/download/memory-sweep.ts'], ground),
  folder('connector', 'main/engine/connector/', ['contract', 'ground', 'messages']),
  folder('timing', 'main/engine/timing/', []),
  folder('requests', 'main/engine/requests/', ['contract', 'messages']),
  folder('messages', 'main/engine/messages/', ['contract', 'pure functions', 'languages', 'language texts']),
  files(
    'ground',
    [
      'broker.ts',
      'errors.ts',
      'event-pattern.ts',
      'folder-sync.ts',
      'log.ts',
      'method-handlers.ts',
      'ports.ts',
      'thread-file.ts',
    ].map((file) => `main/engine/${file}`),
    ['contract', 'messages', 'languages'],
    { types: ['requests'] },
  ),

  files('connectors', ['main/connectors/index.ts'], ['connector', 'aps webhooks', 'aps manufacturing', 'autoflex']),
  files(
    'connector http',
    ['main/connectors/http.ts', 'main/connectors/answer-content.ts'],
    ['connector', 'ground', 'messages', 'requests', 'timing'],
  ),
  ...[
    folder('aps webhooks', 'main/connectors/aps-webhooks/', ['aps', 'aps browse', 'aps derivative']),
    folder('aps manufacturing', 'main/connectors/aps-manufacturing/', ['aps']),
    folder('aps browse', 'main/connectors/aps-browse/', ['aps']),
    folder('aps derivative', 'main/connectors/aps-derivative/', ['aps']),
    folder('aps', 'main/connectors/aps/', ['pure functions']),
    folder('autoflex', 'main/connectors/autoflex/', []),
  ].map((layer) => ({
    ...layer,
    imports: [
      ...layer.imports,
      'connector',
      'ground',
      'messages',
      'requests',
      'timing',
      'connector http',
      'callback filter',
    ],
  })),
  files('callback filter', ['main/callback-filter.ts'], []),

  folder('sandbox', 'main/sandbox/', ['aps sandbox', 'autoflex sandbox', 'relay', 'sandbox ground', 'sandbox http']),
  folder('aps sandbox', 'main/sandbox/aps/', [
    ...apsSandbox,
    ...['sandbox authentication', 'sandbox webhooks', 'sandbox data management', 'sandbox derivative'],
    'sandbox manufacturing',
  ]),
  folder('sandbox derivative', 'main/sandbox/aps/derivative/', [
    ...apsSandbox,
    ...['sandbox authentication', 'sandbox webhooks'],
  ]),
  folder('sandbox manufacturing', 'main/sandbox/aps/manufacturing/', [
    ...apsSandbox,
    ...['sandbox authentication', 'sandbox webhooks'],
  ]),
  folder('sandbox data management', 'main/sandbox/aps/data-management/', [...apsSandbox, 'sandbox authentication']),
  folder('sandbox webhooks', 'main/sandbox/aps/webhooks/', [...apsSandbox, 'sandbox authentication']),
  folder('sandbox authentication', 'main/sandbox/aps/authentication/', apsSandbox),
  files('aps sandbox ground', ['main/sandbox/aps/behaviour.ts'], []),
  folder('autoflex sandbox', 'main/sandbox/autoflex/', ['sandbox ground', 'sandbox http']),
  folder('relay', 'main/sandbox/relay/', ['sandbox http']),
  folder('sandbox http', 'main/sandbox/http/', []),
  files('sandbox ground', ['main/sandbox/random.ts'], []),

  folder('platform', 'main/platform/', []),
  folder('network', 'main/platform/network/', []),
  folder('nats', 'main/platform/nats/', [], { types: ['ground'] }),
  folder('mail', 'main/platform/mail/', [], { types: ['ground'] }),
  folder('demo', 'main/demo/', ['engine', 'ground', 'sandbox', 'contract']),
  files(
    'desktop',
    ['main/desktop/'],
    [
      ...hostImports,
      ...['desktop channel', 'desktop messages', 'desktop tray', 'desktop notifications', 'desktop updates'],
    ],
    {
      electron: 'types',
    },
  ),
  files('desktop messages', ['main/desktop/messages.ts'], ['languages', 'messages']),
  folder('desktop tray', 'main/desktop/tray/', [...hostImports, 'desktop messages'], { electron: 'types' }),
  folder('desktop updates', 'main/desktop/updates/', hostImports),
  folder(
    'desktop notifications',
    'main/desktop/notifications/',
    [...hostImports, 'desktop channel', 'desktop messages'],
    {
      electron: 'types',
    },
  ),
  files('desktop channel', ['main/desktop/channel.ts'], hostImports, { electron: 'types' }),
  folder('desktop composition', 'main/desktop/composition/', desktopParts, { electron: 'run time' }),
  files('desktop entry', ['main/desktop/index.ts'], [...desktopParts, 'desktop composition'], { electron: 'run time' }),
  files('headless', ['main/headless/'], hostImports),
  folder('control', 'main/control/', ['contract', 'ground', 'messages']),
  files('cli', ['main/cli/'], ['contract', 'control', 'ground', 'languages', 'messages', 'headless', 'sandbox']),

  files(
    'window',
    ['main.tsx', 'app.tsx', 'changes.ts', 'translation.ts', 'texts.en.ts'].map((file) => `renderer/${file}`),
    ['shell', ...rendererPages, 'inbox', 'doctor dialog', 'picker', ...rendererGround],
    windowTypes,
  ),
  folder('shell', 'renderer/shell/', [...rendererPages, 'inbox', ...rendererGround], windowTypes),
  folder(
    'home page',
    'renderer/home/',
    ['events page', 'jobs page', 'backups page', 'inbox', ...rendererGround],
    windowTypes,
  ),
  folder('inbox', 'renderer/inbox/', rendererGround, windowTypes),
  folder('settings page', 'renderer/settings/', ['doctor dialog', ...rendererGround], windowTypes),
  folder('events page', 'renderer/events/', ['jobs page', ...rendererGround], windowTypes),
  folder('jobs page', 'renderer/jobs/', ['picker', ...rendererGround], windowTypes),
  folder('hooks page', 'renderer/hooks/', ['doctor dialog', 'picker', ...rendererGround], windowTypes),
  folder('backups page', 'renderer/backups/', ['events page', ...rendererGround], windowTypes),
  folder('connections page', 'renderer/connections/', ['doctor dialog', ...rendererGround], windowTypes),
  folder('team page', 'renderer/team/', rendererGround, windowTypes),
  folder('doctor dialog', 'renderer/doctor/', rendererGround, windowTypes),
  folder('picker', 'renderer/picker/', rendererGround, windowTypes),
  folder('parts', 'renderer/parts/', ['window ground'], windowTypes),
  files('window ground', ['renderer/'], ['pure functions', 'languages', 'language texts'], windowTypes),
];

/** The layer that owns a file (path from the project root, with forward slashes); undefined outside all layers. */
export function layerOf(file: string): Layer | undefined {
  const owning = layers.flatMap((layer) =>
    layer.paths.filter((path) => file.startsWith(path)).map((path) => ({ layer, path })),
  );
  return owning.sort((a, b) => b.path.length - a.path.length)[0]?.layer;
}

/** Whether a file of one layer may import this file of ours. */
export function mayImport(layer: Layer, target: string, typeOnly: boolean): boolean {
  const owner = layerOf(target);
  if (owner === undefined) return false;
  if (owner === layer) return true;
  const named = [...layer.imports, ...(typeOnly ? (layer.types ?? []) : [])];
  return named.includes(owner.name) && (!owner.indexOnly || owner.paths.some((path) => target === `${path}index.ts`));
}

/** The linter's `overrides` in biome.json; only layers.test.ts checks what no pattern can express (parent folders). */
export function linterOverrides(): object[] {
  return layers.map((layer) => {
    const paths = layer.electron ? {} : { electron: electronMessage, 'electron-store': electronMessage };
    const inner = layers
      .filter((other) => other !== layer)
      .flatMap((other) => other.paths)
      .filter((path) => layer.paths.some((own) => path !== own && path.startsWith(own)));
    const named = [...forbiddenTrees(layer), ...roots.flatMap((root) => foldersOf(layer, root))];
    const forbidden = named.filter(({ indexOnly }) => !indexOnly).map(({ path }) => `${specifierTail(layer, path)}**`);
    const indexed = named.filter(({ indexOnly }) => indexOnly).map(({ path }) => specifierTail(layer, path));
    const patterns = [
      { group: forbidden, message: `${layer.name} must not import this folder (build/layers.ts).` },
      {
        group: indexed.flatMap((tail) => [`${tail}**`, `!${tail}index.ts`]),
        message: 'Import this folder through its index.ts (build/layers.ts).',
      },
    ].filter(({ group }) => group.length > 0);
    return {
      includes: [...layer.paths.map(glob), ...inner.map((path) => `!${glob(path)}`)],
      linter: { rules: { style: { noRestrictedImports: { level: 'error', options: { paths, patterns } } } } },
    };
  });
}

const electronMessage =
  'Only the desktop entry, what it is composed of and the preload script know Electron (build/layers.ts).';

const roots = [
  ...['main/engine/', 'main/connectors/', 'main/sandbox/', 'main/demo/', 'main/platform/'],
  ...['main/desktop/', 'main/headless/', 'main/control/', 'main/cli/', 'renderer/'],
];

const glob = (path: string): string => (path.endsWith('/') ? `${path}**` : path);
const lies = (layer: Layer, root: string): boolean => layer.paths.some((path) => path.startsWith(root));
const mayName = (layer: Layer, other: Layer): boolean =>
  other === layer || [...layer.imports, ...(layer.types ?? [])].includes(other.name);

interface NamedFolder {
  readonly path: string;
  /** Whether it may be imported, only through its `index.ts`. */
  readonly indexOnly: boolean;
}

/** The roots of which this layer may import nothing. */
function forbiddenTrees(layer: Layer): NamedFolder[] {
  return roots
    .filter((root) => !layers.some((other) => lies(other, root) && mayName(layer, other)))
    .map((path) => ({ path, indexOnly: false }));
}

/** The folders of a root that need a rule of their own; none where the layer may import nothing of that root. */
function foldersOf(layer: Layer, root: string): NamedFolder[] {
  const inRoot = layers.filter((other) => lies(other, root));
  if (!inRoot.some((other) => mayName(layer, other))) return [];
  const isAround = (path: string): boolean => layer.paths.some((own) => own.startsWith(path));
  return inRoot
    .filter((other) => !mayName(layer, other) || other.indexOnly)
    .flatMap((other) =>
      other.paths
        .filter((path) => path.endsWith('/') && path !== root && !isAround(path))
        .map((path) => ({ path, indexOnly: mayName(layer, other) })),
    );
}

/** A pattern for relative imports of a path, by files at any depth within the layer. */
function specifierTail(layer: Layer, path: string): string {
  const [first = ''] = layer.paths;
  const from = first.endsWith('/') ? first : `${posix.dirname(first)}/`;
  const relative = `${posix.relative(from, path)}/`;
  return relative.startsWith('../') ? `../**/${relative.replace(/^(\.\.\/)+/, '')}` : `./${relative}`;
}
