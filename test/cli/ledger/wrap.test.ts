import { wrap } from '../../../cli/ledger/wrap.ts';

test('keeps what fits in 120 columns, and what has no word to break at', () => {
  expect(wrap('short', '  ')).toBe('short');
  expect(wrap(`a ${'b'.repeat(118)}`, '  ')).toBe(`a ${'b'.repeat(118)}`);
  expect(wrap('c'.repeat(130), '  ')).toBe('c'.repeat(130));
});

test('goes on below the words, and not below the number before them', () => {
  expect(wrap(`(1) ${'a'.repeat(60)} ${'b'.repeat(60)} c`, '    ')).toBe(`(1) ${'a'.repeat(60)}\n    ${'b'.repeat(60)} c`);
});

test('an indent stays one', () => {
  expect(wrap('      in one, two', '    ')).toBe('      in one, two');
});
