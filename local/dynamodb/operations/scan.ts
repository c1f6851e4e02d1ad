import type { Members } from '../../input.ts';
import { constraint, invalid } from '../errors.ts';
import { LEGACY, RequestExpressions } from '../expressions/request-expressions.ts';
import { segmentRange } from '../table/key-text.ts';
import type { TableOperation } from './index.ts';
import { startingBehind } from './query.ts';
import { MANY_MEMBERS, readAsked, readPage, sourceOf } from './read-many.ts';
import { placeOfStart, readStartKey } from './start-key.ts';

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html */
const MOST_SEGMENTS = 1_000_000;

const LEGACY_MEMBERS = LEGACY.filter((name) => ['AttributesToGet', 'ConditionalOperator', 'ScanFilter'].includes(name));

export const scan: TableOperation = (db, input, caller) => {
  input.only([...MANY_MEMBERS, 'Segment', 'TotalSegments', ...LEGACY_MEMBERS]);
  const expressions = new RequestExpressions(input, 'Scan', ['FilterExpression', 'ProjectionExpression']);
  const start = readStartKey(input);
  const range = segmentOf(input);
  const asked = readAsked(input, expressions.condition('FilterExpression'), expressions.projection());
  expressions.finish();
  const source = sourceOf(db, input, caller, 'dynamodb:Scan', asked, () => undefined, []);
  const behind = start === undefined ? undefined : placeOfStart(start, source);
  if (behind !== undefined && range !== undefined && (behind < range.from || behind >= range.before))
    throw invalid(
      `The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: ${input.number('TotalSegments')} Segment: ${input.number('Segment')}`,
    );
  return readPage(db, input, source, startingBehind(range ?? {}, behind), asked);
};

function segmentOf(input: Members): ReturnType<typeof segmentRange> | undefined {
  const [segment, total] = [input.optionalNumber('Segment'), input.optionalNumber('TotalSegments')];
  if (segment !== undefined && segment < 0)
    throw constraint(segment, 'segment', 'Member must have value greater than or equal to 0');
  if (total !== undefined && total < 1)
    throw constraint(total, 'totalSegments', 'Member must have value greater than or equal to 1');
  if (total !== undefined && total > MOST_SEGMENTS)
    throw constraint(total, 'totalSegments', `Member must have value less than or equal to ${MOST_SEGMENTS}`);
  if (segment !== undefined && total === undefined)
    throw invalid('The TotalSegments parameter is required but was not present in the request when Segment parameter is present');
  if (total === undefined) return undefined;
  if (segment === undefined)
    throw invalid('The Segment parameter is required but was not present in the request when parameter TotalSegments is present');
  if (segment >= total)
    throw invalid(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${segment} is not less than TotalSegments: ${total}`,
    );
  return segmentRange(segment, total);
}
