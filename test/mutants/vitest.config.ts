import { defineConfig } from 'vitest/config';

/** The tests beside their source alone: they need nothing built, so each mutant is judged in a second or two. */
export default defineConfig({
  test: {
    include: ['{schema,action,forwarder}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.stryker-tmp/**'],
    testTimeout: 30_000,
  },
});
