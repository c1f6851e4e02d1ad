import { same } from '../contract/compatibility/canonical.ts';
import { evolve } from './evolve.ts';
import { IcebergError } from './iceberg-error.ts';
import { idsAfter, numberFields } from './number-fields.ts';
import type { LiveTable } from './schema.ts';
import { wantedProperties, type IcebergTableDefinition } from './table-definition.ts';
import { idsOf, type NumberedField } from './types.ts';

/** All that a table is told to be: its state afterwards, not the difference. */
export interface TableState {
  readonly location: string;
  readonly fields: readonly NumberedField[];
  readonly identifierFieldIds: readonly number[];
  /** Those that it has and the definition does not name included. */
  readonly properties: Readonly<Record<string, string>>;
}

/** What is to be done about a table. */
export type TablePlan = { readonly kind: 'nothing' } | { readonly kind: 'create' | 'update'; readonly state: TableState };

/**
 * What brings a table to its definition: makes it, evolves it, or leaves it alone. No row is ever lost by it (see {@link evolve}). A table into
 * which nothing was written, such as one that a failed deployment has left, may get any key and types.
 *
 * @param live The table as it is; undefined where there is none
 * @throws {@link IcebergError} `IcebergLocationChanged`, `IcebergKeyChanged`, `IcebergTypeChanged`
 */
export function planTable(definition: IcebergTableDefinition, live: LiveTable | undefined): TablePlan {
  if (live === undefined) return { kind: 'create', state: stateOf(definition, numberFields(definition.columns, idsAfter(0))) };
  refuseOtherPlace(definition, live);
  try {
    return evolution(definition, live);
  } catch (error) {
    if (!(live.isEmpty && error instanceof IcebergError)) throw error;
    const fields = numberFields(definition.columns, idsAfter(Math.max(live.lastColumnId, ...live.fields.flatMap(idsOf))));
    return { kind: 'update', state: stateOf(definition, fields, live) };
  }
}

function evolution(definition: IcebergTableDefinition, live: LiveTable): TablePlan {
  refuseOtherKey(definition, live);
  const { identifierFieldIds } = live;
  const fields = evolve(live, definition.columns, { drops: definition.unwantedColumns === 'drop' });
  const properties = { ...live.properties, ...wantedProperties(definition) };
  return same([fields, properties], [live.fields, live.properties])
    ? { kind: 'nothing' }
    : { kind: 'update', state: { location: live.location, fields, identifierFieldIds, properties } };
}

/** A table without rows, of columns whose ids nobody had before. */
const stateOf = (definition: IcebergTableDefinition, fields: readonly NumberedField[], live?: LiveTable): TableState => ({
  location: live?.location ?? definition.location,
  fields,
  identifierFieldIds: definition.key.flatMap((name) => fields.filter((field) => field.name === name).map(({ id }) => id)),
  properties: { ...live?.properties, ...wantedProperties(definition) },
});

function refuseOtherPlace({ location, databaseName, tableName }: IcebergTableDefinition, live: LiveTable): void {
  if (live.location === location) return;
  throw new IcebergError(
    'IcebergLocationChanged',
    `'${databaseName}.${tableName}' must stay at ${live.location}, got ${location}; leave it there, or make a table of another name and copy its rows`,
  );
}

function refuseOtherKey({ key, databaseName, tableName }: IcebergTableDefinition, live: LiveTable): void {
  const own = live.identifierFieldIds.map((id) => live.fields.find((field) => field.id === id)?.name.toLowerCase());
  if (own.length === key.length && key.every((name) => own.includes(name.toLowerCase()))) return;
  throw new IcebergError(
    'IcebergKeyChanged',
    `the key of '${databaseName}.${tableName}' must stay ${listed(own)}, got ${listed(key)}; keep it, or make a table of another name and copy its rows`,
  );
}

const listed = (names: readonly (string | undefined)[]): string =>
  names.length === 0 ? 'none' : names.map((name) => `'${name ?? 'a nested field'}'`).join(', ');
