import fc from 'fast-check';
import { divideFolds, foldOf, MOST_FOLDS, MOST_STATEMENTS, statementBytes } from '../../../core/curated/folds.ts';
import type { Folded } from '../../../core/curated/curate-workflow.ts';
import { plainDataset } from '../../support/contracts.ts';

const curated = { ...plainDataset(), curatedWithinMs: 172_800_000 };

test.each([
  ['a stream of two and a half days', 900, 2.5, '4'],
  ['a stream of a week', 900, 7, '8'],
  ['a delivery without a stream, whatever streams keep', 3600, 7, '2'],
])('an object of %s may be late', (_, freshnessSeconds, streamDays, days) => {
  const fold = foldOf({ ...curated, freshnessSeconds }, 'lake', streamDays);
  expect(fold).toMatchObject({
    dataset: 'readings',
    everyHours: 24,
    since: expect.stringContaining(`interval '${days}' day`) as string,
  });
});

const fold = (name: string, bytes: number): Folded => ({
  dataset: name,
  everyHours: 24,
  since: '',
  merge: 'x'.repeat(bytes),
  expire: '',
  optimize: '',
  vacuum: '',
});

test('state machines hold as many as they can, in order, and no more', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: MOST_STATEMENTS * 1.2 }), { maxLength: 30 }), (sizes) => {
      const folds = sizes.map((bytes, index) => fold(`d${index}`, bytes));
      const groups = divideFolds(folds, (group) => statementBytes(group) <= MOST_STATEMENTS);
      expect(groups.flat()).toEqual(folds);
      for (const [index, group] of groups.entries()) {
        expect(group.length).toBeLessThanOrEqual(MOST_FOLDS);
        if (group.length > 1) expect(statementBytes(group)).toBeLessThanOrEqual(MOST_STATEMENTS);
        const [next] = groups[index + 1] ?? [];
        if (next !== undefined)
          expect(group.length === MOST_FOLDS || statementBytes([...group, next]) > MOST_STATEMENTS).toBe(true);
      }
    }),
  );
});
