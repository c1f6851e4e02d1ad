import { ClaimFails, type Claim } from '../claim.ts';
import { errorOf, pricedExample } from './priced-example.ts';
import { PUBLISHED_EXAMPLES, type PublishedExample } from './published-examples.ts';

/** A share: 0.1 %. */
const TOLERANCE = 0.001;

/** Published totals from which ours differ by more than the tolerance. */
export const differing = (examples: readonly PublishedExample[]): string[] =>
  examples
    .filter((example) => errorOf(example) > TOLERANCE)
    .map(
      (example) =>
        `${example.what}: ${pricedExample(example).toFixed(2)} USD, published are ${example.published} (${example.address})`,
    );

/** Templates made from published inputs cost what was published with them. */
export const publishedTotals: Claim = {
  id: 'published-totals',
  says: "A template made from the inputs of a published estimate of AWS' calculator costs what was published with it, within 0.1 %.",
  prove: () => {
    if (PUBLISHED_EXAMPLES.length === 0) throw new ClaimFails(['there is no published example']);
    const findings = differing(PUBLISHED_EXAMPLES);
    if (findings.length > 0) throw new ClaimFails(findings);
    const worst = Math.max(...PUBLISHED_EXAMPLES.map((example) => errorOf(example)));
    return Promise.resolve(`${PUBLISHED_EXAMPLES.length} published totals, at most ${(worst * 100).toFixed(4)} % off`);
  },
};
