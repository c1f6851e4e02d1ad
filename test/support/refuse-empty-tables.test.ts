const NONE: readonly number[] = [];

describe('a table without cases', () => {
  test.each([
    ['test', () => test.each(NONE)],
    ['it', () => it.each(NONE)],
    ['describe', () => describe.each(NONE)],
  ])('fails as one of %s', (_, make) => {
    expect(make).toThrow('a table of cases must hold one at least, got none');
  });
});

const seen: (number | string)[] = [];
test.each([1, 2])('a table of values is run whole: %d', (value) => {
  seen.push(value);
});
test.each`
  value
  ${'three'}
`('one of a template too: $value', ({ value }: { readonly value: string }) => {
  seen.push(value);
});
test('each case was met once', () => {
  expect(seen).toEqual([1, 2, 'three']);
});
