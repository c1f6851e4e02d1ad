import { matrixGolden } from '../../../prove/nothing-wider/matrix-golden.ts';
import { renewCommitted } from '../../../prove/nothing-wider/matrix/golden-files.ts';

/** Renewed by `RENEW_GOLDEN=1 npm test -- test/prove/nothing-wider/matrix-golden.test.ts`; what changed is then read in the pull request. */
const RENEW = process.env.RENEW_GOLDEN === '1';

test('nobody may do anything but what was reviewed, and what widened it has a reason', async () => {
  if (RENEW) await renewCommitted();
  await expect(matrixGolden.prove(RENEW ? 'full' : 'quick')).resolves.toMatch(/rows as reviewed$/);
}, 60_000);
