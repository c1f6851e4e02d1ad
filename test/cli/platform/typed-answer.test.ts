import { typedAnswer, type TypedValue } from '../../../cli/platform/typed-answer.ts';

const valueOf = (type: string, text: string | null): TypedValue | undefined =>
  typedAnswer({ columns: ['x'], types: [type], rows: [[text]] }).rows[0]?.x;

test.each<[string, string | null, TypedValue]>([
  ['tinyint', '-1', -1],
  ['smallint', '32767', 32767],
  ['integer', '0', 0],
  ['bigint', '9007199254740991', 9007199254740991],
  ['bigint', '-9007199254740991', -9007199254740991],
  ['bigint', '9007199254740992', '9007199254740992'],
  ['bigint', '-9223372036854775808', '-9223372036854775808'],
  ['double', '1.0E10', 1e10],
  ['double', '0.1', 0.1],
  ['double', 'NaN', 'NaN'],
  ['double', '-Infinity', '-Infinity'],
  ['float', '0.5', 0.5],
  ['decimal(10,2)', '129.90', '129.90'],
  ['boolean', 'true', true],
  ['boolean', 'false', false],
  ['varchar', '12', '12'],
  ['varchar', '', ''],
  ['varchar', 'null', 'null'],
  ['date', '2026-03-01', '2026-03-01'],
  ['array', '[1, 2]', '[1, 2]'],
  ['row', '{a=1}', '{a=1}'],
  ['bigint', null, null],
  ['boolean', null, null],
  ['varchar', null, null],
])('a %s of the text %j is %j', (type, text, value) => {
  expect(valueOf(type, text)).toBe(value);
});

test('columns keep their order and types, and names that stand again are told apart', () => {
  expect(typedAnswer({ columns: ['b', 'a', 'b'], types: ['bigint', 'varchar', 'boolean'], rows: [['1', '2', 'true']] })).toEqual({
    columns: [
      { name: 'b', type: 'bigint' },
      { name: 'a', type: 'varchar' },
      { name: 'b_2', type: 'boolean' },
    ],
    rows: [{ b: 1, a: '2', b_2: true }],
  });
});

test('an answer without rows has its columns all the same', () => {
  expect(typedAnswer({ columns: ['n'], types: ['bigint'], rows: [] })).toEqual({
    columns: [{ name: 'n', type: 'bigint' }],
    rows: [],
  });
});
