import { defineConfig } from 'vitest/config';

// No test is about time: the limits end what hangs, also on a busy machine.
const common = { silent: 'passed-only', testTimeout: 600_000, hookTimeout: 600_000 } as const;
const unbuilt = { ...common, isolate: false, globalSetup: 'test/ownFolder.ts' } as const;
const folders = '{schema,action,forwarder}';
const never = ['**/node_modules/**', '**/dist/**'];

/**
 * Tests beside their source need nothing built; those that try hundreds of inputs or faults are named
 * `*.property.test.ts`, so that the others stay quick. Tests under `test/` run against what gets deployed. The recipes
 * run tests themselves, on a copy of the repository, and have a command of their own.
 */
export default defineConfig({
  test: {
    maxWorkers: 3,
    projects: [
      {
        test: {
          ...unbuilt,
          name: 'unit',
          include: [`${folders}/**/*.test.ts`, 'test/house/**/*.test.ts'],
          exclude: [...never, '**/*.property.test.ts'],
        },
      },
      {
        test: {
          ...unbuilt,
          name: 'property',
          include: [`${folders}/**/*.property.test.ts`, 'test/mail/**/*.test.ts'],
          exclude: never,
        },
      },
      {
        test: {
          ...common,
          name: 'system',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{house,mail,recipes}/**'],
          globalSetup: ['test/ownFolder.ts', 'test/setup.ts'],
        },
      },
      {
        test: {
          ...common,
          name: 'recipes',
          include: ['test/recipes/**/*.test.ts'],
          globalSetup: 'test/ownFolder.ts',
        },
      },
    ],
  },
});
