import { posix } from 'node:path';

/**
 * One layer of the source tree: the paths it owns and the layers it may import. Defined here once; the linter's rules in
 * biome.json and test/build/layers.test.ts both come from it.
 */
export interface Layer {
  readonly name: string;
  /** What it owns, relative to the project root: folders (ending in a slash) or single files. A file belongs to the layer with the longest path that matches. */
  readonly paths: readonly string[];
  /** Names of the layers it may import at run time. Its own files are always allowed. */
  readonly imports: readonly string[];
  /** Names of the layers it may import for their types alone. */
  readonly types?: readonly string[];
  /** Whether others may import its `index.ts` alone. */
  readonly door: boolean;
  /** Whether the `electron` module may be imported: not at all, for its types alone, or at run time too. */
  readonly electron?: 'types' | 'run time';
}

interface LayerRules {
  readonly types?: readonly string[];
  readonly electron?: 'types' | 'run time';
}

/** A folder that others may import through its `index.ts` alone. */
const room = (name: string, path: string, imports: readonly string[], rules: LayerRules = {}): Layer => ({
  ...{ name, paths: [path], imports, door: true },
  ...rules,
});
/** Single files, or a folder whose files may all be imported. */
const open = (name: string, paths: readonly string[], imports: readonly string[], rules: LayerRules = {}): Layer => ({
  ...{ name, paths, imports, door: false },
  ...rules,
});

/** What every folder of the engine may import. */
const ground = ['contract', 'ground', 'messages', 'connector'];

/** The rooms of the engine, uppermost first: each may import only rooms below it. */
const engineRooms: readonly Layer[] = [
  room('effects', 'main/engine/effects/', ground),
  room('recovery', 'main/engine/recovery/', [...ground, 'jobs', 'hooks', 'ingress', 'storage']),
  room('doctor', 'main/engine/doctor/', [...ground, 'hooks', 'tunnel', 'ingress', 'storage']),
  room('jobs', 'main/engine/jobs/', [...ground, 'hooks', 'connections', 'notifications', 'storage']),
  room('hooks', 'main/engine/hooks/', [
    ...ground,
    ...['hook reconciliation', 'hook records', 'connections', 'ingress', 'notifications', 'storage'],
  ]),
  room('hook reconciliation', 'main/engine/hooks/reconcile/', [...ground, 'hook records', 'notifications', 'storage']),
  room('hook records', 'main/engine/hooks/records/', [...ground, 'storage']),
  room('backups', 'main/engine/backups/', [
    ...ground,
    ...['backup calendar', 'tunnel', 'download', 'connections', 'ingress', 'notifications', 'storage'],
  ]),
  room('backup calendar', 'main/engine/backups/calendar/', ['contract']),
  room('tunnel', 'main/engine/tunnel/', [...ground, 'tunnel providers', 'ingress']),
  room('tunnel providers', 'main/engine/tunnel/providers/', ground),
  room('proxy', 'main/engine/proxy/', [...ground, 'storage']),
  room('connections', 'main/engine/connections/', [...ground, 'notifications', 'storage']),
  room('ingress', 'main/engine/ingress/', [...ground, 'storage']),
  room('notifications', 'main/engine/notifications/', [...ground, 'storage']),
  room('storage', 'main/engine/storage/', [...ground, 'tables']),
  room('tables', 'main/engine/storage/tables/', ['contract']),
  room('download', 'main/engine/download/', [...ground, 'integrity', 'download ground']),
  room('integrity', 'main/engine/download/integrity/', [...ground, 'download ground']),
];
const engineRoomNames = engineRooms.map(({ name }) => name);

/** What a host may import of the engine. */
const hostEngine = ['byte size', 'engine', 'ground', 'messages', 'storage', 'download'];

const apsSandbox = ['aps sandbox ground', 'sandbox http', 'callback filter'];

const rendererPages = ['events page', 'hooks page', 'jobs page', 'backups page', 'connections page', 'settings page'];
const rendererGround = ['window ground', 'parts'];
const windowTypes = { types: ['contract'] } as const;

export const layers: readonly Layer[] = [
  open('contract', ['preload/contract.ts', 'preload/contract/'], []),
  open('byte size', ['preload/byte-size.ts'], []),
  open('bridge', ['preload/'], [], { types: ['contract'], electron: 'run time' }),

  open('engine', ['main/engine/'], [...ground, ...engineRoomNames]),
  ...engineRooms,
  open('download ground', ['main/engine/download/failure.ts', 'main/engine/download/memory-sweep.ts'], ground),
  room('connector', 'main/engine/connector/', ['contract', 'ground', 'messages']),
  room('messages', 'main/engine/messages/', ['contract', 'byte size']),
  open(
    'ground',
    [
      'coalesce.ts',
      'durations.ts',
      'errors.ts',
      'file-fetch.ts',
      'log.ts',
      'method-handlers.ts',
      'network-failure.ts',
      'ports.ts',
      'serial.ts',
      'throttle.ts',
    ].map((file) => `main/engine/${file}`),
    ['contract', 'messages'],
  ),

  open('connectors', ['main/connectors/index.ts'], ['connector', 'aps webhooks', 'aps manufacturing', 'autoflex']),
  open('connector http', ['main/connectors/http.ts'], ['connector', 'ground', 'messages']),
  ...[
    room('aps webhooks', 'main/connectors/aps-webhooks/', ['aps', 'aps browse', 'aps derivative']),
    room('aps manufacturing', 'main/connectors/aps-manufacturing/', ['aps', 'aps browse']),
    room('aps browse', 'main/connectors/aps-browse/', ['aps']),
    room('aps derivative', 'main/connectors/aps-derivative/', ['aps']),
    room('aps', 'main/connectors/aps/', []),
    room('autoflex', 'main/connectors/autoflex/', []),
  ].map((layer) => ({
    ...layer,
    imports: [...layer.imports, 'connector', 'ground', 'messages', 'connector http', 'callback filter'],
  })),
  open('callback filter', ['main/callback-filter.ts'], []),

  room('sandbox', 'main/sandbox/', ['aps sandbox', 'autoflex sandbox', 'relay', 'sandbox http']),
  room('aps sandbox', 'main/sandbox/aps/', [
    ...apsSandbox,
    ...['sandbox authentication', 'sandbox webhooks', 'sandbox data management', 'sandbox derivative'],
    'sandbox manufacturing',
  ]),
  room('sandbox derivative', 'main/sandbox/aps/derivative/', [
    ...apsSandbox,
    ...['sandbox authentication', 'sandbox webhooks'],
  ]),
  room('sandbox manufacturing', 'main/sandbox/aps/manufacturing/', [
    ...apsSandbox,
    ...['sandbox authentication', 'sandbox webhooks'],
  ]),
  room('sandbox data management', 'main/sandbox/aps/data-management/', [...apsSandbox, 'sandbox authentication']),
  room('sandbox webhooks', 'main/sandbox/aps/webhooks/', [...apsSandbox, 'sandbox authentication']),
  room('sandbox authentication', 'main/sandbox/aps/authentication/', apsSandbox),
  open('aps sandbox ground', ['main/sandbox/aps/behaviour.ts'], []),
  room('autoflex sandbox', 'main/sandbox/autoflex/', ['sandbox http']),
  room('relay', 'main/sandbox/relay/', ['sandbox http']),
  room('sandbox http', 'main/sandbox/http/', []),

  room('platform', 'main/platform/', []),
  room('network', 'main/platform/network/', []),
  room('demo', 'main/demo/', ['engine', 'ground', 'sandbox', 'contract']),
  open(
    'desktop',
    ['main/desktop/'],
    [...hostEngine, 'connectors', 'sandbox', 'demo', 'platform', 'network', 'contract'],
    {
      electron: 'types',
    },
  ),
  open(
    'desktop entry',
    ['main/desktop/index.ts'],
    [...hostEngine, 'connectors', 'sandbox', 'demo', 'platform', 'network', 'contract', 'desktop'],
    { electron: 'run time' },
  ),
  open(
    'headless',
    ['main/headless/'],
    [...hostEngine, 'connectors', 'sandbox', 'demo', 'platform', 'network', 'contract'],
  ),

  open(
    'window',
    ['main.tsx', 'app.tsx', 'changes.ts', 'translation.ts', 'texts.en.ts'].map((file) => `renderer/${file}`),
    ['shell', ...rendererPages, 'doctor dialog', 'picker', ...rendererGround],
    windowTypes,
  ),
  room('shell', 'renderer/shell/', [...rendererPages, ...rendererGround], windowTypes),
  room('settings page', 'renderer/settings/', ['doctor dialog', ...rendererGround], windowTypes),
  room('events page', 'renderer/events/', ['hooks page', ...rendererGround], windowTypes),
  room('jobs page', 'renderer/jobs/', ['picker', ...rendererGround], windowTypes),
  room(
    'hooks page',
    'renderer/hooks/',
    ['connections page', 'doctor dialog', 'picker', ...rendererGround],
    windowTypes,
  ),
  room('backups page', 'renderer/backups/', ['byte size', 'events page', ...rendererGround], windowTypes),
  room('connections page', 'renderer/connections/', ['doctor dialog', ...rendererGround], windowTypes),
  room('doctor dialog', 'renderer/doctor/', rendererGround, windowTypes),
  room('picker', 'renderer/picker/', rendererGround, windowTypes),
  room('parts', 'renderer/parts/', ['window ground'], windowTypes),
  open('window ground', ['renderer/'], [], windowTypes),
];

/** The layer that owns a file (path relative to the project root, with forward slashes); undefined for a file outside all layers. */
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
  return named.includes(owner.name) && (!owner.door || owner.paths.some((path) => target === `${path}index.ts`));
}

/** The linter's rules for the layers, as biome.json must hold them (`overrides`); test/build/layers.test.ts compares. What no pattern can name, such as a folder around the importing one, the test alone checks. */
export function linterOverrides(): object[] {
  return layers.map((layer) => {
    const paths = layer.electron ? {} : { electron: electronMessage, 'electron-store': electronMessage };
    const inner = layers
      .filter((other) => other !== layer)
      .flatMap((other) => other.paths)
      .filter((path) => layer.paths.some((own) => path !== own && path.startsWith(own)));
    const named = [...forbiddenTrees(layer), ...roots.flatMap((root) => foldersOf(layer, root))];
    const forbidden = named.filter(({ door }) => !door).map(({ path }) => `${specifierTail(layer, path)}**`);
    const doors = named.filter(({ door }) => door).map(({ path }) => specifierTail(layer, path));
    const patterns = [
      { group: forbidden, message: `${layer.name} must not import this folder (build/layers.ts).` },
      {
        group: doors.flatMap((tail) => [`${tail}**`, `!${tail}index.ts`]),
        message: 'Import this folder through its index.ts (build/layers.ts).',
      },
    ].filter(({ group }) => group.length > 0);
    return {
      includes: [...layer.paths.map(glob), ...inner.map((path) => `!${glob(path)}`)],
      linter: { rules: { style: { noRestrictedImports: { level: 'error', options: { paths, patterns } } } } },
    };
  });
}

const electronMessage = 'Only the desktop entry and the preload script know Electron (build/layers.ts).';

const roots = [
  ...['main/engine/', 'main/connectors/', 'main/sandbox/', 'main/demo/', 'main/platform/'],
  ...['main/desktop/', 'main/headless/', 'renderer/'],
];

const glob = (path: string): string => (path.endsWith('/') ? `${path}**` : path);
const lies = (layer: Layer, root: string): boolean => layer.paths.some((path) => path.startsWith(root));
const mayName = (layer: Layer, other: Layer): boolean =>
  other === layer || [...layer.imports, ...(layer.types ?? [])].includes(other.name);

interface NamedFolder {
  readonly path: string;
  /** Whether it may be imported, through its `index.ts` alone. */
  readonly door: boolean;
}

/** The roots of which this layer may import nothing. */
function forbiddenTrees(layer: Layer): NamedFolder[] {
  return roots
    .filter((root) => !layers.some((other) => lies(other, root) && mayName(layer, other)))
    .map((path) => ({ path, door: false }));
}

/** The folders that need a rule within a root of which this layer may import some. */
function foldersOf(layer: Layer, root: string): NamedFolder[] {
  const inRoot = layers.filter((other) => lies(other, root));
  if (!inRoot.some((other) => mayName(layer, other))) return [];
  const isAround = (path: string): boolean => layer.paths.some((own) => own.startsWith(path));
  return inRoot
    .filter((other) => !mayName(layer, other) || other.door)
    .flatMap((other) =>
      other.paths
        .filter((path) => path.endsWith('/') && path !== root && !isAround(path))
        .map((path) => ({ path, door: mayName(layer, other) })),
    );
}

/** How relative imports of a layer's files name a path, from any depth within the layer. */
function specifierTail(layer: Layer, path: string): string {
  const [first = ''] = layer.paths;
  const from = first.endsWith('/') ? first : `${posix.dirname(first)}/`;
  const relative = `${posix.relative(from, path)}/`;
  return relative.startsWith('../') ? `../**/${relative.replace(/^(\.\.\/)+/, '')}` : `./${relative}`;
}
