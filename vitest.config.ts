import { defineConfig } from 'vitest/config';

const shared = { environment: 'node', testTimeout: 20_000, hookTimeout: 30_000 } as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'node',
          // No module keeps state, so that one test file may find what another has loaded.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/electron/**', 'test/endurance/**', 'test/packaging/**'],
        },
      },
      { test: { ...shared, name: 'endurance', include: ['test/endurance/**/*.test.ts'], testTimeout: 180_000 } },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/browser/global-setup.ts',
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
      { test: { ...shared, name: 'packaging', include: ['test/packaging/**/*.test.ts'] } },
      { test: { ...shared, name: 'electron', include: ['test/electron/**/*.test.ts'], testTimeout: 90_000 } },
    ],
  },
});
