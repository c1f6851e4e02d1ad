import type { Alarm } from '../alarm.ts';
import type { Query, Watched } from '../alarm-settings.ts';
import { dimensionList, seconds } from './request.ts';

/** An alarm as CloudWatch describes it. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html */
export function describeAlarm({ settings, state, actionsEnabled }: Alarm): object {
  const { name, arn, description, actions, rule, query } = settings;
  return {
    AlarmName: name,
    AlarmArn: arn,
    ...(description !== undefined && { AlarmDescription: description }),
    ActionsEnabled: actionsEnabled,
    OKActions: actions.OK,
    AlarmActions: actions.ALARM,
    InsufficientDataActions: actions.INSUFFICIENT_DATA,
    StateValue: state.state,
    StateReason: state.reason,
    StateUpdatedTimestamp: seconds(state.time),
    StateTransitionedTimestamp: seconds(state.time),
    ...describeQuery(query),
    EvaluationPeriods: rule.evaluationPeriods,
    ...(rule.datapointsToAlarm !== undefined && { DatapointsToAlarm: rule.datapointsToAlarm }),
    ...(!Number.isNaN(rule.threshold) && { Threshold: rule.threshold }),
    ComparisonOperator: rule.comparison,
    TreatMissingData: rule.treatMissingData,
  };
}

function describeQuery(query: Query): object {
  if ('notSimulated' in query) return {};
  const { metrics, queries } = query;
  if (queries === undefined) {
    const [watched] = metrics.values();
    return watched === undefined
      ? {}
      : {
          ...describeMetric(watched),
          Statistic: watched.statistic,
          Period: watched.period,
          Dimensions: dimensionList(watched.metric.dimensions),
        };
  }
  return {
    Dimensions: [],
    Metrics: queries.map(({ id, expression, returnsData }) => {
      const watched = metrics.get(id);
      return {
        Id: id,
        ...(expression === undefined && watched !== undefined
          ? { MetricStat: describeStat(watched) }
          : { Expression: expression }),
        ReturnData: returnsData,
      };
    }),
  };
}

const describeMetric = ({ metric: { namespace, name } }: Watched) => ({ Namespace: namespace, MetricName: name });

const describeStat = (watched: Watched): object => ({
  Metric: { ...describeMetric(watched), Dimensions: dimensionList(watched.metric.dimensions) },
  Period: watched.period,
  Stat: watched.statistic,
});
