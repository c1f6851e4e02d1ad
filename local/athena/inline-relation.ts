import { literal } from '../parquet/engine.ts';
import { engineType, type Type } from './sql/analysis/type.ts';
import type { TableReference } from './sql/translator.ts';

/** Rows that are known before a query runs: what the catalog says of itself. */
export interface InlineRelation extends TableReference {
  readonly kind: 'inline';
  /** The engine's SQL, in parentheses. */
  readonly sql: string;
  readonly columns: readonly { readonly name: string; readonly type: Type }[];
}

/** @param rows Values as text, undefined for null. */
export function inlineRelation(
  reference: TableReference,
  columns: InlineRelation['columns'],
  rows: readonly (readonly (string | undefined)[])[],
): InlineRelation {
  const cells = columns.map(({ name, type }, place) => `cast(v${place} as ${engineType(type)}) as "${name}"`);
  const names = columns.map((_, place) => `v${place}`).join(', ');
  const lines = [columns.map(() => undefined), ...rows].map((row, at) => `(${[String(at), ...row.map(cell)].join(', ')})`);
  const sql = `(select ${cells.join(', ')} from (values ${lines.join(', ')}) as t(place, ${names}) where place > 0)`;
  return { ...reference, kind: 'inline', sql, columns };
}

const cell = (value: string | undefined): string => (value === undefined ? 'null' : literal(value));
