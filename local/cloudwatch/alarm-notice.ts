import type { Alarm, AlarmTransition } from './alarm.ts';
import type { AlarmSettings, Query, Watched } from './alarm-settings.ts';
import type { Metric } from './metric.ts';

/** Characters of a subject. @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const LONGEST_SUBJECT = 100;

/**
 * What an alarm tells a topic. AWS documents no schema: members and their order are those of notices that were published. In two places AWS
 * writes a region's long name, where this has its code.
 *
 * @see https://github.com/aws/aws-lambda-go/blob/main/events/testdata/cloudwatch-alarm-sns-payload-single-metric.json
 */
export function alarmNotice(
  { settings, configured }: Pick<Alarm, 'settings' | 'configured'>,
  { state, from, reason, time }: AlarmTransition,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): { readonly subject: string; readonly message: string } {
  const { name, arn, description, actions } = settings;
  const message = {
    AlarmName: name,
    AlarmDescription: description ?? null,
    AWSAccountId: accountId,
    AlarmConfigurationUpdatedTimestamp: stamp(configured),
    NewStateValue: state,
    NewStateReason: reason,
    StateChangeTime: stamp(time),
    Region: region,
    AlarmArn: arn,
    OldStateValue: from,
    OKActions: actions.OK,
    AlarmActions: actions.ALARM,
    InsufficientDataActions: actions.INSUFFICIENT_DATA,
    Trigger: trigger(settings),
  };
  return { subject: `${state}: "${name}" in ${region}`.slice(0, LONGEST_SUBJECT), message: JSON.stringify(message) };
}

const stamp = (time: number): string => new Date(time).toISOString().replace('Z', '+0000');

function trigger({ rule, query }: AlarmSettings): object {
  const [single, metrics] = queried(query);
  return {
    ...single,
    EvaluationPeriods: rule.evaluationPeriods,
    ...(rule.datapointsToAlarm !== undefined && { DatapointsToAlarm: rule.datapointsToAlarm }),
    ComparisonOperator: rule.comparison,
    Threshold: rule.threshold,
    TreatMissingData: rule.treatMissingData ?? 'missing',
    EvaluateLowSampleCountPercentile: '',
    ...metrics,
  };
}

/** What stands before the rule, and what after it. */
function queried(query: Query): readonly [object, object] {
  if ('notSimulated' in query) return [{}, {}];
  if (query.queries === undefined) {
    const [watched] = query.metrics.values();
    return [watched === undefined ? {} : ofMetric(watched), {}];
  }
  return [
    { Period: query.period },
    { Metrics: query.queries.map(({ id, expression, returnsData }) => queryOf(id, expression, returnsData, query)) },
  ];
}

function ofMetric({ metric, statistic, period }: Watched): object {
  return {
    MetricName: metric.name,
    Namespace: metric.namespace,
    StatisticType: 'Statistic',
    Statistic: statistic.toUpperCase(),
    Unit: null,
    Dimensions: dimensionsOf(metric),
    Period: period,
  };
}

function queryOf(
  id: string,
  expression: string | undefined,
  returnsData: boolean,
  query: Exclude<Query, { readonly notSimulated: string }>,
): object {
  if (expression !== undefined) return { Expression: expression, Id: id, ReturnData: returnsData };
  const watched = query.metrics.get(id);
  if (watched === undefined) return { Id: id, ReturnData: returnsData };
  const { metric, period, statistic } = watched;
  const Metric = { Dimensions: dimensionsOf(metric), MetricName: metric.name, Namespace: metric.namespace };
  return { Id: id, MetricStat: { Metric, Period: period, Stat: statistic }, ReturnData: returnsData };
}

const dimensionsOf = ({ dimensions }: Metric): readonly object[] =>
  Object.entries(dimensions).map(([name, value]) => ({ value, name }));
