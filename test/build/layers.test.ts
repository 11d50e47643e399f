import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';
import { layerOf, layers, linterOverrides, mayImport } from '../../build/layers.ts';
import { temporaryFolder } from '../support/temporary.ts';

const root = resolve(import.meta.dirname, '../..');
const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'main', 'preload', 'renderer'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file) && existsSync(join(root, file)));

interface Import {
  readonly from: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function importsOf(file: string): Import[] {
  const statements = textOf(file).matchAll(
    /^(?:import|export)\s+(type\s+)?[^'";]*?from\s+'([^']+)'|import\(\s*'([^']+)'|^import\s+'([^']+)'/gm,
  );
  return [...statements].map((match) => ({
    from: file,
    target: match[2] ?? match[3] ?? match[4] ?? '',
    typeOnly: match[1] !== undefined,
  }));
}

const ours = ({ from, target }: Import): string =>
  relative(root, resolve(root, dirname(from), target))
    .split(sep)
    .join('/');

test('every source file lies in exactly one layer, and every layer has files', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => layerOf(file) === undefined)).toEqual([]);
  expect(new Set(files.map(layerOf))).toEqual(new Set(layers));
});

test('no file imports what its layer may not', () => {
  const offences = files.flatMap((file) => {
    const layer = layerOf(file);
    return importsOf(file)
      .filter(({ target }) => target.startsWith('.'))
      .filter((one) => layer && !mayImport(layer, ours(one), one.typeOnly))
      .map((one) => `${file} imports ${ours(one)}`);
  });
  expect(offences).toEqual([]);
});

test('only the desktop entry and the preload script import electron at run time', () => {
  const offences = files
    .filter((file) => layerOf(file)?.electron !== 'run time')
    .flatMap(importsOf)
    .filter(({ target, typeOnly }) => /^electron(-store)?$/.test(target) && !typeOnly);
  expect(offences).toEqual([]);
});

test('only the network port sends requests, except those to the socket of a host on this computer', () => {
  const client = /^(undici|axios|got|node:https|node:http2)$/;
  const outside = files.filter((file) => /^main\/(?!platform\/network\/|sandbox\/|control\/client\.ts)/.test(file));
  const imports = outside.flatMap(importsOf).filter(({ target, typeOnly }) => client.test(target) && !typeOnly);
  const calls = outside.filter((file) => /\b(globalThis\.fetch|http\.request|http\.get)\(/.test(textOf(file)));
  const named = outside.filter((file) =>
    /import \{[^}]*\b(request|get|Agent)\b[^}]*\} from 'node:http'/.test(textOf(file)),
  );
  expect([...imports, ...calls, ...named]).toEqual([]);
});

test("the linter's rules are those of the layers", () => {
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as { overrides: object[] };
  expect(config.overrides.slice(-layers.length)).toEqual(linterOverrides());
});

test('the linter refuses an engine file that imports a host, a higher folder or past an index, and accepts its neighbours', async () => {
  const forbidden = ['../../headless/api.ts', '../recovery/index.ts', '../hooks/records.ts'];
  const allowed = ['../errors.ts', '../hooks/index.ts', './record.ts'];
  const found = await lint([...forbidden, ...allowed]);
  expect(found.get('../../headless/api.ts')).toContain('jobs must not import this folder');
  expect(found.get('../recovery/index.ts')).toContain('jobs must not import this folder');
  expect(found.get('../hooks/records.ts')).toContain('Import this folder through its index.ts');
  for (const path of allowed) expect(found.get(path)).toBeUndefined();
});

interface LintReport {
  readonly diagnostics: readonly { readonly message: unknown; readonly location: { readonly path: unknown } }[];
}

/** What the linter says of files of one folder of the engine under our configuration, by the path each of them imports. */
async function lint(imports: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const folder = await temporaryFolder();
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as object;
  mkdirSync(join(folder, 'main/engine/jobs'), { recursive: true });
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }));
  for (const [index, path] of imports.entries()) {
    const source = `import { it } from '${path}';\n\nexport const port = it;\n`;
    writeFileSync(join(folder, `main/engine/jobs/case-${index}.ts`), source);
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const { diagnostics } = JSON.parse(stdout) as LintReport;
  const messages = new Map<string, string>();
  for (const { message, location } of diagnostics) {
    const path = imports[Number(/case-(\d+)/.exec(JSON.stringify(location.path))?.[1])];
    if (path !== undefined) messages.set(path, `${messages.get(path) ?? ''}${JSON.stringify(message)}`);
  }
  return messages;
}

/** The folders of the engine in the drawing, each with the folders it may import. */
function drawnFolders(): Map<string, string[]> {
  const drawing = textOf('ARCHITECTURE.md').split('\n  ───')[1] ?? '';
  return new Map(
    [...drawing.matchAll(/^ {2}([a-z]+)\/ (?:[^→\n]*→)?(.*)$/gm)].map(([line, name = '', imports = '']) => [
      name,
      line.includes('→') ? imports.split(' ').filter(Boolean) : [],
    ]),
  );
}

test('the drawing of the engine in ARCHITECTURE.md shows its folders and what each may import', () => {
  const drawn = drawnFolders();
  // The first opens all others, and every module may import the rest.
  const notDrawn = ['composition', 'connector', 'timing', 'requests', 'messages'];
  const folders = layers.flatMap(({ paths: [path = ''], imports }) => {
    const [, name] = /^main\/engine\/(\w+)\/$/.exec(path) ?? [];
    if (name === undefined || notDrawn.includes(name)) return [];
    return [[name, imports.filter((other) => drawn.has(other))] as const];
  });
  expect(drawn.size).toBeGreaterThan(20);
  expect([...drawn]).toEqual(folders);
});
