import { suiteClaim } from '../suite.ts';

export const wrongTemplatesAreTold = suiteClaim({
  id: 'wrong-templates-are-told',
  says: 'The demo fails on templates that were made wrong, and says where: who is denied what, or of which dataset events are missing.',
  suites: ['test/end-to-end/missing-grants.test.ts', 'test/end-to-end/lost-events.test.ts'],
  full: { HEADWATERS_CASES: 'all' },
});
