import { dangersOf, review, type Review } from '../../../core/review/review.ts';
import type { Case } from './cases/case.ts';
import { DANGEROUS, DANGEROUS_BY_KIND } from './cases/dangerous/index.ts';
import { HARMLESS } from './cases/harmless.ts';
import { PlatformCopy } from './cases/platform-copy.ts';

const versionOf = (name: string, platform: PlatformCopy) => ({
  name,
  templates: platform.read(),
  contracts: platform.contracts,
});

const reviewed = new Map<Case, Review>();
const untouched = versionOf('before', new PlatformCopy());

function reviewOf(one: Case): Review {
  const known = reviewed.get(one) ?? reviewAnew(one);
  reviewed.set(one, known);
  return known;
}

function reviewAnew({ given, edit }: Case): Review {
  const [before, after] = [new PlatformCopy(), new PlatformCopy()];
  given?.(before);
  given?.(after);
  edit(after);
  return review(given === undefined ? untouched : versionOf('before', before), versionOf('after', after));
}

const codesOf = (one: Case): string[] => [...new Set(dangersOf(reviewOf(one)).map(({ code }) => code))];

test('there are as many of each as are promised', () => {
  const counts = Object.entries(DANGEROUS_BY_KIND).map(([kind, cases]) => [kind, cases.length]);
  expect({ ...Object.fromEntries(counts), harmless: HARMLESS.length }).toEqual({
    access: 42,
    alarms: 4,
    contracts: 9,
    curated: 12,
    deletion: 5,
    everyday: 18,
    originals: 20,
    powers: 9,
    process: 29,
    protection: 27,
    replacement: 17,
    shortening: 17,
    unknown: 20,
    harmless: 76,
  });
});

test('no two cases have one name', () => {
  const names = [...DANGEROUS, ...HARMLESS].map(({ name }) => name);
  expect(names).toHaveLength(new Set(names).size);
});

test.each(DANGEROUS)('dangerous: $name', (one) => {
  const dangers = dangersOf(reviewOf(one));
  expect([...new Set(dangers.map(({ code }) => code))]).toEqual(one.dangers);
  expect(dangers.map(({ change }) => change)).toEqual(dangers.map(() => expect.stringMatching(/^[0-9a-f]{16}$/) as unknown)); // it can be accepted for this change alone
});

test.each(HARMLESS)('harmless: $name', (one) => {
  expect(codesOf(one)).toEqual([]);
});

test.each(HARMLESS.slice(1).filter(({ name }) => !/order|another build|as a list/.test(name)))(
  'is seen all the same: $name',
  (one) => {
    const { resources, stacks, permissions, contracts = [] } = reviewOf(one);
    const outputs = /output|description of a stack/.test(one.name);
    expect(resources.length + stacks.length + permissions.length + contracts.length > 0 || outputs).toBe(true);
  },
);
