import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{schema,action,forwarder,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['test/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    silent: 'passed-only',
  },
});
