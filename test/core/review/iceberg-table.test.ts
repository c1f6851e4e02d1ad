import { icebergDefinition } from '../../../core/review/rules/iceberg-table.ts';

const column = (name: string, type: string, required = false) => ({ name, type, required });
const COLUMNS = [column('id', 'string', true), column('amount', 'int'), column('price', 'decimal(10,2)')];
const definition = (rest: object = {}): string =>
  JSON.stringify({
    databaseName: 'lake',
    tableName: 'orders',
    location: 's3://bucket/shop/orders',
    columns: COLUMNS,
    key: ['id'],
    properties: { owner: 'a' },
    ...rest,
  });
const changed = (place: number, type: string) => COLUMNS.map((each, at) => (at === place ? { ...each, type } : each));
const judge = (before: unknown, after: unknown) =>
  icebergDefinition(before, after, 'Definition', { before: {}, after: {} }).map(({ code }) => code);

test.each<[string, object, string[]]>([
  ['a column more', { columns: [...COLUMNS, column('note', 'string')] }, []],
  ['a comment', { columns: COLUMNS.map((each) => ({ ...each, comment: 'what it holds' })) }, []],
  ['a description and another property', { description: 'orders', properties: { owner: 'b' } }, []],
  ['a wider integer', { columns: changed(1, 'long') }, []],
  ['a wider decimal', { columns: changed(2, 'decimal(12,2)') }, []],
  ['another type', { columns: changed(1, 'string') }, ['ColumnTypeChanged']],
  ['another scale', { columns: changed(2, 'decimal(10,3)') }, ['ColumnTypeChanged']],
  ['a column less', { columns: COLUMNS.slice(0, 2) }, ['ColumnDropped']],
  ['another place', { location: 's3://bucket/shop/others' }, ['TableMoved']],
  ['another key', { columns: [...COLUMNS, column('line', 'int', true)], key: ['id', 'line'] }, ['CreateOnlyChanged']],
  ['no key', { key: [] }, ['CreateOnlyChanged']],
  ['another name', { tableName: 'sales' }, ['PhysicalNameChanged']],
  ['another database', { databaseName: 'sea' }, ['PhysicalNameChanged']],
])('%s of an Iceberg table', (_, rest, codes) => {
  expect(judge(definition(), definition(rest))).toEqual(codes);
});

const struct = (...names: string[]) => ({
  ...column('place', ''),
  type: { type: 'struct', fields: names.map((name) => column(name, 'string')) },
});
const said = (before: object, after: object) =>
  icebergDefinition(definition(before), definition(after), 'Definition', { before: {}, after: {} }).map(
    ({ code, says }) => `${code}: ${says}`,
  );
const FEWER = COLUMNS.slice(0, 2);
const GONE = 'no row shows it any more, and it comes back empty';

test.each<[string, object, object, string[]]>([
  [
    'a column that stays',
    {},
    { columns: FEWER },
    ["ColumnDropped: column 'price' is gone: it stays in the table, and no new row has a value in it"],
  ],
  [
    'a column that goes',
    { unwantedColumns: 'drop' },
    { columns: FEWER, unwantedColumns: 'drop' },
    [`ColumnDropped: column 'price' is gone: ${GONE}`],
  ],
  [
    'a field of a struct',
    { columns: [...COLUMNS, struct('street', 'town')] },
    { columns: [...COLUMNS, struct('town')] },
    [`ColumnDropped: column 'place.street' is gone: ${GONE}`],
  ],
  [
    'columns of others',
    {},
    { unwantedColumns: 'drop' },
    ["ColumnDropped: columns that 'Definition' does not name go from the table, whoever has added them"],
  ],
  ['nothing, where what it drops is kept from now on', { unwantedColumns: 'drop' }, {}, []],
])('what becomes of %s is said', (_, before, after, expected) => {
  expect(said(before, after)).toEqual(expected);
});

const joined = (bucket: object, rest: object = {}) => {
  const [before = '', after = ''] = definition({ location: 's3://|/shop/orders', ...rest }).split('|');
  return { 'Fn::Join': ['', [before, bucket, after]] };
};
const IMPORTED = { 'Fn::ImportValue': 'lake-CuratedBucketName' };

test('what only a deployment knows is the same where it is the same, and another place where it is not', () => {
  expect(judge(joined(IMPORTED), joined(IMPORTED, { properties: {} }))).toEqual([]);
  expect(judge(joined(IMPORTED), joined({ 'Fn::ImportValue': 'sea-CuratedBucketName' }))).toEqual(['TableMoved']);
});

test.each([['{}'], ['no JSON'], [{ Ref: 'Definition' }]])(
  'a definition that cannot be read is never passed: %j',
  (unreadable) => {
    expect(judge(definition(), unreadable)).toEqual(['UnknownEffect']);
    expect(judge(unreadable, definition())).toEqual(['UnknownEffect']);
  },
);
