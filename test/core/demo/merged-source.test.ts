import type { DemoDay, DemoSource } from '../../../core/demo/demo-source.ts';
import { MergedSource } from '../../../core/demo/merged-source.ts';

const source = (dataset: string, startsAt: number, uploads: readonly number[]): DemoSource => ({
  startsAt,
  async *days() {
    for (const uploadAt of uploads)
      yield { uploadAt, batches: [{ domain: 'energy', dataset, packed: true, events: [`{"at":${uploadAt}}`] }] };
  },
});
const shown = async (merged: DemoSource): Promise<string[]> => {
  const days: DemoDay[] = [];
  for await (const day of merged.days()) days.push(day);
  return days.map(({ uploadAt, batches }) => `${uploadAt}: ${batches.map(({ dataset }) => dataset).join(' ')}`);
};

test.each([
  [
    [1, 2, 3],
    [2, 4],
    ['1: a', '2: a b', '3: a', '4: b'],
  ],
  [[], [2], ['2: b']],
  [[5], [], ['5: a']],
  [[], [], []],
])('days %j and %j come in one order', async (first, second, days) => {
  expect(await shown(new MergedSource(source('a', 9, first), source('b', 7, second)))).toEqual(days);
});

test('begins with the earlier of the two', () => {
  expect(new MergedSource(source('a', 9, []), source('b', 7, [])).startsAt).toBe(7);
});
