import type { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { curatedColumns } from '../../core/curated/curated-columns.ts';
import { curatedPrefix } from '../../core/curated/curated-location.ts';
import { tableParameters } from '../../core/contract/table-parameters.ts';
import type { CuratedDataset } from '../../core/curated/cadence.ts';
import { curatedTableName } from '../../core/naming.ts';
import type { DatasetWithReleases } from '../../core/storage/dataset-past.ts';
import { IcebergTable } from '../catalog/iceberg-table.ts';
import type { IcebergTables } from '../catalog/iceberg-tables.ts';
import type { Lake } from '../storage/lake.ts';

/** What `CuratedTable` needs. */
export interface CuratedTableProps {
  /** What the table holds. With its releases, it is folded also of what they left elsewhere. */
  readonly dataset: CuratedDataset & DatasetWithReleases;
  /** Makes the table, in the database of the dataset. */
  readonly maker: IcebergTables;
  /** Where the table lies. */
  readonly lake: Pick<Lake, 'curated'>;
  /** What a deletion of the stack does to the table. Its objects stay in either case. */
  readonly removalPolicy: RemovalPolicy;
}

/**
 * One row for each primary key of a dataset, as an Iceberg table: `<dataset>_curated`. A `Curation` folds events into it. It has no partitions:
 * a statement writes a hundred at most, and an empty table is filled with all days at once. Stateful.
 */
export class CuratedTable extends Construct {
  /** What it holds. */
  public readonly dataset: CuratedDataset & DatasetWithReleases;
  /** The table in the catalog. */
  public readonly table: IcebergTable;

  constructor(scope: Construct, id: string, { dataset, maker, lake, removalPolicy }: CuratedTableProps) {
    super(scope, id);
    this.dataset = dataset;
    this.table = new IcebergTable(this, 'Table', {
      maker,
      name: curatedTableName(dataset.name),
      description: `One row for each ${dataset.primaryKey.join(', ')} of ${dataset.domain}.${dataset.name}`,
      zone: lake.curated,
      prefix: curatedPrefix(dataset),
      columns: curatedColumns(dataset),
      unwantedColumns: 'drop', // a fold writes the contract's columns: others would say of a row what an older event said
      key: dataset.primaryKey,
      properties: tableParameters(dataset),
      removalPolicy,
    });
  }
}
