import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { parseSync } from 'vite';

const root = resolve(import.meta.dirname, '..');

/** A node of the syntax tree. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** One name that a file imports or re-exports from another; `*` stands for all names. */
interface ImportedName {
  readonly target: string;
  readonly name: string;
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly program: SyntaxNode;
  readonly comments: readonly { readonly value: string; readonly start: number }[];
  /** The names the file declares and exports, without re-exports. */
  readonly exports: readonly string[];
  readonly imports: readonly ImportedName[];
  /** The files that this file re-exports with `export *`. */
  readonly stars: readonly string[];
}

/** The TypeScript files of some folders, parsed. */
export function readSources(folders: readonly string[]): SourceFile[] {
  const listing = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', ...folders];
  return execFileSync('git', listing, { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts') && existsSync(join(root, path)))
    .map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')));
}

export function parseSource(path: string, text: string): SourceFile {
  const { program, comments, module, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path}: ${error.message}`);
  const target = (request: string) => posix.join(posix.dirname(path), request);
  const entries = module.staticExports.flatMap((statement) => statement.entries);
  const passedOn = entries.flatMap(({ moduleRequest, importName }) =>
    moduleRequest ? [{ target: target(moduleRequest.value), name: importName.name ?? '*' }] : [],
  );
  const imported = module.staticImports.flatMap(({ moduleRequest, entries: names }) => {
    const file = target(moduleRequest.value);
    if (names.length === 0) return [{ target: file, name: '' }];
    return names.map(({ importName }) => ({ target: file, name: importName.name ?? '*' }));
  });
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    target: target(text.slice(start + 1, end - 1)),
    name: '*',
  }));
  return {
    path,
    text,
    program: program as unknown as SyntaxNode,
    comments,
    exports: entries.flatMap(({ moduleRequest, exportName }) =>
      moduleRequest || exportName.kind !== 'Name' || exportName.name === null ? [] : [exportName.name],
    ),
    imports: [...imported, ...dynamic, ...passedOn.filter(({ name }) => name !== '*')],
    stars: passedOn.filter(({ name }) => name === '*').map((one) => one.target),
  };
}

/** Every node of a tree, parents before their children. */
export function nodesOf(root: SyntaxNode): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  const add = (node: SyntaxNode): void => {
    nodes.push(node);
    for (const value of Object.values(node)) {
      if (typeof value !== 'object' || value === null) continue;
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) add(child);
    }
  };
  add(root);
  return nodes;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

/** The line of a position, counted from 1. */
export function lineOf(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
