import { table } from '../../cli/table.ts';

/** The cells of each line, with the spaces that align them. */
const cells = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) => line.split('│').slice(1, -1));

test('aligns words to the left and numbers to the right', () => {
  const drawn = table(
    ['kind', 'count', 'size'],
    [
      ['gas', '12', '1.5 MB'],
      ['power', '1,234', '900 B'],
    ],
  );
  expect(cells(drawn)).toEqual([
    [' kind  ', ' count ', '   size '],
    [' gas   ', '    12 ', ' 1.5 MB '],
    [' power ', ' 1,234 ', '  900 B '],
  ]);
});

test('aligns a column to the left when one of its values is a word', () => {
  expect(cells(table(['mixed'], [['1'], ['none!']]))).toEqual([[' mixed '], [' 1     '], [' none! ']]);
});

test('a table without rows shows its head', () => {
  expect(cells(table(['kind', 'count'], []))).toEqual([[' kind ', ' count ']]);
});

test('writes plain text: no colours', () => {
  expect(table(['a'], [['b']])).not.toContain('\u001b');
});
