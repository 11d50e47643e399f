import { cyclesOf, folderSizes, functionsOf, percentile, unusedExports } from './measure.ts';
import { readSources } from './source.ts';

/** `npm run metrics`: the size and shape of the code as a table; `--list` adds the places behind the numbers. */

const files = readSources(['main', 'preload', 'renderer', 'build', ':(glob)*.ts']);
const tests = readSources(['test']);
const functions = functionsOf(files).sort((a, b) => b.lines - a.lines);
const lengths = functions.map(({ lines }) => lines);
const unused = unusedExports(files, tests);
const cycles = cyclesOf([...files, ...tests]);
const folders = folderSizes([...files, ...tests]);
const engine = folders.find(({ folder }) => folder === 'main/engine');

const rows: readonly (readonly [string, string | number])[] = [
  ['Files', files.length],
  ['Lines', files.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0)],
  ['Functions', functions.length],
  ['Lines a function, median / 90th percentile', `${percentile(lengths, 0.5)} / ${percentile(lengths, 0.9)}`],
  ['Functions above 60 lines', lengths.filter((lines) => lines > 60).length],
  ['Functions above 100 lines', lengths.filter((lines) => lines > 100).length],
  ['Exports', files.reduce((sum, { exports }) => sum + exports.length, 0)],
  ['Exports that nobody imports', unused.length],
  ['Import cycles', cycles.length],
  ['Files loose in main/engine', engine?.files ?? 0],
  ...folders.slice(0, 5).map(({ folder, files: count }) => [`Files in ${folder}`, count] as const),
  ['Test files', tests.filter(({ path }) => path.endsWith('.test.ts')).length],
];
const width = Math.max(...rows.map(([title]) => title.length));
for (const [title, value] of rows) console.log(`${title.padEnd(width)}  ${String(value).padStart(7)}`);

if (process.argv.includes('--list')) {
  list(
    'Longest functions',
    functions.slice(0, 20).map(({ place, lines }) => `${place} (${lines})`),
  );
  list('Exports that nobody imports', unused);
  list(
    'Import cycles',
    cycles.map((cycle) => cycle.join(', ')),
  );
}

function list(title: string, lines: readonly string[]): void {
  console.log(`\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}`);
}
