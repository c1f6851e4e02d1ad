import { placeToken } from '../../pages.ts';
import { ServiceError } from '../../service.ts';
import { evaluateMath, UnknownMath, type Series } from '../evaluate-math.ts';
import type { Metrics } from '../metrics.ts';
import { SCANS } from './describe-history.ts';
import { queriesOf, type MetricQuery } from './metric-queries.ts';
import { placeIn } from './page.ts';
import { lacking, optionalChoice, seconds, validationError, type OperationParts, type Run } from './request.ts';
import { lookAt, periodsOf, spanOf, statisticsOf, withinKept, type Look } from './span.ts';

/** Datapoints of one answer, over all results. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const MOST_DATAPOINTS = 100_800;

interface Result {
  readonly id: string;
  readonly label: string;
  readonly points: readonly (readonly [time: number, value: number])[];
}

/** Metrics and what metric math makes of them, by periods that follow the start. */
export const getMetricData =
  ({ clock, access, metrics }: OperationParts): Run =>
  (input, caller) => {
    input.only(['MetricDataQueries', 'StartTime', 'EndTime', 'NextToken', 'ScanBy', 'MaxDatapoints', 'LabelOptions']);
    access.check(caller, 'cloudwatch:GetMetricData', '*');
    const queries = queriesOf(input);
    const span = spanOf(input, validationError, 'The parameter StartTime must not equal parameter EndTime.');
    const most = input.optionalNumber('MaxDatapoints') ?? MOST_DATAPOINTS;
    if (!Number.isInteger(most) || most < 1 || most > MOST_DATAPOINTS)
      throw input.invalid('MaxDatapoints', `must be from 1 to ${MOST_DATAPOINTS}`);
    const isAscending = optionalChoice(input, 'ScanBy', SCANS) === 'TimestampAscending';
    const results = queries
      .filter(({ returnsData }) => returnsData)
      .map((query) => {
        const points = [...valuesOf(query, metrics, withinKept(lookAt(span, query.period, clock.now()), clock.now()))];
        return { id: query.id, label: query.label, points: isAscending ? points : points.toReversed() };
      });
    const from = placeIn(input, () => new ServiceError('InvalidNextToken', 'The next token specified is invalid.'));
    return { ...pageOf(results, from, from + most), Messages: [] };
  };

/** The oldest first. @throws ServiceError ValidationException, NotImplemented */
function valuesOf(query: MetricQuery, metrics: Metrics, look: Look): Series {
  const series = (id: string): Series => {
    const watched = query.metrics.get(id);
    if (watched === undefined)
      throw validationError(`the expression of '${query.id}' names '${id}', which no query has as its Id`);
    return statisticsOf(metrics.points(watched.metric), watched.statistic, look);
  };
  if (query.expression.kind === 'name') return series(query.expression.name);
  try {
    const value = evaluateMath(query.expression, series, periodsOf(look), look.period);
    if (typeof value !== 'number') return value;
  } catch (error) {
    if (error instanceof UnknownMath) throw lacking('GetMetricData', `the expression of '${query.id}' (${error.message})`);
    throw error;
  }
  throw validationError(`the expression of '${query.id}' must come to a time series, got a number`);
}

/** A part of all datapoints, one result after the other: of those that are not of it at all nothing is said. */
function pageOf(results: readonly Result[], from: number, end: number): object {
  let before = 0;
  const shown = results.flatMap(({ id, label, points }) => {
    const [first, last] = [from - before, end - before];
    before += points.length;
    if (last < 0 || (last === 0 && points.length > 0) || (first > 0 && first >= points.length)) return [];
    const part = points.slice(Math.max(first, 0), last);
    return {
      Id: id,
      Label: label,
      Timestamps: part.map(([time]) => seconds(time)),
      Values: part.map(([, value]) => value),
      StatusCode: last < points.length ? 'PartialData' : 'Complete',
    };
  });
  return { MetricDataResults: shown, ...(end < before && { NextToken: placeToken(end) }) };
}
