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
  const filters = readPatterns(criteria, checkPattern);
  if (filters.length === 0) return undefined;
  return {
    patterns: filters.map(({ text }) => text),
    matches: (data) => {
      const parsed = parse(data.toString('utf8'));
      return parsed !== undefined && filters.some(({ matches }) => matches({ data: parsed.value }));
    },
  };
}

function checkPattern(pattern: Readonly<Record<string, unknown>>, filter: Members): void {
  const other = Object.keys(pattern).find((key) => key !== 'data');
  if (other !== undefined)
    throw filter.invalid('Pattern', `must filter on 'data' alone, as a Kinesis event source does, got '${other}'`);
  if (!isRecord(pattern.data))
    throw filter.invalid('Pattern', "must have an object as 'data'. Invalid filter pattern definition.");
}

/** One of a mapping's filters. */
export interface Pattern {
  /** As the template has it. */
  readonly text: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly matches: Matches;
}

/**
 * Reads the patterns of filter criteria, of whatever source.
 *
 * @param check Refuses what the source has no filter of
 * @throws what `criteria` refuses with
 */
export function readPatterns(
  criteria: Members,
  check: (pattern: Pattern['pattern'], filter: Members) => void = () => undefined,
): readonly Pattern[] {
  const filters = criteria.only(['Filters']).objects('Filters');
  if (filters.length > MOST_FILTERS)
    throw criteria.invalid('Filters', `must hold ${MOST_FILTERS} at most, got ${filters.length}`);
  return filters.map((filter) => readPattern(filter.only(['Pattern']), check));
}

function readPattern(filter: Members, check: (pattern: Pattern['pattern'], filter: Members) => void): Pattern {
  const text = filter.text('Pattern');
  if (text.length > LONGEST_PATTERN)
    throw filter.invalid('Pattern', `must have ${LONGEST_PATTERN} characters at most, got ${text.length}`);
  const pattern = parse(text)?.value;
  if (!isRecord(pattern)) throw filter.invalid('Pattern', 'must be a JSON object. Invalid filter pattern definition.');
  check(pattern, filter);
  try {
    return { text, pattern, matches: parseEventPattern(pattern) };
  } catch (error) {
    if (error instanceof BadEventPattern)
      throw filter.invalid('Pattern', `is not valid: ${error.message}. Invalid filter pattern definition.`);
    throw error;
  }
}

/** Undefined for what is no JSON: its own words would quote it. */
export function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
