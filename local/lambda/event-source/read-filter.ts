import { BadEventPattern, parseEventPattern, type Matches } from '../../../core/aws/event-pattern.ts';
import { isRecord, type Members } from '../../input.ts';
import { LONGEST_PATTERN, MOST_FILTERS, type RecordFilter } from './settings.ts';

/**
 * Reads filter criteria: a record is meant where any of them means its data. Data that is no JSON is meant by none.
 *
 * @throws what `criteria` refuses with
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis-filtering.html
 */
export function readFilter(criteria: Members): RecordFilter | undefined {
  const filters = criteria.only(['Filters']).objects('Filters');
  if (filters.length > MOST_FILTERS)
    throw criteria.invalid('Filters', `must hold ${MOST_FILTERS} at most, got ${filters.length}`);
  if (filters.length === 0) return undefined;
  const patterns = filters.map((filter) => filter.only(['Pattern']).text('Pattern'));
  const any = filters.map((filter) => readPattern(filter));
  return {
    patterns,
    matches: (data) => {
      const parsed = parse(data.toString('utf8'));
      return parsed !== undefined && any.some((matches) => matches({ data: parsed.value }));
    },
  };
}

function readPattern(filter: Members): Matches {
  const text = filter.text('Pattern');
  if (text.length > LONGEST_PATTERN)
    throw filter.invalid('Pattern', `must have ${LONGEST_PATTERN} characters at most, got ${text.length}`);
  const pattern = parse(text)?.value;
  if (!isRecord(pattern)) throw filter.invalid('Pattern', 'must be a JSON object. Invalid filter pattern definition.');
  const other = Object.keys(pattern).find((key) => key !== 'data');
  if (other !== undefined)
    throw filter.invalid('Pattern', `must filter on 'data' alone, as a Kinesis event source does, got '${other}'`);
  if (!isRecord(pattern.data))
    throw filter.invalid('Pattern', "must have an object as 'data'. Invalid filter pattern definition.");
  try {
    return parseEventPattern(pattern);
  } catch (error) {
    if (error instanceof BadEventPattern)
      throw filter.invalid('Pattern', `is not valid: ${error.message}. Invalid filter pattern definition.`);
    throw error;
  }
}

/** Undefined for what is no JSON: its own words would quote it. */
function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
