import { defineConfig } from 'vitest/config';

/**
 * The tests beside their source alone: they need nothing built, so each mutant is judged in a second or two. What runs
 * whole functions is left out, since a decision is held by the test nearest to it.
 */
export default defineConfig({
  test: {
    include: ['{schema,action,forwarder}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.stryker-tmp/**', 'forwarder/src/functions/**'],
    isolate: false,
    testTimeout: 30_000,
  },
});
