import { didYouMean, isSlip, nameOneOf, suggest } from '../../core/suggest.ts';

const KEYS = ['description', 'logicalType', 'logicalTypeOptions', 'name', 'required', 'tags'];

test.each([
  ['desciption', 'description'],
  ['logicaltype', 'logicalType'],
  ['Required', 'required'],
  ['tag', 'tags'],
  ['logicalTypeOption', 'logicalTypeOptions'],
  ['colour', undefined],
  ['x', undefined],
  ['', undefined],
  ['a'.repeat(1_000_000), undefined],
])('takes %.20s for %s', (word, meant) => {
  expect(suggest(word, KEYS)).toBe(meant);
});

test('says nothing where nothing is near', () => {
  expect(didYouMean('colour', KEYS)).toBe('');
  expect(didYouMean('colour', [])).toBe('');
  expect(didYouMean('nmae', KEYS)).toBe("; did you mean 'name'?");
});

test.each([
  ['actve', true],
  ['acitve', true],
  ['activ', true],
  ['active', false],
  ['inactive', false],
])("%s is a slip of 'active': %s", (word, is) => {
  expect(isSlip(word, 'active')).toBe(is);
});

test('names twenty at most', () => {
  const names = Array.from({ length: 22 }, (_, index) => `n${index}`);
  expect(nameOneOf(names.slice(0, 2))).toBe('name one of n0, n1');
  expect(nameOneOf(names)).toBe(`name one of ${names.slice(0, 20).join(', ')} and 2 more`);
});
