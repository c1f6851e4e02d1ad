import { parseAlarm } from '../../../local/cloudwatch/alarm-settings.ts';
import { Members } from '../../../local/input.ts';
import { alarmOf, watching } from './rig.ts';

const stat = (rest: object = {}) => ({
  MetricStat: { Metric: { Namespace: 'Mine', MetricName: 'errors' }, Period: 300, Stat: 'Sum', ...rest },
});
const queries = (...Metrics: readonly object[]) => ({
  MetricName: undefined,
  Namespace: undefined,
  Period: undefined,
  Statistic: undefined,
  Metrics,
});
const lacks = (properties: object): string | undefined => watching(properties).alarm().lacks;

test.each<[object, string]>([
  [{ Statistic: undefined, ExtendedStatistic: 'p99' }, "not simulated: the statistic 'p99'"],
  [{ Period: 10 }, 'not simulated: a period of 10 seconds'],
  [{ ComparisonOperator: 'GreaterThanUpperThreshold', ThresholdMetricId: 'band' }, 'not simulated: anomaly detection'],
  [
    queries({ Id: 'all', Expression: 'SELECT MAX(errors) FROM Mine', Period: 300 }),
    "not simulated: the expression 'SELECT MAX(errors) FROM Mine'",
  ],
  [queries({ Id: 'one', ...stat() }, { Id: 'two', ...stat() }), 'not simulated: other than one query that returns data'],
  [
    queries({ Id: 'one', Expression: 'two', ReturnData: true }, { Id: 'two', Expression: 'one', ReturnData: false }),
    "not simulated: the expression 'two'",
  ],
  [queries({ Id: 'one', Expression: '1 + 1' }), 'not simulated: an expression of no metric'],
  [
    queries(
      { Id: 'sum', Expression: 'one + two' },
      { Id: 'one', ReturnData: false, ...stat() },
      { Id: 'two', ReturnData: false, ...stat({ Period: 60 }) },
    ),
    'not simulated: metrics of several periods',
  ],
  [queries({ Id: 'one', AccountId: '999999999999', ...stat() }), 'not simulated: a metric of another account'],
  [{ Namespace: 'AWS/S3', MetricName: 'ReplicationLatency' }, 'not measured: AWS/S3 ReplicationLatency'],
])('an alarm that is kept says what it lacks: %j', (properties, what) => {
  expect(lacks(properties)).toBe(what);
});

test('one whose function nobody knows says so once it was evaluated, and stays as it is', async () => {
  const { alarm, minutes } = watching(
    queries({ Id: 'band', Expression: 'STDDEV(errors)' }, { Id: 'errors', ReturnData: false, ...stat() }),
  );
  expect(alarm().lacks).toBeUndefined();
  await minutes(1, 9);
  expect(alarm().lacks).toBe("not simulated: The function 'STDDEV' is not simulated");
  expect(alarm().state.state).toBe('INSUFFICIENT_DATA');
});

test.each<[object, string]>([
  [{ EvaluationPeriods: undefined }, "'EvaluationPeriods' is required"],
  [{ DatapointsToAlarm: 2 }, "'DatapointsToAlarm' must be at most EvaluationPeriods, got 2 of 1"],
  [{ TreatMissingData: 'bad' }, "'TreatMissingData' must be one of breaching, notBreaching, ignore, missing, got 'bad'"],
  [{ ComparisonOperator: 'Equals' }, "'ComparisonOperator' must be one of GreaterThanOrEqualToThreshold, "],
  [{ MetricName: undefined }, "'MetricName' is required"],
])('one that AWS refuses is refused: %j', (properties, message) => {
  expect(() => parseAlarm(new Members(alarmOf(properties)), 'alarm', 'arn')).toThrow(message);
});
