import fc from 'fast-check';
import { likePattern } from '../../../local/glue/like-pattern.ts';
import { expectBelowQuadratic } from '../../support/below-quadratic.ts';

test.each([
  ['dt=%', 'dt=2026', true],
  ['2026-__-01', '2026-11-01', true],
  ['2026-__-01', '2026-1-01', false],
  ['a.c', 'abc', false],
  ['%a%', '\n a', true],
  ['ab%ba', 'aba', false],
  ['', '', true],
  ['_', '\u{1F600}', true],
])('%j takes %j: %p', (pattern, text, taken) => {
  expect(likePattern(pattern)(text)).toBe(taken);
});

test('takes what the regular expression of the same words takes', () => {
  const words = fc.array(fc.constantFrom('a', 'b', '_', '%'), { maxLength: 8 }).map((parts) => parts.join(''));
  const texts = fc.array(fc.constantFrom('a', 'b'), { maxLength: 10 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(words, texts, (pattern, text) => {
      const expression = new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`, 'su');
      expect(likePattern(pattern)(text)).toBe(expression.test(text));
    }),
  );
});

test('many wildcards are quick on what they do not take', () => {
  const matches = likePattern(`${'%a'.repeat(1000)}%b`);
  const text = 'a'.repeat(30_000);
  expectBelowQuadratic(text.length, () => {
    expect(matches(text)).toBe(false);
  });
});
