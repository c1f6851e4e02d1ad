import { readFileSync } from 'node:fs';
import type { GlueTable } from '../../../../local/glue/index.ts';
import { readMetadata, type TableMetadata } from '../../../../local/iceberg/metadata.ts';
import type { Fact } from '../fact.ts';
import { Catalog } from './with-catalog.ts';

const api = (type: string): string => `https://docs.aws.amazon.com/glue/latest/webapi/API_${type}.html`;
const PROBE = 'https://github.com/go-to-k/cdkd/issues/1408';
const EVOLUTION = 'https://github.com/ksco92/arceus#schema--partition-evolution-via-cdk-only';

const LOCATION = 's3://lake/t';
const field = (Id: number, Name: string, Type: unknown, more: object = {}) => ({ Id, Name, Type, Required: false, ...more });
const schema = (...Fields: readonly object[]) => ({ Type: 'struct', Fields });
const ROW = { type: 'struct', fields: [{ id: 7, name: 'x', required: true, type: 'int' }] };

const iceberg = (given: object, more: object = {}) => ({
  DatabaseName: 'sales',
  Name: 'T',
  OpenTableFormatInput: {
    IcebergInput: { MetadataOperation: 'CREATE', Version: '2', CreateIcebergTableInput: { Location: LOCATION, ...given } },
  },
  ...more,
});
const ofColumns = (TableInput: object) => ({
  DatabaseName: 'sales',
  TableInput: { Name: 't', TableType: 'EXTERNAL_TABLE', ...TableInput },
  OpenTableFormatInput: { IcebergInput: { MetadataOperation: 'CREATE' } },
});
const COLUMNS = { Columns: [{ Name: 'id', Type: 'bigint' }], Location: `${LOCATION}/` };
const update = (...Updates: readonly object[]) => ({
  DatabaseName: 'sales',
  Name: 't',
  UpdateOpenTableFormatInput: {
    UpdateIcebergInput: { UpdateIcebergTableInput: { Updates: Updates.map((each) => ({ Location: LOCATION, ...each })) } },
  },
});
const ONE = { Schema: schema(field(1, 'id', 'long')) };

const tableOf = async (catalog: Catalog): Promise<GlueTable> =>
  (await catalog.call<{ Table: GlueTable }>('GetTable', { DatabaseName: 'sales', Name: 't' })).Table;
async function metadataOf(catalog: Catalog): Promise<TableMetadata> {
  const address = (await tableOf(catalog)).Parameters?.['metadata_location'] ?? '';
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(address) ?? [];
  const { file } = catalog.store.getObject({ arn: '', accountId: '' }, bucket, key);
  return readMetadata(readFileSync(file, 'utf8'), address);
}
const columnsOf = ({ schemas, 'current-schema-id': id }: TableMetadata) =>
  schemas.find((each) => each['schema-id'] === id)?.fields.map((each) => `${each.id} ${each.name}`);

/** Iceberg tables that Glue itself makes and changes. */
export const icebergFacts: readonly Fact[] = [
  {
    says: 'CreateTable with a CreateIcebergTableInput writes the first metadata file to S3 and sets table_type and metadata_location; TableInput is left out then, and Name stands at the top',
    basis: 'documented',
    source: api('CreateIcebergTableInput'),
    holds: async () => {
      const catalog = await Catalog.open();
      const partitions = { Fields: [{ SourceId: 1, Transform: 'bucket[16]', Name: 'b' }] };
      const sort = { Direction: 'asc', NullOrder: 'nulls-last' };
      const order = { OrderId: 1, Fields: [{ SourceId: 1, Transform: 'identity', ...sort }] };
      const given = {
        Schema: { ...schema(field(1, 'Id', 'long'), field(5, 'row', ROW, { Doc: 'd' })), IdentifierFieldIds: [1] },
      };
      await catalog.call(
        'CreateTable',
        iceberg({ ...given, PartitionSpec: partitions, WriteOrder: order, Properties: { a: 'b' } }),
      );
      const { Parameters, ...table } = await tableOf(catalog);
      expect(Object.keys(Parameters ?? {}).sort()).toEqual(['metadata_location', 'table_type']);
      expect(Parameters).toMatchObject({
        table_type: 'ICEBERG',
        metadata_location: expect.stringMatching(/^s3:\/\/lake\/t\/metadata\/00000-.*\.metadata\.json$/) as string,
      });
      expect(table).toMatchObject({
        Name: 't',
        TableType: 'EXTERNAL_TABLE',
        StorageDescriptor: {
          Location: LOCATION,
          Columns: [
            { Name: 'id', Type: 'bigint' },
            { Name: 'row', Type: 'struct<x:int>' },
          ],
        },
      });
      expect(await metadataOf(catalog)).toMatchObject({
        location: LOCATION,
        'last-column-id': 7,
        'last-partition-id': 1000,
        schemas: [
          {
            'schema-id': 0,
            'identifier-field-ids': [1],
            fields: [
              { id: 1, name: 'Id' },
              { id: 5, doc: 'd', type: ROW },
            ],
          },
        ],
        'partition-specs': [{ 'spec-id': 0, fields: [{ name: 'b', 'field-id': 1000, transform: 'bucket[16]', 'source-id': 1 }] }],
        'default-sort-order-id': 1,
        'sort-orders': [{ 'order-id': 1, fields: [{ 'source-id': 1, 'null-order': 'nulls-last' }] }],
        properties: { a: 'b' },
      });
    },
  },
  {
    says: 'the metadata is written as whoever asks for the table, who needs s3:PutObject; where it is refused there is no table',
    basis: 'undecided',
    source: api('CreateTable'),
    holds: async () => {
      const catalog = await Catalog.open();
      catalog.access.deny((action) => action === 's3:PutObject');
      expect((await catalog.refusal('CreateTable', iceberg(ONE))).code).toBe('AccessDeniedException');
      expect((await catalog.refusal('GetTable', { DatabaseName: 'sales', Name: 't' })).code).toBe('EntityNotFoundException');
    },
  },
  {
    says: 'with a TableInput and no CreateIcebergTableInput the columns and the location are those of its StorageDescriptor, and its Description stays',
    basis: 'observed',
    source: 'https://github.com/go-to-k/cdkd/pull/1453',
    holds: async () => {
      const catalog = await Catalog.open();
      await catalog.call('CreateTable', ofColumns({ Description: 'd', StorageDescriptor: COLUMNS }));
      expect(await tableOf(catalog)).toMatchObject({ Description: 'd', Parameters: { table_type: 'ICEBERG' } });
      expect(columnsOf(await metadataOf(catalog))).toEqual(['1 id']);
    },
  },
  {
    says: "a TableInput of an Iceberg table must have the TableType 'EXTERNAL_TABLE' and a Location",
    basis: 'observed',
    source: PROBE,
    holds: async () => {
      const catalog = await Catalog.open();
      expect(await catalog.refusal('CreateTable', ofColumns({ TableType: undefined, StorageDescriptor: COLUMNS }))).toEqual({
        code: 'InvalidInputException',
        message: 'Iceberg table type has to be EXTERNAL_TABLE',
      });
      const { message } = await catalog.refusal('CreateTable', ofColumns({ StorageDescriptor: { Columns: COLUMNS.Columns } }));
      expect(message).toBe('Location information cannot be null while creating an iceberg table');
    },
  },
  {
    says: 'a TableInput with a Location beside a CreateIcebergTableInput is refused with InvalidInputException',
    basis: 'observed',
    source: PROBE,
    holds: async () => {
      const catalog = await Catalog.open();
      const both = iceberg(ONE, { TableInput: { Name: 't', TableType: 'EXTERNAL_TABLE', StorageDescriptor: COLUMNS } });
      expect(await catalog.refusal('CreateTable', both)).toEqual({
        code: 'InvalidInputException',
        message: 'Table metadata information present at multiple parts of input request',
      });
    },
  },
  {
    says: 'table_type and metadata_location are refused among the Parameters of a TableInput that an Iceberg table is made of',
    basis: 'observed',
    source: 'https://github.com/apache/iceberg-go/pull/410',
    holds: async () => {
      const catalog = await Catalog.open();
      const Parameters = { table_type: 'ICEBERG' };
      expect((await catalog.refusal('CreateTable', ofColumns({ StorageDescriptor: COLUMNS, Parameters }))).message).toBe(
        'Cannot use reserved parameters table_type or metadata_location while creating an iceberg table',
      );
    },
  },
  {
    says: "a schema without the Type 'struct' is refused, though its page says that it may be left out",
    basis: 'undecided',
    source: api('IcebergSchema'),
    holds: async () => {
      const catalog = await Catalog.open();
      const { message } = await catalog.refusal('CreateTable', iceberg({ Schema: { Fields: [field(1, 'id', 'long')] } }));
      expect(message).toContain("must be 'struct'");
    },
  },
  {
    says: 'field ids stay as they are given; one that comes twice in a schema is refused',
    basis: 'undecided',
    source: api('IcebergStructField'),
    holds: async () => {
      const catalog = await Catalog.open();
      const twice = schema(field(7, 'id', 'long'), field(5, 'row', ROW));
      expect((await catalog.refusal('CreateTable', iceberg({ Schema: twice }))).code).toBe('InvalidInputException');
      await catalog.call('CreateTable', iceberg({ Schema: schema(field(9, 'b', 'int'), field(3, 'a', 'int')) }));
      expect(columnsOf(await metadataOf(catalog))).toEqual(['9 b', '3 a']);
    },
  },
  {
    says: 'UpdateTable with a whole schema adds, renames and drops columns by their ids, and the highest id stays what it was',
    basis: 'observed',
    source: EVOLUTION,
    holds: async () => {
      const catalog = await Catalog.open();
      await catalog.call('CreateTable', iceberg(ONE));
      const before = (await tableOf(catalog)).Parameters?.['metadata_location'];
      await catalog.call('UpdateTable', update({ Schema: schema(field(1, 'id', 'long'), field(4, 'region', 'string')) }));
      expect(columnsOf(await metadataOf(catalog))).toEqual(['1 id', '4 region']);
      await catalog.call('UpdateTable', update({ Schema: schema(field(1, 'key', 'long')) }));
      const metadata = await metadataOf(catalog);
      expect([columnsOf(metadata), metadata['last-column-id'], metadata.schemas.length]).toEqual([['1 key'], 4, 3]);
      expect(metadata['metadata-log'].map((entry) => entry['metadata-file'])[0]).toBe(before);
      expect((await tableOf(catalog)).StorageDescriptor?.Columns?.map(({ Name }) => Name)).toEqual(['key', 'region']);
    },
  },
  {
    says: 'UpdateTable refuses no field id that another column had before',
    basis: 'observed',
    source: 'https://github.com/ksco92/arceus#known-limitations',
    holds: async () => {
      const catalog = await Catalog.open();
      await catalog.call('CreateTable', iceberg({ Schema: schema(field(1, 'id', 'long'), field(2, 'secret', 'string')) }));
      await catalog.call('UpdateTable', update(ONE));
      await catalog.call('UpdateTable', update({ Schema: schema(field(1, 'id', 'long'), field(2, 'shown', 'string')) }));
      expect(columnsOf(await metadataOf(catalog))).toEqual(['1 id', '2 shown']);
    },
  },
  {
    says: 'UpdateTable with another partition spec makes a new spec of it, and of one that the table had before that one',
    basis: 'observed',
    source: EVOLUTION,
    holds: async () => {
      const catalog = await Catalog.open();
      await catalog.call('CreateTable', iceberg(ONE));
      const spec = (...Fields: readonly object[]) => ({ ...ONE, PartitionSpec: { Fields } });
      await catalog.call('UpdateTable', update(spec({ SourceId: 1, Transform: 'bucket[8]', Name: 'b' })));
      expect(await metadataOf(catalog)).toMatchObject({ 'default-spec-id': 1, 'last-partition-id': 1000 });
      await catalog.call('UpdateTable', update(spec()));
      expect(await metadataOf(catalog)).toMatchObject({ 'default-spec-id': 0, 'last-partition-id': 1000 });
    },
  },
  {
    says: 'UpdateTable adds its properties to those of the table; with the Action remove-properties those that it names go, and nothing else changes',
    basis: 'undecided',
    source: api('IcebergTableUpdate'),
    holds: async () => {
      const catalog = await Catalog.open();
      await catalog.call('CreateTable', iceberg({ ...ONE, Properties: { a: '1', b: '1' } }));
      await catalog.call('UpdateTable', update({ ...ONE, Properties: { b: '2', c: '2' } }));
      expect((await metadataOf(catalog)).properties).toEqual({ a: '1', b: '2', c: '2' });
      const other = { Schema: schema(field(1, 'other', 'long')) };
      await catalog.call('UpdateTable', update({ ...other, Action: 'remove-properties', Properties: { a: '', c: '' } }));
      const metadata = await metadataOf(catalog);
      expect([metadata.properties, columnsOf(metadata)]).toEqual([{ b: '2' }, ['1 id']]);
    },
  },
  {
    says: 'UpdateTable of an Iceberg table by a TableInput alone forgets table_type and metadata_location: engines no longer know it for one',
    basis: 'observed',
    source: 'https://github.com/go-to-k/cdkd/issues/1461',
    holds: async () => {
      const catalog = await Catalog.open();
      await catalog.call('CreateTable', ofColumns({ StorageDescriptor: COLUMNS }));
      await catalog.call('UpdateTable', { DatabaseName: 'sales', TableInput: { Name: 't', StorageDescriptor: COLUMNS } });
      expect((await tableOf(catalog)).Parameters).toBeUndefined();
      expect((await catalog.refusal('UpdateTable', update(ONE))).code).toBe('InvalidInputException');
    },
  },
];
