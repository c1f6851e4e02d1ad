import fc from 'fast-check';
import { bytesOf as bytesOfLine, isTerminated, splitRecord } from '../../../core/record/split-record.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const parts = (bytes: Uint8Array) =>
  splitRecord(bytes).map((line) => [line.ordinal, line.text, Buffer.from(bytesOfLine(line)).toString('latin1')]);

test('splits at newlines and counts blank lines', () => {
  expect(parts(bytesOf('a\n\n  \nb\r\nc'))).toEqual([
    [0, 'a', 'a'],
    [3, 'b\r', 'b\r'],
    [4, 'c', 'c'],
  ]);
});

test('takes a byte order mark from the text and leaves it in the bytes', () => {
  expect(parts(bytesOf('\ufeffa'))).toEqual([[0, 'a', '\xef\xbb\xbfa']]);
  expect(parts(bytesOf('\ufeff\n'))).toEqual([]);
});

test('leaves the neighbours of a line alone that is not UTF-8', () => {
  expect(parts(Buffer.concat([bytesOf('a\n\n'), Uint8Array.of(0xff), bytesOf('\nb\n')]))).toEqual([
    [0, 'a', 'a'],
    [2, undefined, '\xff'],
    [3, 'b', 'b'],
  ]);
});

test('loses no byte that is not white space or a mark, whatever the bytes', () => {
  const bytes = fc
    .array(fc.constantFrom(10, 13, 32, 0x61, 0x7b, 0xc3, 0xa9, 0xff, 0), { maxLength: 40 })
    .map((list) => Uint8Array.from(list));
  fc.assert(
    fc.property(bytes, (record) => {
      const seen = splitRecord(record).flatMap((line) => [...bytesOfLine(line)]);
      const expected = Buffer.from(record)
        .toString('latin1')
        .split('\n')
        .filter((line) => !/^\s*$/.test(line.replaceAll('\xa0', '_')))
        .join('');
      expect(Buffer.from(seen).toString('latin1')).toBe(expected);
    }),
    { seed: 1 },
  );
});

test.each([
  ['a\n', true],
  ['a', false],
  ['\n', true],
  ['', false],
])('knows whether %j is terminated', (text, expected) => {
  expect(isTerminated(bytesOf(text))).toBe(expected);
});
