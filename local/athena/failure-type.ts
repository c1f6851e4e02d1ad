import type { Failure } from './execution.ts';
import type { QueryError } from './sql/query-error.ts';

/**
 * Types of Athena's catalogue of errors by what a failure's words begin with; which type an error has beyond its description, no page says.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/error-reference.html
 */
const TYPES: readonly (readonly [RegExp, number])[] = [
  [/^Access denied: .*\bs3:|^Permission denied on S3 path/i, 1501],
  [/^Access denied/i, 1500],
  [/^(?:SYNTAX_ERROR|TYPE_MISMATCH|FUNCTION_NOT_FOUND|COLUMN_NOT_FOUND|AMBIGUOUS_NAME|EXPRESSION_)/, 1006],
  [
    /^(?:TABLE_NOT_FOUND|SCHEMA_NOT_FOUND|CATALOG_NOT_FOUND|MISSING_SCHEMA_NAME|TABLE_ALREADY_EXISTS|VIEW_IS_STALE|INVALID_VIEW)/,
    1004,
  ],
  [/^FAILED:/, 1003],
  [/^HIVE_(?:BAD_DATA|CURSOR_ERROR|CANNOT_OPEN_SPLIT|PARTITION_SCHEMA_MISMATCH)/, 1001],
  [/^(?:INVALID_TABLE_PROPERTY|HIVE_INVALID_METADATA)/, 1101],
  [/^INVALID_(?:FUNCTION|CAST)_ARGUMENT/, 1100],
];

/** The type of a failure that nothing more is known of: a query that failed, or a fault of Athena's own. */
const OTHERWISE = { 1: 100, 2: 1009, 3: 1009 } as const;

export const failureOf = ({ message, category }: QueryError): Failure => ({
  category,
  type: TYPES.find(([words]) => words.test(message))?.[1] ?? OTHERWISE[category],
});
