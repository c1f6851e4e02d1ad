import { suiteClaim } from '../suite.ts';

export const knowsNoDataset = suiteClaim({
  id: 'knows-no-dataset',
  says: 'No code knows the sample: the tests of the project pass when its largest dataset is renamed throughout.',
  suites: ['test/end-to-end/renamed.prove.ts'],
});
