import { posix } from 'node:path';
import { lineOf, nodesOf, type SourceFile } from './source.ts';

interface MeasuredFunction {
  /** File and line, as an editor opens it. */
  readonly place: string;
  readonly lines: number;
}

/** Every function with a body: declarations, methods, arrow functions. */
export function functionsOf(files: readonly SourceFile[]): MeasuredFunction[] {
  return files.flatMap(({ path, text, program }) =>
    nodesOf(program)
      .filter(
        ({ type, body }) => /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type) && body,
      )
      .map(({ start, end }) => {
        const first = lineOf(text, start);
        return { place: `${path}:${first}`, lines: lineOf(text, end) - first + 1 };
      }),
  );
}

/** Exported names of `files` that no other file imports; the exports of `others` are not reported. */
export function unusedExports(files: readonly SourceFile[], others: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const used = new Set<string>();
  const use = (path: string, name: string): void => {
    const key = `${path} ${name}`;
    if (used.has(key)) return;
    used.add(key);
    for (const star of byPath.get(path)?.stars ?? []) use(star, name);
  };
  for (const { imports } of [...files, ...others]) for (const { target, name } of imports) use(target, name);
  return files.flatMap(({ path, exports }) =>
    exports.filter((name) => !used.has(`${path} ${name}`) && !used.has(`${path} *`)).map((name) => `${path} ${name}`),
  );
}

/** Groups of files that import each other in a circle, imports of types included. */
export function cyclesOf(files: readonly SourceFile[]): string[][] {
  const paths = new Set(files.map(({ path }) => path));
  const targets = new Map(
    files.map(({ path, imports, stars }) => [
      path,
      new Set(
        [...imports.map(({ target }) => target), ...stars].filter((target) => target !== path && paths.has(target)),
      ),
    ]),
  );
  const reachable = new Map([...paths].map((path) => [path, reach(targets, path)]));
  const cycles = new Map<string, string[]>();
  for (const path of paths) {
    const circle = [...paths].filter((one) => reachable.get(path)?.has(one) && reachable.get(one)?.has(path)).sort();
    if (circle.length > 0) cycles.set(circle.join(), circle);
  }
  return [...cycles.values()];
}

function reach(targets: ReadonlyMap<string, ReadonlySet<string>>, from: string): Set<string> {
  const found = new Set<string>();
  const open = [...(targets.get(from) ?? [])];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    open.push(...(targets.get(path) ?? []));
  }
  return found;
}

/** How many files lie directly in each folder, largest first. */
export function folderSizes(files: readonly SourceFile[]): { readonly folder: string; readonly files: number }[] {
  const sizes = new Map<string, number>();
  for (const { path } of files) sizes.set(posix.dirname(path), (sizes.get(posix.dirname(path)) ?? 0) + 1);
  return [...sizes].map(([folder, count]) => ({ folder, files: count })).sort((a, b) => b.files - a.files);
}

/** The smallest value that is not below this share (0 to 1) of the values; 0 without values. */
export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? 0;
}
