import { DatasetTable } from '../../../constructs/catalog/index.ts';
import { glueColumns } from '../../../core/contract/glue-columns.ts';
import { readerView } from '../../../core/contract/reader-view.ts';
import { dataset } from '../../support/contracts.ts';
import { someLake } from '../../support/lake.ts';
import { synth, theResource } from '../../support/synth.ts';

const template = synth((stack) => {
  new DatasetTable(stack, 'Catalog', { dataset: dataset(), databaseName: 'db', clean: someLake(stack).clean });
});
const COLUMNS = glueColumns(dataset());

const PARAMETERS = {
  'headwaters.domain': 'energy',
  'headwaters.dataset': 'readings',
  'headwaters.contract_version': '1.2.3',
  'headwaters.owner': 'energy@example.com',
  'headwaters.data_class': 'restricted',
  'headwaters.primary_key': 'reading_id',
  'headwaters.event_time': 'measured_at',
  'headwaters.freshness_seconds': '900',
  'headwaters.queryable_days': '90',
  'headwaters.retention_days': '1095',
  'headwaters.restore_within_hours': '12',
};

test('the table is projected by arrival hour over all that is kept, and eight days of outage', () => {
  const location = 's3://clean/keep1095-hot30-warm90-deep/energy/readings/';
  expect(theResource(template, 'AWS::Glue::Table', 'CatalogTable').Properties).toEqual({
    CatalogId: '111122223333',
    DatabaseName: 'db',
    TableInput: {
      Name: 'readings_clean',
      Description: 'One reading of one meter.',
      Owner: 'energy@example.com',
      TableType: 'EXTERNAL_TABLE',
      PartitionKeys: [
        { Name: 'dt', Type: 'string', Comment: 'Day of arrival, UTC; prunes, never orders' },
        { Name: 'hr', Type: 'string', Comment: 'Hour of arrival, UTC; prunes, never orders' },
      ],
      Parameters: {
        EXTERNAL: 'TRUE',
        classification: 'parquet',
        ...PARAMETERS,
        read_restored_glacier_objects: 'true',
        'projection.enabled': 'true',
        'projection.dt.type': 'date',
        'projection.dt.format': 'yyyy-MM-dd',
        'projection.dt.interval': '1',
        'projection.dt.interval.unit': 'DAYS',
        'projection.dt.range': 'NOW-1103DAYS,NOW',
        'projection.hr.type': 'integer',
        'projection.hr.range': '0,23',
        'projection.hr.digits': '2',
        'storage.location.template': `${location}dt=\${dt}/hr=\${hr}/`,
      },
      StorageDescriptor: {
        Columns: COLUMNS.map(({ name, type, comment }) => ({
          Name: name,
          Type: type,
          ...(comment === undefined ? {} : { Comment: comment }),
        })),
        Location: location,
        InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
        SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
      },
    },
  });
});

test('the view holds its definition as Athena writes it', () => {
  const view = theResource(template, 'AWS::Glue::Table', 'CatalogView');
  const { TableInput: input } = view.Properties as { TableInput: Record<string, unknown> };
  const { ViewOriginalText: text, ...rest } = input;
  const encoded = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/.exec(String(text))?.[1] ?? '';
  expect(JSON.parse(Buffer.from(encoded, 'base64').toString())).toEqual({
    originalSql: readerView(dataset()).sql,
    catalog: 'awsdatacatalog',
    schema: 'db',
    columns: readerView(dataset()).columns,
  });
  expect(rest).toEqual({
    Name: 'readings',
    Description: 'One row for each event of energy.readings within an arrival day, of the days that need no restore',
    Owner: 'energy@example.com',
    TableType: 'VIRTUAL_VIEW',
    Parameters: { presto_view: 'true', comment: 'Presto View', ...PARAMETERS },
    ViewExpandedText: '/* Presto View */',
    StorageDescriptor: {
      Columns: [...COLUMNS.map(({ name, type }) => ({ Name: name, Type: type })), { Name: 'dt', Type: 'string' }],
    },
  });
  expect(view.DependsOn).toEqual([theResource(template, 'AWS::Glue::Table', 'CatalogTable').id]);
});
