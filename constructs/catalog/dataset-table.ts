import { Stack } from 'aws-cdk-lib/core';
import * as glue from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { clip } from '../../core/contract/clip.ts';
import { glueColumns } from '../../core/contract/glue-columns.ts';
import { readerView } from '../../core/contract/reader-view.ts';
import { tableParameters } from '../../core/contract/table-parameters.ts';
import { pascalCase, tableName, viewName } from '../../core/naming.ts';
import { pastClasses, pastPrefix, pastTableName, type DatasetWithReleases } from '../../core/storage/dataset-past.ts';
import { datasetPrefix } from '../../core/storage/layout.ts';
import type { LakeZone } from '../storage/lake.ts';
import { catalogArns } from './catalog-arns.ts';

/** What `DatasetTable` needs. */
export interface DatasetTableProps {
  /** What the table holds. With its releases, the view reads also what they left elsewhere. */
  readonly dataset: DatasetWithReleases;
  /** Name of the Glue database, which must exist before this construct. */
  readonly databaseName: string;
  /** Where the dataset's objects lie. */
  readonly clean: LakeZone;
}

/**
 * Days by which an object's partition may be older than the object: after an outage Firehose writes to the hour of the oldest record,
 * and a stream keeps records that long.
 */
const OUTAGE_DAYS = 8;

/** Bytes that Glue keeps of a table's texts. @see https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html */
const LONGEST = { description: 2048, owner: 255 } as const;

/** A dataset in the catalog: the projected table that Firehose writes, and the view that people read. Stateful. */
export class DatasetTable extends Construct {
  /** What Firehose writes; must be made after the database. */
  public readonly table: glue.CfnTable;
  /** ARN of `table`. */
  public readonly tableArn: string;
  /** ARN of the database that holds it. */
  public readonly databaseArn: string;
  /** ARN of the account's catalog. */
  public readonly catalogArn: string;

  constructor(scope: Construct, id: string, { dataset, databaseName, clean }: DatasetTableProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const arns = catalogArns(this, databaseName);
    this.catalogArn = arns.catalog;
    this.databaseArn = arns.database;
    this.tableArn = arns.table(tableName(dataset.name));

    this.table = projectedTable(this, 'Table', {
      name: tableName(dataset.name),
      description: dataset.description ?? `Accepted events of ${dataset.domain}.${dataset.name}`,
      databaseName,
      dataset,
      clean,
      prefix: datasetPrefix(dataset),
      days: dataset.storage.retentionDays,
      parameters: {},
    });

    const view = readerView(dataset);
    const definition = { originalSql: view.sql, catalog: 'awsdatacatalog', schema: databaseName, columns: view.columns };
    const readers = new glue.CfnTable(this, 'View', {
      catalogId: stack.account,
      databaseName,
      tableInput: {
        name: viewName(dataset.name),
        description: `One row for each event of ${dataset.domain}.${dataset.name} within an arrival day, of the days that need no restore`,
        owner: clip(dataset.owner, LONGEST.owner),
        tableType: 'VIRTUAL_VIEW',
        parameters: { presto_view: 'true', comment: 'Presto View', ...tableParameters(dataset) },
        viewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`,
        viewExpandedText: '/* Presto View */',
        storageDescriptor: {
          columns: [...glueColumns(dataset).map(({ name, type }) => ({ name, type })), { name: 'dt', type: 'string' }],
        },
      },
    });

    const pasts = pastClasses(dataset).map((retention) =>
      projectedTable(this, `Past${pascalCase(retention.name)}`, {
        name: pastTableName(dataset, retention),
        description: `Events of ${dataset.domain}.${dataset.name} where they lay before, until they expire`,
        databaseName,
        dataset,
        clean,
        prefix: pastPrefix(dataset, retention),
        days: Math.min(retention.expireAfterDays, dataset.storage.retentionDays),
        parameters: {
          'headwaters.queryable_days': String(retention.queryableDays),
          'headwaters.retention_days': String(retention.expireAfterDays),
        },
      }),
    );
    for (const past of pasts) readers.addResourceDependency(past);
    // a table that moves before the view does hides what lies where it was; one that is read twice shows each event once
    if (pasts.length > 0) this.table.addResourceDependency(readers);
    else readers.addResourceDependency(this.table);
  }
}

interface ProjectedTable extends DatasetTableProps {
  readonly name: string;
  readonly description: string;
  /** Where its objects lie in `clean`, with the trailing slash. */
  readonly prefix: string;
  /** Days from arrival that may be asked for. */
  readonly days: number;
  /** What is said of this table and not of the dataset. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A table over one place of a dataset, whose partitions are computed from the days of arrival. */
function projectedTable(
  scope: Construct,
  id: string,
  { name, description, databaseName, dataset, clean, prefix, days, parameters }: ProjectedTable,
): glue.CfnTable {
  const location = `s3://${clean.bucket.bucketName}/${prefix}`;
  return new glue.CfnTable(scope, id, {
    catalogId: Stack.of(scope).account,
    databaseName,
    tableInput: {
      name,
      description: clip(description, LONGEST.description),
      owner: clip(dataset.owner, LONGEST.owner),
      tableType: 'EXTERNAL_TABLE',
      partitionKeys: [{ name: 'dt', type: 'string', comment: 'Day of arrival, UTC; prunes, never orders' }],
      parameters: {
        EXTERNAL: 'TRUE',
        classification: 'parquet',
        ...tableParameters(dataset),
        ...parameters,
        read_restored_glacier_objects: 'true', // Athena passes over restored days otherwise
        'projection.enabled': 'true',
        'projection.dt.type': 'date',
        'projection.dt.format': 'yyyy-MM-dd',
        'projection.dt.interval': '1',
        'projection.dt.interval.unit': 'DAYS',
        'projection.dt.range': `NOW-${days + OUTAGE_DAYS}DAYS,NOW`,
        'storage.location.template': `${location}dt=\${dt}/`, // the hours below it are read with their day: each partition is a listing
      },
      storageDescriptor: {
        columns: glueColumns(dataset).map((column) => ({ ...column })),
        location,
        inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
        serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
      },
    },
  });
}
