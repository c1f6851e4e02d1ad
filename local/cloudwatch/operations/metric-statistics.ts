import { STATISTICS, type Statistic } from '../datapoints.ts';
import {
  invalidCombination,
  invalidValue,
  lacking,
  metricOf,
  missingParameter,
  seconds,
  type OperationParts,
  type Run,
} from './request.ts';
import { BACKWARDS, isPeriod, lookAt, periodsOf, spanOf, statisticsOf } from './span.ts';

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html */
const MOST_DATAPOINTS = 1440;

export const getMetricStatistics =
  ({ clock, access, metrics }: OperationParts): Run =>
  (input, caller) => {
    for (const name of ['ExtendedStatistics', 'Unit']) if (input.has(name)) throw lacking('GetMetricStatistics', `'${name}'`);
    input.only(['Namespace', 'MetricName', 'Dimensions', 'StartTime', 'EndTime', 'Period', 'Statistics']);
    access.check(caller, 'cloudwatch:GetMetricStatistics', '*');
    const metric = metricOf(input);
    const span = spanOf(input, invalidValue, BACKWARDS);
    const period = input.number('Period');
    if (!isPeriod(period)) throw invalidValue("'Period' must be 1, 5, 10, 20, 30 or a multiple of 60");
    const asked = statisticsIn(input.texts('Statistics'));
    const look = lookAt(span, period, clock.now());
    const most = Math.ceil((span.end - span.start) / (period * 1000));
    if (most > MOST_DATAPOINTS) {
      throw invalidCombination(
        `You have requested up to ${most} datapoints, which exceeds the limit of ${MOST_DATAPOINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      );
    }
    const points = metrics.points(metric);
    const unit = metrics.unitOf(metric);
    const series = asked.map((statistic) => [statistic, statisticsOf(points, statistic, look)] as const);
    const measured = periodsOf(look).filter((begin) => series.some(([, values]) => values.has(begin)));
    const datapoints = measured.map((begin) => ({
      Timestamp: seconds(begin),
      ...Object.fromEntries(series.map(([statistic, values]) => [statistic, values.get(begin)])),
      ...(unit !== undefined && { Unit: unit }),
    }));
    return { Label: metric.name, Datapoints: datapoints };
  };

function statisticsIn(given: readonly string[]): readonly Statistic[] {
  if (given.length === 0) throw missingParameter("'Statistics' must have at least one");
  return given.map((name) => {
    const found = STATISTICS.find((statistic) => statistic === name);
    if (found === undefined)
      throw invalidValue(`The value ${name} for parameter Statistics is not one of ${STATISTICS.join(', ')}`);
    return found;
  });
}
