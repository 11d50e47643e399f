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

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = text.matchAll(
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

test("the linter's rules are those of the layers", () => {
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as { overrides: object[] };
  expect(config.overrides.slice(-layers.length)).toEqual(linterOverrides());
});

test('the linter refuses an engine file that imports a host, and accepts one that imports its neighbour', async () => {
  const importing = (path: string) => lint(`import { it } from '${path}';\n\nexport const port = it;\n`);
  expect(await importing('../../headless/api.ts')).toContain('jobs must not import this folder');
  expect(await importing('../recovery/index.ts')).toContain('jobs must not import this folder');
  expect(await importing('../hooks/records.ts')).toContain('Import this folder through its index.ts');
  for (const path of ['../errors.ts', '../hooks/index.ts', './record.ts'])
    expect(await importing(path)).not.toMatch(/must not|through its index/);
});

/** What the linter says of this text as a file of the engine, under our configuration. */
async function lint(source: string): Promise<string> {
  const folder = await temporaryFolder();
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as object;
  mkdirSync(join(folder, 'main/engine/jobs'), { recursive: true });
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }));
  writeFileSync(join(folder, 'main/engine/jobs/offence.ts'), source);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'lint', '.'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  return stdout + stderr;
}
