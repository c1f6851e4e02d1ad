import { currentSchema, type TableMetadata } from '../../../iceberg/metadata.ts';
import type { StructField } from '../../../iceberg/types.ts';
import { fromIceberg } from '../../iceberg/types.ts';
import { written } from '../../iceberg/write-files.ts';
import { cast } from '../../sql/analysis/cast.ts';
import { isAssignable } from '../../sql/analysis/assignment.ts';
import { engineType, typeText, type Type } from '../../sql/analysis/type.ts';
import { typed } from '../../sql/analysis/typed.ts';
import { failAt, type Place } from '../../sql/syntax/token.ts';

/** A column of a table that a statement writes. */
export interface Target {
  readonly name: string;
  readonly type: Type;
}

/** The columns of a table, in order. */
export const targetsOf = (metadata: TableMetadata): readonly Target[] =>
  currentSchema(metadata).fields.map(({ name, type }: StructField) => ({ name: name.toLowerCase(), type: fromIceberg(type) }));

/** @throws QueryError TYPE_MISMATCH where a value cannot become one of its column */
export function checkTypes(wanted: readonly Type[], given: readonly Type[], what: string, place: Place): void {
  const fits = wanted.length === given.length && wanted.every((type, at) => isAssignable(given[at] ?? type, type));
  if (fits) return;
  const [table, expressions] = [wanted, given].map((types) => `[${types.map(typeText).join(', ')}]`);
  throw failAt(place, 'TYPE_MISMATCH', `${what}: Table: ${table ?? ''}, Expressions: ${expressions ?? ''}`);
}

/** A value as its column holds it, in the engine's SQL. */
export const asColumn = (sql: string, from: Type, { type }: Target): string =>
  `cast(${cast(typed(sql, from), type)} as ${engineType(type)})`;

export const writtenAs = (sql: string, place: number): string => `${sql} as ${written(place)}`;
