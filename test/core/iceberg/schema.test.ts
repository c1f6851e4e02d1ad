import { metadataPlace, readLiveTable } from '../../../core/iceberg/schema.ts';

const field = { id: 4, name: 'a', required: true, type: 'long' };
const metadata = {
  'format-version': 2,
  'table-uuid': '9c12d441-03fe-4693-9a96-a0705ddf69c1',
  location: 's3://curated/orders/',
  'last-column-id': 5,
  'current-schema-id': 1,
  schemas: [
    { type: 'struct', 'schema-id': 0, fields: [] },
    { type: 'struct', 'schema-id': 1, 'identifier-field-ids': [4], fields: [{ ...field, 'initial-default': 3 }] },
  ],
  properties: { a: 'b' },
  snapshots: [{ 'snapshot-id': 7 }],
};

test('reads what a table is of all that its metadata says', () => {
  expect(readLiveTable(JSON.stringify(metadata))).toEqual({
    location: 's3://curated/orders',
    lastColumnId: 5,
    fields: [field],
    identifierFieldIds: [4],
    properties: { a: 'b' },
    isEmpty: false,
  });
});

test.each([[[]], [undefined]])('a table of snapshots %j is empty', (snapshots) => {
  expect(readLiveTable(JSON.stringify({ ...metadata, snapshots })).isEmpty).toBe(true);
});

test('a table may have neither key nor properties', () => {
  const plain = { ...metadata, 'current-schema-id': 0, properties: undefined };
  expect(readLiveTable(JSON.stringify(plain))).toMatchObject({ identifierFieldIds: [], properties: {} });
});

test.each<[string, string]>([
  ['no JSON', 'secret'],
  ["'last-column-id' is not as the Iceberg specification has it", JSON.stringify({ ...metadata, 'last-column-id': undefined })],
  ["'format-version' must be 2 at most, got 3", JSON.stringify({ ...metadata, 'format-version': 3 })],
  ["'schemas.0.fields' is not", JSON.stringify({ ...metadata, schemas: [{ 'schema-id': 1 }] })],
  ["'current-schema-id' must be of one of 'schemas', got 7", JSON.stringify({ ...metadata, 'current-schema-id': 7 })],
])('fails for metadata of which %s', (message, text) => {
  expect(() => readLiveTable(text)).toThrow(
    expect.objectContaining({ code: 'BadIcebergMetadata', message: expect.stringContaining(message) as string }),
  );
});

const address = 's3://curated/orders/metadata/00000-x.metadata.json';
test.each(['ICEBERG', 'iceberg'])('finds the metadata of a table of type %s', (type) => {
  const entry = { databaseName: 'shop', tableName: 'orders', parameters: { table_type: type, metadata_location: address } };
  expect(metadataPlace(entry)).toEqual({ bucket: 'curated', key: 'orders/metadata/00000-x.metadata.json' });
});

test.each<Readonly<Record<string, string>>>([
  {},
  { table_type: 'ICEBERG' },
  { table_type: 'HUDI', metadata_location: address },
  { table_type: 'ICEBERG', metadata_location: 'file:///x' },
])('fails for a table of parameters %j, which is none of Iceberg', (parameters) => {
  expect(() => metadataPlace({ databaseName: 'shop', tableName: 'orders', parameters })).toThrow(
    expect.objectContaining({
      code: 'NotAnIcebergTable',
      message:
        "'shop.orders' must be an Iceberg table where it exists, got one that is none; choose another name, or drop that table first",
    }),
  );
});
