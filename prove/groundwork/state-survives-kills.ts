import { suiteClaim } from '../suite.ts';

export const stateSurvivesKills = suiteClaim({
  id: 'state-survives-kills',
  says: 'A run of the local runtime that is killed at any moment, or in the midst of any write, is gone on with whole, or refused and freed by a reset.',
  suites: ['test/local/kills/'],
  full: { HEADWATERS_KILLS: 'all' },
  counted: '50 seeded moments and each change to a file',
});
