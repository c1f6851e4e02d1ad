import { suiteClaim } from '../suite.ts';

/** How many events the full proof judges twice. */
const EVENTS = 200_000;

export const judgeAgrees = suiteClaim({
  id: 'judge-agrees',
  says: 'The deployed judge gives every event the verdict that an independent reading of the contract gives.',
  suites: ['test/core/record/differential.test.ts'],
  full: { HEADWATERS_EVENTS: String(EVENTS) },
  counted: `${EVENTS.toLocaleString('en')} events`,
});
