import { ServiceError } from '../service.ts';
import { messageOf } from '../parquet/engine.ts';
import { QueryError } from './sql/query-error.ts';

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
      // only the macros' own words are let through
      return /^(DIVISION_BY_ZERO|NOT_SUPPORTED|INVALID_CAST_ARGUMENT|INVALID_FUNCTION_ARGUMENT): /.test(words)
        ? new QueryError(words)
        : new QueryError('INVALID_FUNCTION_ARGUMENT: a value is not lawful where the query uses it');
    case 'Binder':
      return new QueryError(binding(words));
    case 'Catalog':
      return new QueryError(
        'NOT_SUPPORTED: the query uses a function or a type in a way that is not on the tested list of headwaters local',
      );
    case 'Conversion':
      return new QueryError('INVALID_CAST_ARGUMENT: a value cannot be converted to the type that the query asks for');
    case 'Out of Range':
      return new QueryError('NUMERIC_VALUE_OUT_OF_RANGE: a value does not fit its type');
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

function binding(words: string): string {
  const column = /^Referenced column "([^"]*)"/.exec(words)?.[1] ?? /does not have a column named "([^"]*)"/.exec(words)?.[1];
  if (column !== undefined) return `COLUMN_NOT_FOUND: Column '${column}' cannot be resolved`;
  if (words.startsWith('Ambiguous reference')) return 'AMBIGUOUS_NAME: a column name is ambiguous';
  if (words.includes('must appear in the GROUP BY'))
    return 'EXPRESSION_NOT_AGGREGATE: a column must be an aggregate expression or appear in GROUP BY clause';
  if (words.startsWith('No function matches') || words.startsWith('Cannot compare') || words.startsWith('Cannot mix'))
    return 'TYPE_MISMATCH: an operator or a function does not take these types';
  return 'SYNTAX_ERROR: the names, types or clauses of the query do not fit together';
}
