import type { Party } from '../../../../core/contract/compatibility/change.ts';
import { compareTypes } from '../../../../core/contract/compatibility/compare-types.ts';
import type { ColumnType } from '../../../../core/contract/model.ts';
import { BIGINT, column, INT, STRING, TIMESTAMP } from './fixtures.ts';
import { changesOfTypes, told } from './told.ts';

const DATE: ColumnType = { kind: 'date' };
const TIME: ColumnType = { kind: 'time' };
const DOUBLE: ColumnType = { kind: 'double' };
const decimal = (precision: number, scale: number): ColumnType => ({ kind: 'decimal', precision, scale });
const list = (items: ColumnType): ColumnType => ({ kind: 'array', items });
const map = (values: ColumnType): ColumnType => ({ kind: 'map', values });
const object = (type: ColumnType): ColumnType => ({ kind: 'object', fields: [column('f', type)] });

const TYPES: readonly ColumnType[] = [
  STRING,
  INT,
  BIGINT,
  DOUBLE,
  decimal(10, 2),
  { kind: 'boolean' },
  DATE,
  TIMESTAMP,
  TIME,
  list(STRING),
  object(STRING),
  map(STRING),
];
const WORDS = 'string int bigint double decimal boolean date timestamp time array object map'.split(' ');

/**
 * What becomes of each type (line) that becomes another (column): Widened, Narrowed or Changed, and whom it breaks:
 * Producers, Readers, Stored data; `=` is no change.
 */
const PAIRS = `
  =     C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS N-P   C-PRS C-PRS C-PRS
  C-PRS =     W-    C-RS  C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS
  C-PRS N-PS  =     C-RS  C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS
  C-PRS C-PRS C-PRS =     C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS
  C-PRS C-PRS C-PRS C-RS  =     C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS
  C-PRS C-PRS C-PRS C-PRS C-PRS =     C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS
  C-RS  C-PRS C-PRS C-PRS C-PRS C-PRS =     C-PRS C-PRS C-PRS C-PRS C-PRS
  C-RS  C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS =     C-PRS C-PRS C-PRS C-PRS
  W-R   C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS =     C-PRS C-PRS C-PRS
  C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS =     C-PRS C-PRS
  C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS =     C-PRS
  C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS C-PRS =
`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/ +/));

const INITIAL: Readonly<Record<Party, string>> = { producers: 'P', readers: 'R', 'stored data': 'S', privacy: 'X' };
const CODE = { W: 'TypeWidened', N: 'TypeNarrowed', C: 'TypeChanged' } as const;

describe.each(TYPES.map((before, line) => [WORDS[line], before, line] as const))('a column of type %s', (_word, before, line) => {
  test.each(TYPES.map((after, place) => [WORDS[place], PAIRS[line]?.[place] ?? '', after] as const))(
    'that becomes %s is %s',
    (_name, expected, after) => {
      const changes = changesOfTypes(before, after);
      if (expected === '=') {
        expect(changes).toEqual([]);
        return;
      }
      const [code, parties] = expected.split('-') as [keyof typeof CODE, string];
      expect(changes.map((change) => [change.code, change.breaks.map((party) => INITIAL[party]).join('')])).toEqual([
        [CODE[code], parties],
      ]);
      expect(changes[0]?.verdict).toBe(parties === '' ? 'additive' : 'breaking');
      const migrates = parties.includes('S') ? 'migration' : 'major version';
      expect(changes[0]?.action.kind).toBe(parties === '' ? 'minor version' : migrates);
    },
  );
});

const NARROWED = 'TypeNarrowed breaking d.v (producers, stored data): migration';
const FILES = 'TypeWidened breaking d.v (stored data): migration';

test.each<[string, ColumnType, ColumnType, string[]]>([
  ['decimal(10,2) to decimal(12,2)', decimal(10, 2), decimal(12, 2), [FILES]],
  ['decimal(10,2) to decimal(12,4)', decimal(10, 2), decimal(12, 4), [FILES]],
  ['decimal(10,2) to decimal(11,4)', decimal(10, 2), decimal(11, 4), [NARROWED]],
  ['decimal(12,2) to decimal(10,2)', decimal(12, 2), decimal(10, 2), [NARROWED]],
  ['decimal(10,2) to decimal(10,1)', decimal(10, 2), decimal(10, 1), [NARROWED]],
  ['int to decimal(10,0)', INT, decimal(10, 0), ['TypeChanged breaking d.v (readers, stored data): migration']],
  ['int to decimal(9,0)', INT, decimal(9, 0), ['TypeChanged breaking d.v (producers, readers, stored data): migration']],
  ['bigint to decimal(19,0)', BIGINT, decimal(19, 0), ['TypeChanged breaking d.v (readers, stored data): migration']],
  ['bigint to decimal(18,0)', BIGINT, decimal(18, 0), ['TypeChanged breaking d.v (producers, readers, stored data): migration']],
  [
    'bigint to int of values that are short anyway',
    { kind: 'integer', bits: 64, minimum: '0', maximum: '9' },
    { kind: 'integer', bits: 32, minimum: '0', maximum: '9' },
    ['TypeNarrowed breaking d.v (stored data): migration'],
  ],
  [
    'int to bigint, with its range written down',
    INT,
    { kind: 'integer', bits: 64, minimum: '-2147483648', maximum: '2147483647' },
    ['TypeWidened additive d.v: minor version', 'RuleRestated metadata d.v: nothing'],
  ],
  [
    'int to bigint, and a smaller range',
    INT,
    { kind: 'integer', bits: 64, maximum: '100' },
    ['TypeWidened additive d.v: minor version', 'RangeTightened breaking d.v (producers): major version'],
  ],
  [
    'date to a text that is too short for one',
    DATE,
    { kind: 'string', maxLength: 4 },
    ['TypeChanged breaking d.v (readers, stored data): migration', 'LengthTightened breaking d.v (producers): major version'],
  ],
  ['items from int to bigint', list(INT), list(BIGINT), ['TypeWidened additive d.v[]: minor version']],
  ['items from bigint to int', list(BIGINT), list(INT), ['TypeNarrowed breaking d.v[] (producers, stored data): migration']],
  ['values of a map from int to bigint', map(INT), map(BIGINT), ['TypeWidened additive d.v{}: minor version']],
  [
    'values of a map from bigint to int',
    map(BIGINT),
    map(INT),
    ['TypeNarrowed breaking d.v{} (producers, stored data): migration'],
  ],
  ['a field from int to bigint', object(INT), object(BIGINT), ['TypeWidened additive d.v.f: minor version']],
  [
    'a field of a map of lists of lists of objects',
    map(list(list(object(STRING)))),
    map(list(list(object(TIME)))),
    ['TypeNarrowed breaking d.v{}[][].f (producers): major version'],
  ],
])('%s', (_what, before, after, expected) => {
  expect(changesOfTypes(before, after).map(told)).toEqual(expected);
});

test('a column that is dropped at the door breaks producers alone, or nobody', () => {
  const place = { path: 'd.v', stored: false, nested: false };
  expect(compareTypes(BIGINT, INT, place).map(told)).toEqual(['TypeNarrowed breaking d.v (producers): major version']);
  expect(compareTypes(TIME, STRING, place).map(told)).toEqual(['TypeWidened additive d.v: minor version']);
});

test.each<[ColumnType, ColumnType, string]>([
  [BIGINT, INT, 'from bigint to int: values that are no int are refused; files that hold bigint are not read as int'],
  [INT, BIGINT, 'from int to bigint: every value sent before is accepted, and files are read as they lie'],
  [TIME, STRING, 'from time to string: queries written for time meet string'],
  [
    decimal(10, 2),
    STRING,
    'from decimal(10,2) to string: every value sent before is refused; queries written for decimal(10,2) meet string; files that hold decimal(10,2) are not read as string',
  ],
])('says why: %j to %j', (before, after, reason) => {
  expect(changesOfTypes(before, after)[0]?.reason).toBe(reason);
});
