import { defineConfig } from 'vitest/config';

/** CDK's template validator costs 3 s a process and runs in the gate of `cdk synth`; unit tests leave it off. */
process.env.CDK_VALIDATION = 'false';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globals: true,
    globalSetup: 'test/support/surroundings.ts',
    setupFiles: ['test/support/forget-storages.ts', 'test/support/refuse-empty-tables.ts'],
    isolate: false, // a worker loads the CDK, the SDK and DuckDB once rather than once for each suite
    maxWorkers: '100%', // the default leaves one core idle: half of the two that CI has
    execArgv: ['--max-semi-space-size=64'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
