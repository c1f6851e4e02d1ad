import type { ServiceError } from '../service.ts';
import { invalid } from './invalid-request.ts';
import { Malformed, type QueryError } from './sql/query-error.ts';
import { oneStatement } from './sql/syntax/one-statement.ts';
import { UNSUPPORTED } from './sql/syntax/beginnings.ts';

/** What the failure of a text begins with that is none by the grammar. */
const SYNTAX_ERROR = 'SYNTAX_ERROR: ';

/** Texts of which Athena tells no place: queries that end with their FROM, and names in backquotes. */
const isPlaceless = (sql: string, words: string): boolean =>
  /^select\b.*\bfrom$/is.test(sql) || (/^(?:select|insert)\b/i.test(sql) && words.includes('backquoted identifiers'));

/** How a text is refused that no execution is made of; undefined where what is wrong with it fails an execution. */
export function refusalOf(sql: string, error: QueryError): ServiceError | undefined {
  if (error instanceof Malformed) return invalid(error.message, error.code);
  if (!error.message.startsWith(SYNTAX_ERROR)) return undefined;
  const words = error.message.slice(SYNTAX_ERROR.length);
  return invalid(isPlaceless(sql, words) ? UNSUPPORTED : words, 'MALFORMED_QUERY');
}

/** The one statement of a text. @throws ServiceError InvalidRequestException for none and for several */
export function statementIn(text: string): string {
  try {
    return oneStatement(text);
  } catch (error) {
    throw error instanceof Malformed ? invalid(error.message, error.code) : error;
  }
}
