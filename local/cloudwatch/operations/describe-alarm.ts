import type { Alarm } from '../alarm.ts';
import { seconds } from './request.ts';

/** An alarm as CloudWatch describes it. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html */
export function describeAlarm({ settings, state, actionsEnabled, configured }: Alarm): object {
  const { name, arn, description, actions, rule, described } = settings;
  return {
    AlarmName: name,
    AlarmArn: arn,
    ...(description !== undefined && { AlarmDescription: description }),
    ActionsEnabled: actionsEnabled,
    OKActions: actions.OK,
    AlarmActions: actions.ALARM,
    InsufficientDataActions: actions.INSUFFICIENT_DATA,
    AlarmConfigurationUpdatedTimestamp: seconds(configured),
    StateValue: state.state,
    StateReason: state.reason,
    StateUpdatedTimestamp: seconds(state.time),
    StateTransitionedTimestamp: seconds(state.time),
    ...described,
    EvaluationPeriods: rule.evaluationPeriods,
    ...(rule.datapointsToAlarm !== undefined && { DatapointsToAlarm: rule.datapointsToAlarm }),
    ...(!Number.isNaN(rule.threshold) && { Threshold: rule.threshold }),
    ComparisonOperator: rule.comparison,
    ...(rule.treatMissingData !== undefined && { TreatMissingData: rule.treatMissingData }),
  };
}
