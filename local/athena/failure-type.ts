import type { Failure } from './execution.ts';
import type { QueryError } from './sql/query-error.ts';

/**
 * Types of Athena's catalogue of errors by what a failure's words begin with: as AWS was asked, and where it was not, as the catalogue's
 * description has it.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/error-reference.html
 * @see https://github.com/aoyagikouhei/athena-local/blob/main/src/failure.rs
 */
const TYPES: readonly (readonly [RegExp, number])[] = [
  [/^Access denied: .*\bs3:|^Permission denied on S3 path/i, 1501],
  [/^Access denied/i, 1500],
  [/^(?:SYNTAX_ERROR|COLUMN_NOT_FOUND|CATALOG_NOT_FOUND|AMBIGUOUS_NAME|EXPRESSION_)/, 1006],
  [/^(?:TABLE_NOT_FOUND|SCHEMA_NOT_FOUND|FAILED: .*Table not found )/, 1301],
  [/^TYPE_MISMATCH/, 1002],
  [/^TABLE_ALREADY_EXISTS/, 1110],
  [/^FUNCTION_NOT_FOUND/, 1303],
  [/^NOT_FOUND/, 1300],
  [/^NOT_SUPPORTED/, 1200],
  [/^INVALID_FUNCTION_ARGUMENT/, 1106],
  [/^(?:INVALID_CAST_ARGUMENT|NUMERIC_VALUE_OUT_OF_RANGE|INVALID_PARAMETER_USAGE|MISSING_COLUMN_NAME)/, 1100],
  [/^(?:MISSING_SCHEMA_NAME|VIEW_IS_STALE|INVALID_VIEW)/, 1004],
  [/^FAILED: ParseException/, 1003],
  [/^FAILED: /, 1006],
  [/^(?:DIVISION_BY_ZERO|HIVE_(?:BAD_DATA|CURSOR_ERROR|CANNOT_OPEN_SPLIT|PARTITION_SCHEMA_MISMATCH))/, 1001],
  [/^(?:INVALID_TABLE_PROPERTY|HIVE_INVALID_METADATA)/, 1101],
];

/** The type of a failure that nothing more is known of: a query that failed, or a fault of Athena's own. */
const OTHERWISE = { 1: 100, 2: 1009, 3: 1009 } as const;

export function failureOf({ message, category, detail }: QueryError): Failure {
  const type = detail.type ?? TYPES.find(([words]) => words.test(message))?.[1] ?? OTHERWISE[category];
  return { category, type, ...(detail.words !== undefined && { words: detail.words }) };
}
