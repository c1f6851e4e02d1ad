import { changeOf, creationOf } from '../../../constructs/catalog/glue-iceberg.lambda.ts';
import {
  makeIcebergTable,
  tableRequest,
  type CatalogTable,
  type TablePorts,
  type TableRequest,
} from '../../../constructs/catalog/make-iceberg-table.ts';
import type { IcebergTableDefinition } from '../../../core/iceberg/table-definition.ts';
import { column, definition } from '../../core/iceberg/tables.ts';

const asked = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Orders' };
const request = (
  RequestType: TableRequest['RequestType'],
  rest: Partial<TableRequest> = {},
  wanted: Partial<IcebergTableDefinition> = {},
): TableRequest => ({
  RequestType,
  ResponseURL: 'https://example.com/answer',
  ...asked,
  ...(RequestType === 'Create' ? {} : { PhysicalResourceId: 'shop.orders' }),
  ResourceProperties: { Definition: JSON.stringify(definition(wanted)), DeleteWithStack: 'true' },
  ...rest,
});

const ADDRESS = 's3://curated/keep1/orders/metadata/00004-x.metadata.json';
const table: CatalogTable = { parameters: { table_type: 'ICEBERG', metadata_location: ADDRESS }, versionId: '3' };
const fields = [
  { id: 1, name: 'order_id', required: true, type: 'string' },
  { id: 2, name: 'amount', required: false, type: 'int' },
];
const metadata = JSON.stringify({
  'format-version': 2,
  location: 's3://curated/keep1/orders',
  'last-column-id': 2,
  'current-schema-id': 0,
  schemas: [{ 'schema-id': 0, 'identifier-field-ids': [1], fields }],
  properties: { a: 'b' },
  snapshots: [{ 'snapshot-id': 1 }],
});

/** Ports of a catalog, and what was called, as the SDK is given it; an entry of `fails` ends the next call of its name. */
function catalog(found: CatalogTable | undefined, fails: Partial<Record<keyof TablePorts, Error[]>> = {}) {
  const calls: [keyof TablePorts, unknown][] = [];
  const call = (name: keyof TablePorts, given: unknown): Promise<void> => {
    calls.push([name, given]);
    const error = fails[name]?.shift();
    return error === undefined ? Promise.resolve() : Promise.reject(error);
  };
  const ports: TablePorts = {
    find: ({ databaseName, tableName }) => call('find', `${databaseName}.${tableName}`).then(() => found),
    read: (place) => call('read', place).then(() => metadata),
    create: (name, state) => call('create', creationOf(name, state)),
    update: (name, state, versionId) => call('update', changeOf(name, state, versionId)),
    remove: ({ databaseName, tableName }) => call('remove', `${databaseName}.${tableName}`),
    wait: (milliseconds) => call('wait', milliseconds),
  };
  return { ports, calls };
}

const named = (name: string): Error => Object.assign(new Error('no'), { name });
const LOOKED = [
  ['find', 'shop.orders'],
  ['read', { bucket: 'curated', key: 'keep1/orders/metadata/00004-x.metadata.json' }],
];
const schema = (...more: object[]) => ({
  Type: 'struct',
  IdentifierFieldIds: [1],
  Fields: [
    { Id: 1, Name: 'order_id', Required: true, Type: 'string' },
    { Id: 2, Name: 'amount', Required: false, Type: 'int' },
    ...more,
  ],
});
const done = { Status: 'SUCCESS', PhysicalResourceId: 'shop.orders', ...asked };

test('makes a table that is not there, by its definition alone', async () => {
  const { ports, calls } = catalog(undefined);
  expect(await makeIcebergTable(request('Create'), ports)).toEqual(done);
  expect(calls).toEqual([
    ['find', 'shop.orders'],
    [
      'create',
      {
        DatabaseName: 'shop',
        Name: 'orders',
        OpenTableFormatInput: {
          IcebergInput: {
            MetadataOperation: 'CREATE',
            Version: '2',
            CreateIcebergTableInput: { Location: 's3://curated/keep1/orders', Schema: schema(), Properties: {} },
          },
        },
      },
    ],
  ]);
});

test('a table without a key is made without identifier fields, its parts as the specification writes them', async () => {
  const columns = [
    column('parts', {
      type: 'list',
      elementRequired: true,
      element: {
        type: 'struct',
        fields: [column('sizes', { type: 'map', key: 'string', value: 'decimal(9,2)', valueRequired: false }, { comment: 'cm' })],
      },
    }),
  ];
  const { ports, calls } = catalog(undefined);
  await makeIcebergTable(request('Create', {}, { columns, key: [] }), ports);
  const sizes = { type: 'map', 'key-id': 4, key: 'string', 'value-id': 5, 'value-required': false, value: 'decimal(9,2)' };
  const element = { type: 'struct', fields: [{ id: 3, name: 'sizes', required: false, type: sizes, doc: 'cm' }] };
  const Type = { type: 'list', 'element-id': 2, 'element-required': true, element };
  const Schema = { Type: 'struct', Fields: [{ Id: 1, Name: 'parts', Required: false, Type }] };
  const created = expect.objectContaining({ Schema }) as unknown;
  expect(calls[1]).toMatchObject(['create', { OpenTableFormatInput: { IcebergInput: { CreateIcebergTableInput: created } } }]);
});

test.each(['Create', 'Update'] as const)('%s leaves a table alone that is as wanted', async (type) => {
  const { ports, calls } = catalog(table);
  expect(await makeIcebergTable(request(type), ports)).toEqual(done);
  expect(calls).toEqual(LOOKED);
});

test.each(['Create', 'Update'] as const)('%s evolves a table that is there, of the version that was looked at', async (type) => {
  const { ports, calls } = catalog(table);
  const columns = [...definition().columns, column('paid', 'boolean', { comment: 'in full' })];
  expect(await makeIcebergTable(request(type, {}, { columns }), ports)).toEqual(done);
  const Schema = schema({ Id: 3, Name: 'paid', Required: false, Type: 'boolean', Doc: 'in full' });
  expect(calls).toEqual([
    ...LOOKED,
    [
      'update',
      {
        DatabaseName: 'shop',
        Name: 'orders',
        VersionId: '3',
        UpdateOpenTableFormatInput: {
          UpdateIcebergInput: {
            UpdateIcebergTableInput: {
              Updates: [{ Location: 's3://curated/keep1/orders', Schema, Properties: { a: 'b' } }],
            },
          },
        },
      },
    ],
  ]);
});

test('a name that changes is another table, of another physical id', async () => {
  const { ports, calls } = catalog(undefined);
  const answer = await makeIcebergTable(request('Update', {}, { tableName: 'orders_2' }), ports);
  expect(answer).toEqual({ ...done, PhysicalResourceId: 'shop.orders_2' });
  expect(calls).toMatchObject([
    ['find', 'shop.orders_2'],
    ['create', { Name: 'orders_2' }],
  ]);
});

test.each([
  ['update', 'ConcurrentModificationException', table],
  ['find', 'AccessDeniedException', table],
  ['read', 'AccessDenied', table],
  ['create', 'AlreadyExistsException', undefined],
] as const)('looks anew where %s ends with %s', async (call, error, found) => {
  const { ports, calls } = catalog(found, { [call]: [named(error), named(error)] });
  const columns = [...definition().columns, column('paid')];
  expect(await makeIcebergTable(request('Update', {}, { columns }), ports)).toEqual(done);
  expect(calls.filter(([name]) => name === 'find')).toHaveLength(3);
  expect(calls).toEqual(
    expect.arrayContaining([
      ['wait', 1_000],
      ['wait', 2_000],
    ]),
  );
});

test('gives up in the end, and says why', async () => {
  const { ports, calls } = catalog(table, { find: Array.from({ length: 6 }, () => named('AccessDeniedException')) });
  expect(await makeIcebergTable(request('Update'), ports)).toEqual({
    ...done,
    Status: 'FAILED',
    Reason: 'AccessDeniedException: no',
  });
  expect(calls.filter(([name]) => name === 'find')).toHaveLength(6);
});

test('waits where Glue wraps a refusal of S3', async () => {
  const refused = Object.assign(new Error('Access Denied (Service: S3)'), { name: 'InvalidInputException' });
  const { ports, calls } = catalog(undefined, { create: [refused] });
  expect(await makeIcebergTable(request('Create'), ports)).toEqual(done);
  expect(calls.filter(([name]) => name === 'create')).toHaveLength(2);
});

test('fails at once for what passes by no waiting', async () => {
  const { ports, calls } = catalog(undefined, { create: [named('InvalidInputException')] });
  expect(await makeIcebergTable(request('Create'), ports)).toMatchObject({
    Status: 'FAILED',
    Reason: 'InvalidInputException: no',
  });
  expect(calls).toHaveLength(2);
});

test.each<[string, TableRequest, CatalogTable | undefined]>([
  ['BadIcebergDefinition', request('Create', {}, { key: ['nothing'] }), undefined],
  ['NotAnIcebergTable', request('Create'), { parameters: {} }],
  ['IcebergLocationChanged', request('Create', {}, { location: 's3://curated/elsewhere' }), table],
  ['IcebergKeyChanged', request('Create', {}, { key: [] }), table],
  ['IcebergTypeChanged', request('Create', {}, { columns: [...definition().columns.slice(0, 1), column('amount')] }), table],
])('fails with %s and changes nothing; what follows on a refused creation takes no table', async (code, given, found) => {
  const { ports, calls } = catalog(found);
  const answer = await makeIcebergTable(given, ports);
  expect(answer).toMatchObject({ Status: 'FAILED', ...asked });
  expect(answer.Reason).toMatch(new RegExp(`^${code}: `));
  const deletion = {
    ...request('Delete'),
    ...given,
    RequestType: 'Delete' as const,
    PhysicalResourceId: answer.PhysicalResourceId,
  };
  expect(await makeIcebergTable(deletion, ports)).toMatchObject({ Status: 'SUCCESS' });
  expect(calls.map(([name]) => name).filter((name) => ['create', 'update', 'remove'].includes(name))).toEqual([]);
});

test('an update that is refused keeps the physical id, so that nothing is taken for replaced', async () => {
  const { ports } = catalog({ parameters: {} });
  const answer = await makeIcebergTable(request('Update', {}, { tableName: 'orders_2' }), ports);
  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'shop.orders' });
});

test('a reason is of a thousand bytes at most', async () => {
  const error = Object.assign(new Error('é'.repeat(2_000)), { name: 'InvalidInputException' });
  const { ports } = catalog(undefined, { create: [error] });
  const { Reason = '' } = await makeIcebergTable(request('Create'), ports);
  expect(Buffer.byteLength(Reason)).toBeLessThanOrEqual(1_000);
  expect(Reason.length).toBeGreaterThan(500);
});

test('a deletion takes the table that its id names, whatever the definition says', async () => {
  const { ports, calls } = catalog(table);
  const given = request('Delete', { ResourceProperties: { Definition: 'of an earlier version', DeleteWithStack: 'true' } });
  expect(await makeIcebergTable(given, ports)).toEqual(done);
  expect(calls).toEqual([['remove', 'shop.orders']]);
});

test('a deletion takes nothing that is retained', async () => {
  const { ports, calls } = catalog(table);
  const given = request('Delete', { ResourceProperties: { Definition: '{}', DeleteWithStack: 'false' } });
  expect(await makeIcebergTable(given, ports)).toEqual(done);
  expect(calls).toEqual([]);
});

test('reads what CloudFormation sends', () => {
  const event = { ...request('Update'), ServiceToken: 'arn', ResourceType: 'Custom::IcebergTable', OldResourceProperties: {} };
  expect(tableRequest.parse({ ...event, ResourceProperties: { ...event.ResourceProperties, ServiceToken: 'arn' } })).toEqual(
    request('Update'),
  );
});
