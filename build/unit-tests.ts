import { readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** What listens, starts a process or a thread, or opens the event store. */
const starters = [
  /^node:(child_process|cluster|dgram|http|http2|https|net|sqlite|tls|worker_threads)$/,
  /^(express|playwright-core)$/,
  /^main\/engine\/(index\.ts|composition\/|storage\/)/,
  /^main\/sandbox\//,
];

/**
 * Those of the test files that start nothing: they import no starter, neither themselves nor by what they import of
 * `test/`. Paths are relative to the project root.
 */
export function unitTestsOf(files: readonly string[], read: (file: string) => string = readProjectFile): string[] {
  const known = new Map<string, boolean>();
  const startsSomething = (file: string): boolean => {
    const before = known.get(file);
    if (before !== undefined) return before;
    known.set(file, false);
    const found = importsOf(file, read(file)).some(
      (name) => starters.some((starter) => starter.test(name)) || (isOfTests(name) && startsSomething(name)),
    );
    known.set(file, found);
    return found;
  };
  return files.filter((file) => !startsSomething(file));
}

/** Modules and files that are imported at run time, as an import statement at the beginning of a line writes them. */
function importsOf(file: string, text: string): string[] {
  return [...text.matchAll(/^(?:import|export) (?!type )(?:[^;']* from )?'([^']+)'/gm)].map(([, name = '']) =>
    name.startsWith('.') ? posix.join(posix.dirname(file), name) : name,
  );
}

function isOfTests(name: string): boolean {
  return /^test\/.*\.tsx?$/.test(name);
}

function readProjectFile(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
