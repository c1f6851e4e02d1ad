import { DatasetTable } from '../../../constructs/catalog/index.ts';
import { glueColumns } from '../../../core/contract/glue-columns.ts';
import { readerView } from '../../../core/contract/reader-view.ts';
import { contract, dataset } from '../../support/contracts.ts';
import { someLake } from '../../support/lake.ts';
import { withReleases } from '../../../core/storage/dataset-past.ts';
import { resourcesOfType, synth, theResource } from '../../support/synth.ts';

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
      PartitionKeys: [{ Name: 'dt', Type: 'string', Comment: 'Day of arrival, UTC; prunes, never orders' }],
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
        'storage.location.template': `${location}dt=\${dt}/`,
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

describe('after a release whose objects lie elsewhere', () => {
  const released = contract({ version: '1.0.0', slaProperties: [{ property: 'retention', value: 10, unit: 'y' }] });
  const moved = synth((stack) => {
    const [now] = withReleases([contract()], [released]).flatMap(({ datasets }) => datasets);
    new DatasetTable(stack, 'Catalog', { dataset: now ?? dataset(), databaseName: 'db', clean: someLake(stack).clean });
  });
  const past = theResource(moved, 'AWS::Glue::Table', 'CatalogPastKeep3650');
  const table = theResource(moved, 'AWS::Glue::Table', 'CatalogTable');
  const view = theResource(moved, 'AWS::Glue::Table', 'CatalogView');

  test('a table of the same columns shows what lies there, no longer than data is kept now', () => {
    const { TableInput: input } = past.Properties as { TableInput: Record<string, unknown> };
    expect(input).toEqual({
      ...(table.Properties.TableInput as object),
      Name: 'readings_clean_keep3650_hot30_warm90_deep',
      Description: 'Events of energy.readings where they lay before, until they expire',
      Parameters: {
        ...(table.Properties.TableInput as { Parameters: object }).Parameters,
        'headwaters.retention_days': '3650',
        'storage.location.template': 's3://clean/keep3650-hot30-warm90-deep/energy/readings/dt=${dt}/',
      },
      StorageDescriptor: {
        ...(table.Properties.TableInput as { StorageDescriptor: object }).StorageDescriptor,
        Location: 's3://clean/keep3650-hot30-warm90-deep/energy/readings/',
      },
    });
  });

  test('the view comes before the table that moves: until both are there, it reads one place twice and hides nothing', () => {
    expect(past.DependsOn).toBeUndefined();
    expect(view.DependsOn).toEqual([past.id]);
    expect(table.DependsOn).toEqual([view.id]);
  });

  test('table and view are the resources that they were', () => {
    const ids = Object.keys(resourcesOfType(template, 'AWS::Glue::Table'));
    expect(Object.keys(resourcesOfType(moved, 'AWS::Glue::Table')).sort()).toEqual([...ids, past.id].sort());
  });
});
