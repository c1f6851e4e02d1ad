import { isMetricsQuery } from '../../../core/aws/metrics-query.ts';
import { ofType, type ServiceLimits } from '../limit.ts';
import { at, largest, length } from '../measures.ts';

const SEE = {
  alarm: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
  quotas: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
  queries: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-limits.html',
} as const;

/** Queries of Metrics Insights among what an alarm computes. */
const queriesOf = (alarm: unknown): readonly unknown[] =>
  at(alarm, 'Metrics').filter((query) => at(query, 'Expression').some(isMetricsQuery));

/** What CloudWatch takes. */
export const cloudwatch: ServiceLimits = {
  resources: [
    {
      type: 'AWS::CloudWatch::Alarm',
      what: "characters of an alarm's description",
      most: 1024,
      measure: ({ AlarmDescription }) => length(AlarmDescription),
      remedy: "shorten the owner's name or the runbook's address",
      see: SEE.alarm,
    },
    {
      type: 'AWS::CloudWatch::Alarm',
      what: 'seconds that an alarm on a query looks back',
      most: 10_800,
      measure: (alarm) => largest(queriesOf(alarm), (query) => Number(at(query, 'Period')[0]) * Number(alarm.EvaluationPeriods)),
      remedy: 'take a shorter period, or fewer',
      see: SEE.queries,
    },
  ],
  quotas: [
    { what: 'alarms', regional: true, byDefault: 5000, count: ofType('AWS::CloudWatch::Alarm'), see: SEE.quotas },
    {
      what: 'alarms on a query',
      regional: true,
      byDefault: 200,
      count: ({ Type, Properties }) => (Type === 'AWS::CloudWatch::Alarm' && queriesOf(Properties).length > 0 ? 1 : 0),
      see: SEE.queries,
    },
  ],
};
