import { defineConfig } from 'vitest/config';

const common = { silent: 'passed-only', testTimeout: 30_000, hookTimeout: 60_000 } as const;

/** Tests beside their source need nothing built; those under `test/` run against what gets deployed. */
export default defineConfig({
  test: {
    maxWorkers: 3,
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['{schema,action,forwarder,test/house}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          isolate: false,
        },
      },
      {
        test: {
          ...common,
          name: 'system',
          include: ['test/**/*.test.ts'],
          exclude: ['test/house/**'],
          globalSetup: ['test/setup.ts'],
        },
      },
    ],
  },
});
