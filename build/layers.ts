/** One layer of the source tree: the files it owns and what they may import of ours. Written here once; the linter's rules and test/layers.test.ts both come from it. */
export interface Layer {
  readonly name: string;
  /** Path prefix below the project root; a file belongs to the layer with the longest prefix that fits. */
  readonly folder: string;
  /** Path prefixes of our own files this layer may import at run time. Its own folder is always allowed. */
  readonly imports: readonly string[];
  /** Path prefixes of our own files this layer may import for their types alone. */
  readonly types: readonly string[];
  /** Whether the `electron` module may be imported: not at all, for its types alone, or at run time too. */
  readonly electron?: 'types' | 'run time';
}

export const layers: readonly Layer[] = [
  { name: 'contract', folder: 'preload/contract.ts', imports: [], types: [] },
  { name: 'bridge', folder: 'preload/', imports: [], types: ['preload/contract.ts'], electron: 'run time' },
  { name: 'engine', folder: 'main/engine/', imports: ['preload/contract.ts'], types: [] },
  {
    name: 'connectors',
    folder: 'main/connectors/',
    imports: ['main/engine/connector.ts', 'main/engine/errors.ts', 'main/callback-filter.ts'],
    types: [],
  },
  { name: 'callback filter', folder: 'main/callback-filter.ts', imports: [], types: [] },
  { name: 'sandbox', folder: 'main/sandbox/', imports: ['main/callback-filter.ts'], types: [] },
  {
    name: 'desktop',
    folder: 'main/desktop/',
    imports: ['main/engine/', 'main/connectors/', 'main/sandbox/', 'preload/contract.ts'],
    types: [],
    electron: 'types',
  },
  {
    name: 'desktop entry',
    folder: 'main/desktop/index.ts',
    imports: ['main/', 'preload/contract.ts'],
    types: [],
    electron: 'run time',
  },
  {
    name: 'headless',
    folder: 'main/headless/',
    imports: ['main/engine/', 'main/connectors/', 'main/sandbox/', 'preload/contract.ts'],
    types: [],
  },
  { name: 'renderer', folder: 'renderer/', imports: [], types: ['preload/contract.ts'] },
];

/** The layer that owns a file (path relative to the project root, with forward slashes); undefined for a file outside all layers. */
export function layerOf(file: string): Layer | undefined {
  return layers.filter((layer) => file.startsWith(layer.folder)).sort((a, b) => b.folder.length - a.folder.length)[0];
}

/** The linter's rules for the layers, as biome.json must hold them (`overrides`); test/layers.test.ts compares. */
export function linterOverrides(): object[] {
  return layers.map((layer) => {
    const inside = layers.filter((other) => other !== layer && other.folder.startsWith(layer.folder));
    const includes = [layer.folder.endsWith('/') ? `${layer.folder}**` : layer.folder];
    const paths = layer.electron ? {} : { electron: electronMessage, 'electron-store': electronMessage };
    const patterns = forbiddenFolders(layer).map((folder) => ({
      group: importPaths(folder),
      message: `${layer.name} must not import ${folder} (build/layers.ts).`,
    }));
    return {
      includes: [...includes, ...inside.map(({ folder }) => `!${folder}${folder.endsWith('/') ? '**' : ''}`)],
      linter: { rules: { style: { noRestrictedImports: { level: 'error', options: { paths, patterns } } } } },
    };
  });
}

const electronMessage = 'Only the desktop entry and the preload script know Electron (build/layers.ts).';

function forbiddenFolders(layer: Layer): string[] {
  const allowed = [layer.folder, ...layer.imports, ...layer.types];
  const roots = ['main/engine/', 'main/connectors/', 'main/sandbox/', 'main/desktop/', 'main/headless/', 'renderer/'];
  return roots.filter((root) => !allowed.some((prefix) => root.startsWith(prefix) || prefix.startsWith(root)));
}

/** How a relative import names a folder, from any depth. */
function importPaths(folder: string): string[] {
  const name = folder.replace(/^main\//, '');
  return [`../**/${name}**`, `**/${folder}**`];
}
