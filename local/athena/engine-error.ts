import { ServiceError } from '../service.ts';
import { messageOf } from '../parquet/engine.ts';
import { QueryError } from './sql/query-error.ts';

/** Names of Trino's that our own macros and functions fail with; their words hold no data. */
const OWN_WORDS =
  /^(?:DIVISION_BY_ZERO|NOT_SUPPORTED|INVALID_CAST_ARGUMENT|INVALID_FUNCTION_ARGUMENT|INVALID_PARTITION_VALUE|NUMERIC_VALUE_OUT_OF_RANGE): /;

/** How the engine tells the words of a refusal of ours. */
const REFUSED = /^Unknown TimeZone '(NOT_SUPPORTED: .*)'!$/;

/** The engine's integer types in Trino's words. */
const INTEGERS: Readonly<Record<string, string>> = {
  INT8: 'tinyint',
  INT16: 'smallint',
  INT32: 'integer',
  INT64: 'bigint',
  INT128: 'bigint',
};
const OPERATIONS: Readonly<Record<string, string>> = {
  addition: 'addition overflow',
  subtraction: 'subtraction overflow',
  multiplication: 'multiplication overflow',
  negation: 'negation overflow',
};

/**
 * Says why a query failed, without the data: the engine quotes values in its words, so only what is known to be a name or a type is kept.
 */
export function toQueryError(error: unknown): QueryError {
  if (error instanceof QueryError) return error;
  if (error instanceof ServiceError) return new QueryError(refusal(error));
  const [line = ''] = messageOf(error).split('\n');
  const found = /^([A-Za-z ]+?)(?: Error)?: (.*)$/.exec(line);
  const [kind = '', words = ''] = found?.slice(1) ?? [];
  switch (kind) {
    case 'Invalid Input':
      return new QueryError(OWN_WORDS.test(words) ? words : invalidInput(words));
    case 'Binder':
      return new QueryError(binding(words));
    case 'Not implemented':
      if (REFUSED.test(words)) return new QueryError(REFUSED.exec(words)?.[1] ?? '');
      return new QueryError(
        'NOT_SUPPORTED: the query uses a function or a type in a way that is not on the tested list of headwaters local',
      );
    case 'Catalog':
    case 'Parser':
      return new QueryError(
        'NOT_SUPPORTED: the query uses a function or a type in a way that is not on the tested list of headwaters local',
      );
    case 'Conversion':
      return new QueryError(conversion(words));
    case 'Out of Range':
      return new QueryError(outOfRange(words));
    case 'Out of Memory':
      return new QueryError('EXCEEDED_MEMORY_LIMIT: the query needs more memory than headwaters local allows', 3);
    case 'INTERRUPT':
      return new QueryError('Query cancelled');
    default:
      return new QueryError(`GENERIC_INTERNAL_ERROR: ${kind === '' ? 'the engine failed' : `the engine failed (${kind})`}`, 1);
  }
}

/** Athena tells a refusal in the refusing service's words. */
const refusal = (error: ServiceError): string =>
  /^AccessDenied/.test(error.code) ? `Access denied: ${error.message}` : `${error.code}: ${error.message}`;

function invalidInput(words: string): string {
  if (words.includes('More than one row returned by a subquery'))
    return 'SUBQUERY_MULTIPLE_ROWS: Scalar sub-query has returned multiple rows';
  if (words.includes('Map keys must be unique')) return 'INVALID_FUNCTION_ARGUMENT: Duplicate map keys are not allowed';
  if (words.includes('Map keys can not be NULL')) return 'INVALID_FUNCTION_ARGUMENT: map key cannot be null';
  // RE2 reads fewer expressions than Java
  if (
    /regular expression|regexp|invalid (?:perl operator|escape)|argument (?:to|for) repetition|missing [\])]|unexpected \)/i.test(
      words,
    )
  ) {
    return 'NOT_SUPPORTED: this regular expression is not one that headwaters local runs';
  }
  return 'INVALID_FUNCTION_ARGUMENT: a value is not lawful where the query uses it';
}

function conversion(words: string): string {
  const [, integer] = /out of range for the destination type (\w+)/.exec(words) ?? [];
  const [, read] = /^Could not convert string .* to (\w+)/.exec(words) ?? [];
  if (read !== undefined || /to type DECIMAL/.test(words))
    return 'INVALID_CAST_ARGUMENT: a value cannot be converted to the type that the query asks for';
  if (integer !== undefined) return `NUMERIC_VALUE_OUT_OF_RANGE: Out of range for ${INTEGERS[integer] ?? 'the type'}`;
  return 'INVALID_CAST_ARGUMENT: a value cannot be converted to the type that the query asks for';
}

function outOfRange(words: string): string {
  const [, operation = '', type = ''] = /^Overflow in (\w+) of (\w+)/.exec(words) ?? [];
  const overflow = OPERATIONS[operation];
  if (overflow === undefined) return 'NUMERIC_VALUE_OUT_OF_RANGE: a value does not fit its type';
  return `NUMERIC_VALUE_OUT_OF_RANGE: ${INTEGERS[type] === undefined ? 'Decimal overflow' : `${INTEGERS[type]} ${overflow}`}`;
}

function binding(words: string): string {
  const [, clause] = /^(WHERE|GROUP BY|JOIN|FILTER) clause cannot contain (?:aggregates|window functions)/.exec(words) ?? [];
  if (clause !== undefined)
    return `EXPRESSION_NOT_SCALAR: ${clause} clause cannot contain aggregations, window functions or grouping operations`;
  const aggregated = /must appear in the GROUP BY|cannot contain aggregates|can not be used inside .* aggregate/i;
  if (aggregated.test(words))
    return 'EXPRESSION_NOT_AGGREGATE: an expression must be an aggregate expression or appear in GROUP BY clause';
  if (/aggregate function calls cannot be nested/i.test(words))
    return 'NESTED_AGGREGATION: Cannot nest aggregations inside aggregation';
  if (/window functions? (?:are|is) not allowed|cannot contain window functions/i.test(words))
    return 'NESTED_WINDOW: a window function is not lawful here';
  if (/SELECT DISTINCT, ORDER BY/i.test(words))
    return 'EXPRESSION_NOT_IN_DISTINCT: For SELECT DISTINCT, ORDER BY expressions must appear in select list';
  return 'NOT_SUPPORTED: the query puts functions, subqueries or clauses together in a way that is not on the tested list of headwaters local';
}
