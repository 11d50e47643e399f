import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** A third-party package that Ringback contains. */
interface ThirdParty {
  readonly name: string;
  readonly version: string;
  /** The SPDX identifier. */
  readonly license: string;
  /** The text of its license file; empty where it has none. */
  readonly text: string;
}

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}
type LockedPackages = Readonly<Record<string, LockedPackage>>;

const folder = 'node_modules/';

/** The packages that the sources import or the command line installs, with their dependencies; from the lock file. */
export function readThirdParties(root: string): ThirdParty[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: LockedPackages;
  };
  const installedWithIt = Object.keys(packages).filter((path) => path !== '' && packages[path]?.dev !== true);
  const delivered = new Set([...installedWithIt, ...withDependencies(importedPackages(root), packages)]);
  const installed = [...delivered].filter((path) => existsSync(join(root, path)));
  return installed
    .map((path) => describePackage(root, path, packages[path]))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** The packages that the sources import, apart from Electron, which brings its own licenses. */
function importedPackages(root: string): string[] {
  const sources = globSync('{main,preload,renderer}/**/*.{ts,tsx,css}', { cwd: root }).map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );
  const imports = sources.flatMap((text) => [
    ...text.matchAll(/^(?!import type )[^\n]*?(?:from |import |import\()'((?:@[\w-]+\/)?[\w-]+)(?=['/])/gm),
  ]);
  const names = new Set(imports.map(([, name = '']) => name));
  names.delete('electron');
  return [...names].map((name) => `${folder}${name}`);
}

/** The packages with all their dependencies, resolved as Node does: in the nearest `node_modules` upwards. */
function withDependencies(paths: readonly string[], packages: LockedPackages): Set<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path) || packages[path] === undefined) return;
    found.add(path);
    for (const name of Object.keys(packages[path].dependencies ?? {})) visit(locate(path, name, packages));
  };
  for (const path of paths) visit(path);
  return found;
}

function locate(from: string, name: string, packages: LockedPackages): string {
  for (let at = from; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf(`/${folder}`)))) {
    const path = `${at}/${folder}${name}`;
    if (packages[path] !== undefined) return path;
  }
  return `${folder}${name}`;
}

function describePackage(root: string, path: string, locked: LockedPackage = {}): ThirdParty {
  const file = readdirSync(join(root, path)).find((name) => /^(licen[cs]e|copying)/i.test(name));
  return {
    name: path.slice(path.lastIndexOf(folder) + folder.length),
    version: locked.version ?? '',
    license: locked.license ?? 'see its text',
    text: file === undefined ? '' : readFileSync(join(root, path, file), 'utf8').trim(),
  };
}

const moduleName = 'virtual:third-parties';

/** A Vite plugin that makes `virtual:third-parties` for the window from the lock file at each build. */
export function thirdPartyModule(): Plugin {
  const root = fileURLToPath(new URL('..', import.meta.url));
  return {
    name: 'third-parties',
    resolveId: (id) => (id === moduleName ? `\0${moduleName}` : undefined),
    load: (id) =>
      id === `\0${moduleName}` ? `export const thirdParties = ${JSON.stringify(readThirdParties(root))};` : undefined,
  };
}
