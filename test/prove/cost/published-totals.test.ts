import { errorOf, linesOf, pricedExample } from '../../../prove/cost/priced-example.ts';
import { PUBLISHED_EXAMPLES } from '../../../prove/cost/published-examples.ts';
import { differing, publishedTotals } from '../../../prove/cost/published-totals.ts';

test.each(PUBLISHED_EXAMPLES)('$what costs $published USD', (example) => {
  expect(errorOf(example)).toBeLessThanOrEqual(0.001);
});

test('the totals are those that were published', () => {
  expect(PUBLISHED_EXAMPLES.map(({ published }) => published)).toEqual([273.85, 274.81, 3079.73, 10_112.96]);
});

/** Each line as its publisher worked it out. */
test.each([
  [0, { shards: 21.9, put: 0.36792, consumers: 219, 'read by consumers': 32.58133 }],
  [1, { 'on-demand stream': 29.2, put: 20.05005, read: 100.25024, 'read by consumers': 125.3128 }],
  [
    3,
    {
      delivered: 3634.07,
      'converted to Parquet': 2255.63,
      'filed by keys': 2506.26,
      'objects filed': 10.03,
      'keys read by JQ': 4.9,
      'carried into the network': 1629.07,
      'zones of the network': 73,
    },
  ],
])('the lines of example %d are those of its publisher', (index, expected) => {
  const example = PUBLISHED_EXAMPLES[index];
  if (example === undefined) throw new Error('no such example');
  const lines = Object.fromEntries(linesOf(example).map(({ what, usd }) => [what, usd]));
  expect(Object.keys(lines).sort()).toEqual(Object.keys(expected).sort());
  for (const [what, usd] of Object.entries(expected)) expect(lines[what]).toBeCloseTo(usd, 2);
});

test('the claim holds, and counts', async () => {
  await expect(publishedTotals.prove('quick')).resolves.toMatch(/^4 published totals, at most 0\.00\d\d % off$/);
});

test('a total that was never published is found', () => {
  const [example] = PUBLISHED_EXAMPLES;
  if (example === undefined) throw new Error('no such example');
  const lie = { ...example, published: example.published * 1.002 };
  expect(differing([lie])).toEqual([expect.stringContaining(`${pricedExample(lie).toFixed(2)} USD, published are`)]);
});
