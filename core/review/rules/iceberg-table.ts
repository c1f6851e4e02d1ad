import { declaredDefinition } from '../../iceberg/declared-definition.ts';
import { IcebergError } from '../../iceberg/iceberg-error.ts';
import { idsAfter, numberFields } from '../../iceberg/number-fields.ts';
import { planTable } from '../../iceberg/plan-table.ts';
import type { IcebergTableDefinition } from '../../iceberg/table-definition.ts';
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
  const gone = old.columns.filter(({ name }) => !now.columns.some((column) => column.name === name));
  return [
    ...refusals(old, now, at),
    ...gone.map(({ name }) =>
      danger('ColumnDropped', `column '${name}' is gone: it stays in the table, and no new row has a value in it`),
    ),
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
