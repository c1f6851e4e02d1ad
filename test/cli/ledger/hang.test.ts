import { hang } from '../../../cli/ledger/hang.ts';

test.each([
  ['keeps what fits in 120 columns', '  ', `a ${'b'.repeat(116)}`, `  a ${'b'.repeat(116)}`],
  ['breaks what has one more', '  ', `a ${'b'.repeat(117)}`, `  a\n  ${'b'.repeat(117)}`],
  ['keeps what has no word to break at', '', 'c'.repeat(130), 'c'.repeat(130)],
  [
    'goes on below the words, and not below the number before them',
    '(1) ',
    `${'a'.repeat(60)} ${'b'.repeat(60)} c`,
    `(1) ${'a'.repeat(60)}\n    ${'b'.repeat(60)} c`,
  ],
])('%s', (_, head, text, expected) => {
  expect(hang(head, text)).toBe(expected);
});
