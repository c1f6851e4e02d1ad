/** CDK's template validator costs 3 s a process and runs in the gate of `cdk synth`; unit tests leave it off. */
process.env.CDK_VALIDATION = 'false';

export default {
  testEnvironment: '<rootDir>/test/support/environment.mjs',
  globalSetup: '<rootDir>/test/support/surroundings.ts',
  globalTeardown: '<rootDir>/test/support/remove-surroundings.ts',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
  workerIdleMemoryLimit: '800MB', // what suites leave behind makes those after them collect garbage: a worker that holds more starts anew
  testTimeout: 30_000,
  maxWorkers: '100%', // the default leaves one core idle: half of the two that CI has
};
