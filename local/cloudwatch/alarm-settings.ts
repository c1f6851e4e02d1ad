import { writtenOut, type Expression } from '../../core/aws/metric-math.ts';
import type { Members } from '../input.ts';
import { BAND_COMPARISONS, COMPARISONS, type AlarmRule, type Comparison, type MissingData } from './alarm-state.ts';
import { STATISTICS, type Statistic } from './datapoints.ts';
import { describedQuery } from './described-query.ts';
import type { Metric } from './metric.ts';

/** A metric as an alarm looks at it. */
export interface Watched {
  readonly metric: Metric;
  readonly statistic: Statistic;
  /** Seconds. */
  readonly period: number;
}

/** What an alarm computes from metrics, or why that is not simulated. */
export type Query =
  | {
      /** By the ids that the expression names. */
      readonly metrics: ReadonlyMap<string, Watched>;
      readonly expression: Expression;
      /** Seconds. */
      readonly period: number;
      /** As they are written; absent where the alarm looks at one metric. */
      readonly queries?: readonly WrittenQuery[];
    }
  | { readonly notSimulated: string };

/** A query of an alarm: an expression, or else a metric. */
export interface WrittenQuery {
  readonly id: string;
  readonly expression: string | undefined;
  readonly returnsData: boolean;
}

export interface AlarmSettings {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly rule: AlarmRule;
  readonly query: Query;
  /** The query as CloudWatch describes it. */
  readonly described: object;
  readonly actionsEnabled: boolean;
  /** ARNs by the state that they are told of. */
  readonly actions: Readonly<Record<'ALARM' | 'OK' | 'INSUFFICIENT_DATA', readonly string[]>>;
}

/** Seconds: what is measured is kept by minutes. */
const MINUTE = 60;
const MISSING: readonly MissingData[] = ['breaching', 'notBreaching', 'ignore', 'missing'];

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const ALARM_PROPERTIES = [
  'ActionsEnabled',
  'AlarmActions',
  'AlarmDescription',
  'AlarmName',
  'ComparisonOperator',
  'DatapointsToAlarm',
  'Dimensions',
  'EvaluationPeriods',
  'ExtendedStatistic',
  'InsufficientDataActions',
  'MetricName',
  'Metrics',
  'Namespace',
  'OKActions',
  'Period',
  'Statistic',
  'Threshold',
  'ThresholdMetricId',
  'TreatMissingData',
] as const;

/** Reads an alarm as a template or a call gives it. @throws what `properties` refuses with */
export function parseAlarm(properties: Members, name: string, arn: string): AlarmSettings {
  const evaluationPeriods = properties.number('EvaluationPeriods');
  const datapointsToAlarm = properties.optionalNumber('DatapointsToAlarm');
  if (datapointsToAlarm !== undefined && datapointsToAlarm > evaluationPeriods)
    throw properties.invalid(
      'DatapointsToAlarm',
      `must be at most EvaluationPeriods, got ${datapointsToAlarm} of ${evaluationPeriods}`,
    );
  const comparison = comparisonOf(properties);
  return {
    name,
    arn,
    description: properties.optionalText('AlarmDescription'),
    rule: {
      comparison,
      threshold: properties.optionalNumber('Threshold') ?? Number.NaN,
      evaluationPeriods,
      ...(datapointsToAlarm !== undefined && { datapointsToAlarm }),
      treatMissingData: missingData(properties),
    },
    query: isBand(comparison) ? { notSimulated: 'anomaly detection' } : readQuery(properties, arn.split(':')[4]),
    described: describedQuery(properties),
    actionsEnabled: properties.optionalBoolean('ActionsEnabled') ?? true,
    actions: {
      ALARM: properties.texts('AlarmActions'),
      OK: properties.texts('OKActions'),
      INSUFFICIENT_DATA: properties.texts('InsufficientDataActions'),
    },
  };
}

function comparisonOf(properties: Members): Comparison {
  const given = properties.text('ComparisonOperator');
  const known = [...COMPARISONS, ...BAND_COMPARISONS];
  const found = known.find((one) => one === given);
  if (found === undefined) throw properties.invalid('ComparisonOperator', `must be one of ${known.join(', ')}, got '${given}'`);
  return found;
}

const isBand = (comparison: Comparison): boolean => BAND_COMPARISONS.some((band) => band === comparison);

function missingData(properties: Members): MissingData | undefined {
  const given = properties.optionalText('TreatMissingData');
  if (given === undefined) return undefined;
  const found = MISSING.find((one) => one === given);
  if (found === undefined) throw properties.invalid('TreatMissingData', `must be one of ${MISSING.join(', ')}, got '${given}'`);
  return found;
}

/** @param account Of the alarm */
function readQuery(properties: Members, account: string | undefined): Query {
  if (properties.has('ThresholdMetricId')) return { notSimulated: 'anomaly detection' };
  if (!properties.has('Metrics')) {
    const asked = properties.optionalText('Statistic') ?? properties.optionalText('ExtendedStatistic') ?? '';
    const watched = watchedOf(properties, properties, asked);
    return 'notSimulated' in watched
      ? watched
      : { metrics: new Map([['m1', watched]]), expression: { kind: 'name', name: 'm1' }, period: watched.period };
  }
  return readQueries(properties.objects('Metrics'), account);
}

type NotSimulated = Extract<Query, { readonly notSimulated: string }>;

/** One query is looked at; the others are what it is computed of. */
function readQueries(queries: readonly Members[], account: string | undefined): Query {
  const written = queries.map((query) => ({
    id: query.text('Id'),
    expression: query.optionalText('Expression'),
    returnsData: query.optionalBoolean('ReturnData') ?? true,
  }));
  const metrics = new Map<string, Watched>();
  for (const query of queries.filter((one) => !one.has('Expression'))) {
    if ((query.optionalText('AccountId') ?? account) !== account) return { notSimulated: 'a metric of another account' };
    const stat = query.object('MetricStat');
    const watched = watchedOf(stat, stat.object('Metric'), stat.text('Stat'));
    if ('notSimulated' in watched) return watched;
    metrics.set(query.text('Id'), watched);
  }
  const [only, ...more] = written.filter(({ returnsData }) => returnsData);
  if (only === undefined || more.length > 0) return { notSimulated: 'other than one query that returns data' };
  const expression = writtenOut(only.id, (id) => written.find((query) => query.id === id)?.expression);
  if (expression === undefined) return { notSimulated: `the expression '${only.expression ?? ''}'` };
  const [period, ...others] = new Set([...metrics.values()].map((watched) => watched.period));
  if (period === undefined) return { notSimulated: 'an expression of no metric' };
  return others.length > 0 ? { notSimulated: 'metrics of several periods' } : { metrics, expression, period, queries: written };
}

function watchedOf(stat: Members, metric: Members, asked: string): Watched | NotSimulated {
  const statistic = STATISTICS.find((one) => one === asked);
  const period = stat.number('Period');
  if (statistic === undefined) return { notSimulated: `the statistic '${asked}'` };
  if (period < MINUTE) return { notSimulated: `a period of ${period} seconds` };
  return {
    metric: {
      namespace: metric.text('Namespace'),
      name: metric.text('MetricName'),
      dimensions: Object.fromEntries(metric.objects('Dimensions').map((one) => [one.text('Name'), one.text('Value')])),
    },
    statistic,
    period,
  };
}
