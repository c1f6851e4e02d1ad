import { mergeConfig } from 'vitest/config';
import tests from '../vitest.config.ts';

/** What a claim runs: suites of `npm test`, and those that are too long for it. */
export default mergeConfig(tests, { test: { include: ['test/**/*.prove.ts'] } });
