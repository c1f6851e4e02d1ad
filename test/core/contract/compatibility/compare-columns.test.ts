import { compareDatasets } from '../../../../core/contract/compatibility/compare-datasets.ts';
import type { Column, ColumnType } from '../../../../core/contract/model.ts';
import { BIGINT, column, COLUMNS, dataset, STRING, withColumn } from './fixtures.ts';
import { bareDataset, told, toldOf } from './told.ts';

const v = (rest: Partial<Column> = {}): Column => column('v', STRING, rest);
const REMOVED = 'ColumnRemoved breaking d.v (readers): major version';

test.each<[string, readonly Column[], readonly Column[], string[]]>([
  ['an optional column more', [], [v()], ['ColumnAdded additive d.v: minor version']],
  ['a required column more', [], [v({ required: true })], ['ColumnAdded breaking d.v (producers): major version']],
  [
    'a column more, before others',
    [column('w', BIGINT)],
    [v(), column('w', BIGINT)],
    ['ColumnAdded additive d.v: minor version'],
  ],
  ['a column less', [v()], [], [REMOVED]],
  ['a column less that was dropped at the door', [v({ protection: 'drop' })], [], ['ColumnRemoved additive d.v: minor version']],
  ['a required column', [v()], [v({ required: true })], ['ColumnMadeRequired breaking d.v (producers): major version']],
  ['an optional column', [v({ required: true })], [v()], ['ColumnMadeOptional breaking d.v (readers): major version']],
  [
    'an optional column that is dropped at the door',
    [v({ required: true, protection: 'drop' })],
    [v({ protection: 'drop' })],
    ['ColumnMadeOptional additive d.v: minor version'],
  ],
  ['a unique column', [v()], [v({ unique: true })], ['UniqueAdded additive d.v: minor version']],
  ['a repeatable column', [v({ unique: true })], [v()], ['UniqueRemoved breaking d.v (readers): major version']],
  ['another description', [v()], [v({ description: 'V' })], ['DescriptionChanged metadata d.v: nothing']],
  ['another business name', [v()], [v({ businessName: 'V' })], ['BusinessNameChanged metadata d.v: nothing']],
  ['another example', [v()], [v({ examples: ['a'] })], ['ExamplesChanged metadata d.v: nothing']],
  ['another tag', [v()], [v({ tags: ['a'] })], ['TagsChanged metadata d.v: nothing']],
  ['a mark of personal data', [v()], [v({ tags: ['personal'] })], ['TagsChanged metadata d.v: nothing']],
  [
    'no mark of personal data',
    [v({ tags: ['personal', 'a'] })],
    [v({ tags: ['a'] })],
    ['PersonalMarkRemoved breaking d.v (privacy): major version'],
  ],
  [
    'a lower classification',
    [v({ classification: 'confidential' })],
    [v({ classification: 'public' })],
    ['ClassificationLowered breaking d.v (privacy): major version'],
  ],
  [
    'a higher classification',
    [v()],
    [v({ classification: 'confidential' })],
    ['ClassificationRaised breaking d.v (readers): major version'],
  ],
  [
    'two columns in another order',
    [v(), column('w', BIGINT)],
    [column('w', BIGINT), v()],
    ['ColumnsReordered metadata d: nothing'],
  ],
  [
    'two columns in another order and one between',
    [v(), column('w', BIGINT)],
    [column('w', BIGINT), column('x', BIGINT), v()],
    ['ColumnAdded additive d.x: minor version', 'ColumnsReordered metadata d: nothing'],
  ],
])('%s', (_what, before, after, expected) => {
  expect(toldOf(bareDataset(...before), bareDataset(...after))).toEqual(expected);
});

const STRENGTHENED = 'ProtectionStrengthened breaking d.v (readers, stored data): migration';
const WEAKENED = 'ProtectionWeakened breaking d.v (readers, privacy): major version';
const OTHER = 'ProtectionChanged breaking d.v (readers, stored data): migration';
/** From each protection (line) to each other (column). */
const PROTECTIONS = [undefined, 'mask', 'hash', 'tokenize', 'drop'] as const;
const BECOMES = [
  [undefined, STRENGTHENED, STRENGTHENED, STRENGTHENED, STRENGTHENED],
  [WEAKENED, undefined, OTHER, OTHER, STRENGTHENED],
  [WEAKENED, OTHER, undefined, OTHER, STRENGTHENED],
  [WEAKENED, OTHER, OTHER, undefined, STRENGTHENED],
  [WEAKENED, WEAKENED, WEAKENED, WEAKENED, undefined],
];
test.each(
  PROTECTIONS.flatMap((before, line) => PROTECTIONS.map((after, place) => [before, after, BECOMES[line]?.[place]] as const)),
)('a protection from %s to %s', (before, after, expected) => {
  const [one, other] = [before, after].map((protection) => v(protection === undefined ? {} : { protection })) as [Column, Column];
  expect(toldOf(bareDataset(one), bareDataset(other))).toEqual(expected === undefined ? [] : [expected]);
});

const wrapped: readonly [string, string, (fields: readonly Column[]) => ColumnType][] = [
  ['an object', '', (fields) => ({ kind: 'object', fields })],
  ['a list of objects', '[]', (fields) => ({ kind: 'array', items: { kind: 'object', fields } })],
  ['a map of objects', '{}', (fields) => ({ kind: 'map', values: { kind: 'object', fields } })],
  [
    'lists of maps of lists of objects',
    '[]{}[]',
    (fields) => ({
      kind: 'array',
      items: { kind: 'map', values: { kind: 'array', items: { kind: 'object', fields } } },
    }),
  ],
];
describe.each(wrapped)('within %s', (_where, path, wrap) => {
  const field = (rest: Partial<Column> = {}) => column('f', STRING, rest);
  const of = (...fields: readonly Column[]) => bareDataset(column('v', wrap(fields)));
  test.each<[string, readonly Column[], readonly Column[], string]>([
    ['an optional field more', [], [field()], `ColumnAdded additive d.v${path}.f: minor version`],
    ['a required field more', [], [field({ required: true })], `ColumnAdded breaking d.v${path}.f (producers): major version`],
    ['a field less', [field()], [], `ColumnRemoved breaking d.v${path}.f (readers): major version`],
    [
      'a field renamed',
      [field()],
      [column('g', STRING)],
      `ColumnRenamed breaking d.v${path}.g (producers, readers, stored data): migration`,
    ],
    [
      'a field made optional',
      [field({ required: true })],
      [field()],
      `ColumnMadeOptional breaking d.v${path}.f (readers): major version`,
    ],
    [
      'one value more',
      [field({ validValues: ['a'] })],
      [field({ validValues: ['a', 'b'] })],
      `ValidValuesExtended additive d.v${path}.f: minor version`,
    ],
    [
      'fields in another order',
      [field(), column('g', BIGINT)],
      [column('g', BIGINT), field()],
      `ColumnsReordered metadata d.v${path}: nothing`,
    ],
    ['a field marked as key', [field()], [field({ primaryKey: true })], `KeyChanged metadata d.v${path}.f: nothing`],
  ])('%s', (_what, before, after, expected) => {
    expect(toldOf(of(...before), of(...after))).toEqual([expected]);
  });
});

describe('a rename', () => {
  const renames = (before: readonly Column[], after: readonly Column[]) =>
    compareDatasets(bareDataset(...before), bareDataset(...after)).map(({ code, reason }) =>
      code === 'ColumnRenamed' ? reason.split(':')[0] : code,
    );
  const end = column('end', BIGINT);

  test('is told by the place', () => {
    expect(renames([v(), end], [column('w', STRING), end])).toEqual([
      "from 'v' to 'w', taken for one column by the same type and rules and the same place",
    ]);
  });
  test('is told by the description', () => {
    expect(renames([v({ description: 'A' }), end], [end, column('w', STRING, { description: 'A' })])).toEqual([
      "from 'v' to 'w', taken for one column by the same type and rules and the same description",
      'ColumnsReordered',
    ]);
  });
  test('is told by both', () => {
    expect(renames([v({ description: 'A' }), end], [column('w', STRING, { description: 'A' }), end])).toEqual([
      "from 'v' to 'w', taken for one column by the same type and rules and the same description and the same place",
    ]);
  });
  test('hides nothing of who may see the values by now', () => {
    const was = v({ classification: 'restricted', protection: 'mask', tags: ['personal'] });
    expect(renames([was, end], [column('w', STRING, { classification: 'internal' }), end])).toEqual(
      expect.arrayContaining([
        "from 'v' to 'w', taken for one column by the same type and rules and the same place",
        'ClassificationLowered',
        'ProtectionWeakened',
      ]),
    );
  });
  test('of two neighbours is told by their order', () => {
    expect(renames([column('a', STRING), column('b', STRING), end], [column('c', STRING), column('d', STRING), end])).toEqual([
      "from 'a' to 'c', taken for one column by the same type and rules and the same place",
      "from 'b' to 'd', taken for one column by the same type and rules and the same place",
    ]);
  });
  test('is none where two columns could be the new one', () => {
    const alike = { description: 'A' };
    expect(renames([v(alike), end], [column('w', STRING, alike), end, column('x', STRING, alike)])).toEqual([
      "from 'v' to 'w', taken for one column by the same type and rules and the same description and the same place",
      'ColumnAdded',
    ]);
    expect(renames([end, v(alike)], [column('w', STRING, alike), end, column('x', STRING), column('y', STRING, alike)])).toEqual([
      'ColumnRemoved',
      'ColumnAdded',
      'ColumnAdded',
      'ColumnAdded',
    ]);
  });
  test.each<[string, Column]>([
    ['another type', column('w', BIGINT)],
    ['another rule', column('w', { kind: 'string', maxLength: 3 })],
    ['another need', column('w', STRING, { required: true })],
  ])('is none with %s', (_what, other) => {
    expect(renames([v(), end], [other, end])).toEqual(['ColumnRemoved', 'ColumnAdded']);
  });
  test('is none with neither the place nor the description', () => {
    expect(renames([v(), end], [end, column('w', STRING)])).toEqual(['ColumnRemoved', 'ColumnAdded']);
  });
  test('tells what else is another, under the new name', () => {
    expect(toldOf(bareDataset(v(), end), bareDataset(column('w', STRING, { description: 'W' }), end))).toEqual([
      'ColumnRenamed breaking d.w (producers, readers, stored data): migration',
      'DescriptionChanged metadata d.w: nothing',
    ]);
  });
  test('of a column that is dropped at the door breaks producers alone', () => {
    const dropped = { protection: 'drop' } as const;
    expect(toldOf(bareDataset(v(dropped), end), bareDataset(column('w', STRING, dropped), end))).toEqual([
      'ColumnRenamed breaking d.w (producers): major version',
    ]);
  });
  test('is followed by all that names the column', () => {
    const now = (name: string) => (name === 'reading_id' ? 'id' : name);
    const before = dataset();
    const after = {
      ...withColumn('reading_id', { name: 'id' }),
      primaryKey: ['id'],
      eventIdFields: ['id'],
      quality: before.quality.map((rule) => (rule.kind === 'library' ? { ...rule, values: rule.values.map(now) } : rule)),
    };
    expect(toldOf(before, after)).toEqual(['ColumnRenamed breaking readings.id (producers, readers, stored data): migration']);
  });
});

test('a column of every kind that goes comes back as one that is added', () => {
  for (const { name, required } of COLUMNS.filter((one) => one.protection !== 'drop' && one.name !== 'kind')) {
    const codes = (one = dataset(), other = withColumn(name)) => compareDatasets(one, other).map(({ code }) => code);
    expect(codes()).toContain('ColumnRemoved');
    expect(codes(withColumn(name), dataset())).toContain('ColumnAdded');
    expect(compareDatasets(withColumn(name), dataset()).map(told)).toContain(
      `ColumnAdded ${required ? 'breaking' : 'additive'} readings.${name}${required ? ' (producers): major' : ': minor'} version`,
    );
  }
});
