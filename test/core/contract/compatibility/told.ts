import { compareDatasets } from '../../../../core/contract/compatibility/compare-datasets.ts';
import type { Change } from '../../../../core/contract/compatibility/change.ts';
import type { Column, ColumnType, DatasetContract } from '../../../../core/contract/model.ts';
import { column, dataset } from './fixtures.ts';

/** A change as the tables of tests write it: `ColumnRemoved breaking readings.load (readers): major version`. */
export const told = ({ code, verdict, path, breaks, action }: Change): string =>
  `${code} ${verdict} ${path}${breaks.length === 0 ? '' : ` (${breaks.join(', ')})`}: ${action.kind}`;

export const toldOf = (before: DatasetContract, after: DatasetContract): readonly string[] =>
  compareDatasets(before, after).map(told);

/** A dataset `d` of these columns alone, and what belongs to no column left out. */
export const bareDataset = (...columns: readonly Column[]): DatasetContract =>
  dataset({ name: 'd', columns, primaryKey: [], quality: [], relationships: [], eventIdFields: ['id'], eventTimeField: 'at' });

/** The changes between two datasets whose one column `v` has these types. */
export const changesOfTypes = (before: ColumnType, after: ColumnType, rest: Partial<Column> = {}): readonly Change[] =>
  compareDatasets(bareDataset(column('v', before, rest)), bareDataset(column('v', after, rest)));
