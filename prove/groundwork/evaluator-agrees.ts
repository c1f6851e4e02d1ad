import { suiteClaim } from '../suite.ts';

/** How many requests the full proof decides twice. */
const REQUESTS = 10_000;

export const evaluatorAgrees = suiteClaim({
  id: 'evaluator-agrees',
  says: 'The evaluator of permissions decides as an independent simulator does, or differs in a way that has a name.',
  suites: ['test/core/aws/iam/differential.test.ts'],
  full: { HEADWATERS_REQUESTS: String(REQUESTS) },
  counted: `${REQUESTS.toLocaleString('en')} requests`,
});
