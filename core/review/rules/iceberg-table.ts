import { declaredDefinition } from '../../iceberg/declared-definition.ts';
import { IcebergError } from '../../iceberg/iceberg-error.ts';
import { idsAfter, numberFields } from '../../iceberg/number-fields.ts';
import { planTable } from '../../iceberg/plan-table.ts';
import { pathsOf, type IcebergTableDefinition } from '../../iceberg/table-definition.ts';
import { idsOf } from '../../iceberg/types.ts';
import { danger, type Danger, type DangerCode } from '../danger.ts';
import { unknownEffect, type Judge } from './judge.ts';

/** What a deployment refuses, as a danger: nothing is lost, and nothing is deployed either. */
const REFUSED: Readonly<Record<string, DangerCode>> = {
  IcebergLocationChanged: 'TableMoved',
  IcebergKeyChanged: 'CreateOnlyChanged',
  IcebergTypeChanged: 'ColumnTypeChanged',
};

/** The definition of an Iceberg table: what its maker would make of it where the table is as the former one says. */
export const icebergDefinition: Judge = (before, after, at, whole) => {
  const [old, now] = [declaredDefinition(before), declaredDefinition(after)];
  if (old === undefined || now === undefined) return unknownEffect(before, after, at, whole);
  if (old.databaseName !== now.databaseName || old.tableName !== now.tableName)
    return [
      danger(
        'PhysicalNameChanged',
        `'${at}' names another table: it is empty, and whoever asks the former finds nothing new there`,
      ),
    ];
  const paths = pathsOf(now.columns);
  const gone = pathsOf(old.columns).filter((path) => !paths.includes(path));
  return [
    ...refusals(old, now, at),
    ...gone.map((path) => {
      const stays = now.unwantedColumns !== 'drop' && old.columns.some(({ name }) => name === path);
      const becomes = stays
        ? 'it stays in the table, and no new row has a value in it'
        : 'no row shows it any more, and it comes back empty';
      return danger('ColumnDropped', `column '${path}' is gone: ${becomes}`);
    }),
    ...(old.unwantedColumns !== 'drop' && now.unwantedColumns === 'drop'
      ? [danger('ColumnDropped', `columns that '${at}' does not name go from the table, whoever has added them`)]
      : []),
  ];
};

function refusals(old: IcebergTableDefinition, now: IcebergTableDefinition, at: string): readonly Danger[] {
  const fields = numberFields(old.columns, idsAfter(0));
  try {
    planTable(now, {
      location: old.location,
      fields,
      lastColumnId: Math.max(...fields.flatMap(idsOf)),
      identifierFieldIds: fields.filter(({ name }) => old.key.includes(name)).map(({ id }) => id),
      properties: old.properties,
      isEmpty: false,
    });
    return [];
  } catch (error) {
    if (!(error instanceof IcebergError)) throw error;
    return [
      danger(
        REFUSED[error.code] ?? 'UnknownEffect',
        `'${at}' is refused when it is deployed, as ${error.code}: ${error.message}`,
      ),
    ];
  }
}
