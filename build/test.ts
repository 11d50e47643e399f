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
const program = (name: string): string => join(root, 'node_modules', '.bin', name);

function run(command: string, parameters: readonly string[]): boolean {
  const shell = process.platform === 'win32';
  const { status } = spawnSync(command, [...parameters], { cwd: root, stdio: 'inherit', shell });
  return status === 0;
}

function stage(title: string, command: string, parameters: readonly string[]): Count {
  console.log(`\n── ${title}`);
  const passed = run(command, parameters);
  console.log(passed ? `${title}: good` : `${title}: FAILED`);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

function tests(): Count {
  console.log('\n── tests');
  const folder = mkdtempSync(join(tmpdir(), 'ringback-report-'));
  const file = join(folder, 'report.json');
  try {
    const good = run(program('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
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
  stage('types', program('tsc'), []),
  stage('lint and layers', program('biome'), ['check', '.']),
  stage('build', program('electron-vite'), ['build', '--logLevel', 'warn']),
  tests(),
];
const sum = (key: keyof Count): number => counts.reduce((total, count) => total + count[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
