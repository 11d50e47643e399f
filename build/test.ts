import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * `npm test`: types, lint, build, and the tests that can run here except those of `npm run test:endurance`.
 * `npm test -- path` and `npm test -- -t "name"` run only the selected tests, whichever they are.
 * The last line is always "N passed, N failed, N skipped".
 */

interface Assertion {
  readonly status: string;
  readonly fullName: string;
}
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly Assertion[] }[];
}
interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const root = resolve(import.meta.dirname, '..');
/** The entry files of the tools. This Node runs them directly, without a shell, on every system. */
const tools = {
  types: 'node_modules/typescript/bin/tsc',
  lint: 'node_modules/@biomejs/biome/bin/biome',
  build: 'node_modules/electron-vite/bin/electron-vite.js',
  command: 'build/cli.ts',
  tests: 'node_modules/vitest/vitest.mjs',
} as const;

function run(tool: keyof typeof tools, parameters: readonly string[]): boolean {
  return (
    spawnSync(process.execPath, [join(root, tools[tool]), ...parameters], { cwd: root, stdio: 'inherit' }).status === 0
  );
}

function stage(title: string, tool: keyof typeof tools, parameters: readonly string[]): Count {
  console.log(`\n── ${title}`);
  const passed = run(tool, parameters);
  console.log(passed ? `${title}: passed` : `${title}: FAILED`);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/** Runs the chosen tests, or all of them without a choice. */
function tests(choice: readonly string[]): Count {
  console.log('\n── tests');
  const folder = mkdtempSync(join(tmpdir(), 'ringback-report-'));
  const file = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  try {
    const passed = run('tests', ['run', ...reporters, ...choice]);
    return count(JSON.parse(readFileSync(file, 'utf8')) as Report, passed, isByName(choice));
  } catch (error) {
    console.log(`The test run left no report: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** When tests are selected by name, Vitest reports all others as skipped; those are not counted. */
function count(report: Report, passed: boolean, byName: boolean): Count {
  const skipped = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => !byName && status !== 'passed' && status !== 'failed');
  for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
  const failed = Math.max(report.numFailedTests, report.numFailedTestSuites > 0 || !passed ? 1 : 0);
  return { passed: report.numPassedTests, failed, skipped: skipped.length };
}

function isByName(choice: readonly string[]): boolean {
  return choice.some((parameter) => /^(-t|--testNamePattern)/.test(parameter));
}

const choice = process.argv.slice(2);
if (choice.length === 0) process.env.RINGBACK_EXTENT = 'short';
const counts =
  choice.length > 0
    ? [tests(choice)]
    : [
        stage('types', 'types', []),
        stage('lint and layers', 'lint', ['check', '.']),
        stage('build', 'build', ['build', '--logLevel', 'warn']),
        // Otherwise several tests would build it at the same time, while others read its folder.
        stage('command', 'command', []),
        tests([]),
      ];
const sum = (key: keyof Count): number => counts.reduce((total, one) => total + one[key], 0);
if (choice.length === 0)
  console.log('\nLeft to `npm run test:endurance`: the looks of the window, repeated kills, a session bus.');
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
