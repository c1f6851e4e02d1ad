import { didYouMean, suggest } from '../../../../core/contract/odcs/suggest.ts';

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
