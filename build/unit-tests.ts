import { readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Modules that listen, start a process or a thread, or open the event store. */
const starters = [
  /^node:(child_process|cluster|dgram|http|http2|https|net|sqlite|tls|worker_threads)$/,
  /^(express|playwright-core)$/,
  /^main\/engine\/(index\.ts|composition\/|storage\/)/,
  /^main\/sandbox\//,
  /^main\/demo\/nats-server\.ts$/,
];

/**
 * The test files that start nothing: neither they nor the files of `test/` that they import use one of `starters`.
 * Paths are relative to the project root.
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

/** The modules and files that a file imports at run time; finds import statements at the start of a line. */
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
