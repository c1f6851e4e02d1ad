import { namesApart, type Answer, type ColumnTypeName } from './ask.ts';

/** A value that a program reads: a text where JSON has nothing of its own that is exact. */
export type TypedValue = string | number | boolean | null;

/** An answer for programs. */
export interface TypedAnswer {
  /** In their order; where a name stands again it has a number: `x`, `x_2`. */
  readonly columns: readonly { readonly name: string; readonly type: ColumnTypeName }[];
  readonly rows: readonly Readonly<Record<string, TypedValue>>[];
}

export function typedAnswer({ columns, types, rows }: Pick<Answer, 'columns' | 'types' | 'rows'>): TypedAnswer {
  const named = namesApart(columns).map((name, index) => ({ name, type: types[index] ?? '' }));
  return {
    columns: named,
    rows: rows.map((row) =>
      Object.fromEntries(named.map(({ name, type }, index) => [name, typedValue(row[index] ?? null, type)])),
    ),
  };
}

/** Integers beyond 2^53, decimals, times and what is nested stay as Athena writes them. */
function typedValue(text: string | null, type: ColumnTypeName): TypedValue {
  if (text === null) return null;
  switch (type) {
    case 'boolean':
      return text === 'true';
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
      return Number.isSafeInteger(Number(text)) ? Number(text) : text;
    case 'float':
    case 'double':
      return Number.isFinite(Number(text)) ? Number(text) : text; // JSON knows no NaN
    default:
      return text;
  }
}
