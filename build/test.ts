import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** `npm test`: types, lint, build, and every test that can run here; ends with the line "N passed, N failed, N skipped". */

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
/** The tools' own entry files, run by this Node: no shell stands between, whatever the system. */
const tools = {
  types: 'typescript/bin/tsc',
  lint: '@biomejs/biome/bin/biome',
  build: 'electron-vite/bin/electron-vite.js',
  tests: 'vitest/vitest.mjs',
} as const;

function run(tool: keyof typeof tools, parameters: readonly string[]): boolean {
  const entry = join(root, 'node_modules', tools[tool]);
  return spawnSync(process.execPath, [entry, ...parameters], { cwd: root, stdio: 'inherit' }).status === 0;
}

function stage(title: string, tool: keyof typeof tools, parameters: readonly string[]): Count {
  console.log(`\n── ${title}`);
  const passed = run(tool, parameters);
  console.log(passed ? `${title}: good` : `${title}: FAILED`);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

function tests(): Count {
  console.log('\n── tests');
  const folder = mkdtempSync(join(tmpdir(), 'ringback-report-'));
  const file = join(folder, 'report.json');
  try {
    const good = run('tests', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const skipped = report.testResults.flatMap((suite) =>
      suite.assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed'),
    );
    for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
    const failed = Math.max(report.numFailedTests, report.numFailedTestSuites > 0 || !good ? 1 : 0);
    return { passed: report.numPassedTests, failed, skipped: skipped.length };
  } catch (error) {
    console.log(`The test run left no report: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const counts = [
  stage('types', 'types', []),
  stage('lint and layers', 'lint', ['check', '.']),
  stage('build', 'build', ['build', '--logLevel', 'warn']),
  tests(),
];
const sum = (key: keyof Count): number => counts.reduce((total, count) => total + count[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
