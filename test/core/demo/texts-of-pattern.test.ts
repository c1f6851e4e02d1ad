import fc from 'fast-check';
import { TextsOfPatterns } from '../../../core/demo/texts-of-pattern.ts';
import { FORMAT_PATTERNS } from '../../../core/record/judge/formats.ts';

const textsOf = (texts: TextsOfPatterns, most = 500): string[] =>
  Array.from({ length: Number(texts.count < most ? texts.count : most) }, (_, number) => texts.at(BigInt(number)));

/** Patterns without an assertion about what lies ahead. */
const EXACT: readonly (readonly [pattern: string, whole: boolean, least: number])[] = [
  ['^R[0-9]+$', true, 500],
  ['^ORD-', true, 1],
  ['^ORD-', false, 500],
  ['foo$', false, 500],
  ['a', false, 500],
  ['^(?:red|green|blue)$', true, 3],
  ['^(a|aa|a)$', true, 2], // two ways to one text
  ['^(?:a?)+b$', true, 50],
  ['^[A-Z]{2}-\\d{4}(?:/[a-z])?$', true, 500],
  ['^\\p{Lu}\\d$', true, 100],
  ['^[а-я]{4}$', true, 500],
  ['^[^A-Za-z0-9]{3}$', true, 500],
  ['^🙂+$', true, 50],
  ['^x$|^y', true, 2],
];

test.each(EXACT)('texts of %s (whole: %s) match, and are at least %d different ones', (pattern, whole, least) => {
  const texts = new TextsOfPatterns([pattern], { maxLength: 60 }, whole);
  const found = textsOf(texts);
  const matcher = new RegExp(pattern, 'u');
  expect(texts.exact).toBe(true);
  expect(found.filter((text) => !matcher.test(text))).toEqual([]);
  expect(new Set(found).size).toBe(found.length);
  expect(found.length).toBeGreaterThanOrEqual(least);
});

test('all texts of a pattern are found where they are few', () => {
  expect(textsOf(new TextsOfPatterns(['^[ab]{1,2}$'], {}, true)).sort()).toEqual(['a', 'aa', 'ab', 'b', 'ba', 'bb']);
});

test('a search finds texts that end where it must, and begin as they like', () => {
  const found = textsOf(new TextsOfPatterns(['^a$'], {}, false));
  expect(found).toEqual(['a']);
});

test('lengths are counted in characters, and held', () => {
  const found = textsOf(new TextsOfPatterns(['^🙂*[0-9]+$'], { minLength: 3, maxLength: 4 }, true), 5_000);
  expect(new Set(found.map((text) => Array.from(text).length))).toEqual(new Set([3, 4]));
});

test('texts obey all patterns at once', () => {
  const found = textsOf(new TextsOfPatterns(['^[0-9a-f-]+$', '^7', FORMAT_PATTERNS.uuid.source], {}, false));
  expect(found).toHaveLength(500);
  expect(
    found.filter((text) => !FORMAT_PATTERNS.uuid.test(text) || !text.startsWith('7') || text !== text.toLowerCase()),
  ).toEqual([]);
});

test.each([
  ['contradict each other', ['^a', '^b'], {}],
  ['leave no length', ['^[0-9]{4}$'], { minLength: 5 }],
])('there are none where rules %s', (_, patterns, lengths) => {
  expect(new TextsOfPatterns(patterns, lengths, false).count).toBe(0n);
});

test.each(['^(?!0)[0-9]{3}$', '\\bfoo\\b'])('%s is not exact: some texts may not match', (pattern) => {
  expect(new TextsOfPatterns([pattern], {}, false).exact).toBe(false);
});

const piece = fc.oneof(
  fc.constantFrom('a', 'b', '[a-c]', '[^a]', '\\d', '-', '.', 'é'),
  fc.constantFrom('(?:a|ab)', '(?:b|bc|)', '(?:[ab]{1,2})', '(?:x|\\d\\d)'),
);
const repeated = fc.tuple(piece, fc.constantFrom('', '', '?', '*', '+', '{2}', '{1,3}')).map((parts) => parts.join(''));
const pattern = fc
  .tuple(fc.constantFrom('^', ''), fc.array(repeated, { minLength: 1, maxLength: 5 }), fc.constantFrom('$', ''))
  .map(([start, parts, end]) => `${start}${parts.join('')}${end}`);

test('any pattern gives texts that match it, no two alike', () => {
  fc.assert(
    fc.property(pattern, fc.boolean(), fc.nat(6), (source, whole, minLength) => {
      const found = textsOf(new TextsOfPatterns([source], { minLength, maxLength: 12 }, whole), 60);
      const matcher = new RegExp(source, 'u');
      expect(found.filter((text) => !matcher.test(text))).toEqual([]);
      expect(new Set(found).size).toBe(found.length);
    }),
    { numRuns: 500, seed: 7 },
  );
});
