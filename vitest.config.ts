import { existsSync, globSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { unitTestsOf } from './build/unit-tests.ts';

/**
 * Every engine starts a thread and many tests start processes: each reads its compiled code from here, not its sources. Test
 * files are compiled at each run, and what that left is removed where there is too much of it.
 */
const compiledCode = join(import.meta.dirname, 'node_modules', '.cache', 'compiled');
process.env.NODE_COMPILE_CACHE ??= compiledCode;
if (existsSync(compiledCode) && readdirSync(compiledCode, { recursive: true }).length > 30_000)
  rmSync(compiledCode, { recursive: true, force: true, maxRetries: 5 });

/** The limits only stop tests that hang: they leave room for a busy machine. */
const shared = {
  environment: 'node',
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 90_000 } },
} as const;

/** Node itself loads the modules, in much less time than Vite; it loads no components of the window. */
const native = { ...shared, experimental: { viteModuleRunner: false, nodeLoader: false } } as const;

/** Builds what tests start as processes of their own. */
const programs = 'test/support/programs/global-setup.ts';

/** The same, with the threads of the engine. */
const builtThreads = { globalSetup: programs, setupFiles: ['test/support/programs/built-threads.ts'] };

/** Tests that measure real time: they run after all others. */
const timing = [
  'test/build/electron-runtime.test.ts',
  'test/demo/walkthrough.test.ts',
  'test/engine/download/integrity/integrity-check.test.ts',
  'test/engine/storage/ledger.test.ts',
  'test/engine/tunnel/failover.test.ts',
  'test/engine/tunnel/health.test.ts',
  'test/engine/tunnel/monitor.test.ts',
  'test/engine/tunnel/on-demand.test.ts',
  'test/engine/tunnel/providers/ssh-crowd.test.ts',
  'test/headless/host.test.ts',
  'test/platform/do-not-disturb.test.ts',
  'test/platform/network/failures.test.ts',
];

/** Tests whose simulated clock advances by hours: a timer that another file of the same worker left would run along. */
const isolated = ['test/engine/team/leases.test.ts', 'test/engine/updates/updates.test.ts'];

/** Tests of which `npm test` runs a short form: `npm run test:endurance` tries more, and other random cases each time. */
const shortened = [
  'test/engine/download/integrity/differential.test.ts',
  'test/engine/hooks/reconciler-properties.test.ts',
  'test/engine/ingress/body-collector.test.ts',
  'test/engine/ingress/unmatched.test.ts',
  'test/engine/jobs/process-events.test.ts',
  'test/engine/notifications/exactly-once.test.ts',
  'test/engine/storage/settings-file.test.ts',
  'test/engine/tunnel/custom-url.test.ts',
  'test/engine/tunnel/selection.test.ts',
];
const isFull = process.env.RINGBACK_EXTENT === 'full';

/** Left out of `npm test`: more states, rounds and processes of what other tests cover, and memory. */
const enduranceOnly = [
  'test/browser/*looks.test.ts',
  'test/endurance/{backup-kills,download-memory,forward-kill,hook-quota,team-kill,team-standby-kill}.test.ts',
  'test/packaging/session-bus.test.ts',
];
const leftOut = process.env.RINGBACK_EXTENT === 'short' ? enduranceOnly : [];

/** Folders of tests that need more than Node, or more time. */
const elsewhere = ['browser', 'electron', 'endurance', 'packaging'].map((folder) => `test/${folder}/**`);
const unit = unitTestsOf(
  globSync('test/**/*.test.ts', { cwd: import.meta.dirname, exclude: elsewhere }).map((file) =>
    file.replaceAll('\\', '/'),
  ),
).filter((file) => !timing.includes(file) && !isolated.includes(file));

/** Projects of one group run together, on so many workers, many of which wait; groups run one after another. */
const together = { maxWorkers: 4, sequence: { groupOrder: 0 } } as const;
/** Chromium needs a processor for each worker. */
const withChromium = { maxWorkers: 2, sequence: { groupOrder: 1 } } as const;
/** Many of these wait, and two processors are enough for two of them. */
const lastGroup = { maxWorkers: 2, sequence: { groupOrder: 2 } } as const;

/** Starts the tests of the packed application before the many short ones of their group: in the end they would run alone. */
class PackagingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project }: TestSpecification) =>
      2 * project.config.sequence.groupOrder + (project.name === 'packaging' ? 0 : 1);
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: PackagingFirst },
    projects: [
      // Tests that start nothing, and are therefore quick.
      { test: { ...shared, ...together, name: 'unit', isolate: false, include: unit } },
      {
        test: {
          ...native,
          ...together,
          name: 'node',
          // Modules have no state, so test files may share loaded modules.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...elsewhere, ...unit, ...timing, ...isolated],
          ...builtThreads,
        },
      },
      { test: { ...native, ...lastGroup, name: 'timing', isolate: false, include: timing, ...builtThreads } },
      { test: { ...native, ...together, name: 'isolated', include: isolated } },
      {
        test: {
          ...native,
          ...together,
          name: 'endurance',
          isolate: false,
          // Many rounds take long on a busy machine.
          ...(isFull ? { testTimeout: 900_000 } : {}),
          include: ['test/endurance/**/*.test.ts', ...(isFull ? shortened : [])],
          exclude: leftOut,
          ...builtThreads,
        },
      },
      {
        test: {
          ...shared,
          ...withChromium,
          name: 'browser',
          // A worker loads the browser's client and the samples only once.
          isolate: false,
          include: ['test/browser/**/*.test.ts'],
          exclude: leftOut,
          globalSetup: [programs, 'test/browser/global-setup.ts'],
        },
      },
      {
        test: {
          ...shared,
          ...together,
          name: 'packaging',
          isolate: false,
          include: ['test/packaging/**/*.test.ts'],
          exclude: leftOut,
          globalSetup: programs,
        },
      },
      {
        test: {
          ...shared,
          ...together,
          name: 'electron',
          include: ['test/electron/**/*.test.ts'],
        },
      },
    ],
  },
});
