import { dangersOf, review } from '../../../core/review/review.ts';
import type { Case } from './cases/case.ts';
import { DANGEROUS } from './cases/dangerous.ts';
import { HARMLESS } from './cases/harmless.ts';
import { PlatformCopy } from './cases/platform-copy.ts';

function reviewOf({ given, edit }: Case) {
  const [before, after] = [new PlatformCopy(), new PlatformCopy()];
  given?.(before);
  given?.(after);
  edit(after);
  return review({ name: 'before', templates: before.read() }, { name: 'after', templates: after.read() });
}

const codesOf = (one: Case): string[] => [...new Set(dangersOf(reviewOf(one)).map(({ code }) => code))];

test('there are as many of each as were promised', () => {
  expect(DANGEROUS.length).toBeGreaterThanOrEqual(25);
  expect(HARMLESS.length).toBeGreaterThanOrEqual(25);
});

test.each(DANGEROUS)('dangerous: $name', (one) => {
  expect(codesOf(one)).toEqual(one.dangers);
});

test.each(HARMLESS)('harmless: $name', (one) => {
  expect(codesOf(one)).toEqual([]);
});

test.each(HARMLESS.slice(1).filter(({ name }) => !/order|another build|as a list/.test(name)))(
  'is seen all the same: $name',
  (one) => {
    const { resources, stacks, permissions } = reviewOf(one);
    const outputs = /output|description of a stack/.test(one.name);
    expect(resources.length + stacks.length + permissions.length > 0 || outputs).toBe(true);
  },
);
