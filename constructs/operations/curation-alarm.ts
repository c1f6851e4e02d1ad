import { Duration } from 'aws-cdk-lib/core';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { consolePage } from './console-page.ts';
import { expression } from './dataset-metrics.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

export interface CurationAlarmProps {
  /** Datasets that are folded, for people. */
  readonly whose: string;
  readonly owner: string;
  readonly stateMachine: stepfunctions.CfnStateMachine;
  /** Starts it. */
  readonly schedule: events.CfnRule;
  readonly topic: sns.ITopic;
  readonly runbookUrl: string | undefined;
}

const PERIOD = Duration.minutes(15);

/** Tells when a fold fails, or is not even begun. */
export class CurationAlarm extends Construct {
  constructor(scope: Construct, id: string, { whose, stateMachine, schedule, ...told }: CurationAlarmProps) {
    super(scope, id);
    const sum = (namespace: string, metricName: string, dimensionsMap: Readonly<Record<string, string>>) =>
      new cloudwatch.Metric({ namespace, metricName, dimensionsMap: { ...dimensionsMap }, statistic: 'Sum', period: PERIOD });
    const executions = { StateMachineArn: stateMachine.attrArn };
    new RunbookAlarm(this, 'Failed', {
      happened: `A fold of ${whose} failed: some curated table holds nothing newer until one succeeds. No event is lost by it.`,
      severity: 'high',
      consolePage: consolePage.stateMachine(this, stateMachine.attrArn),
      article: 'failed-folds',
      metric: expression(
        'FILL(failed, 0) + FILL(overdue, 0) + FILL(aborted, 0) + FILL(unstarted, 0)',
        {
          failed: sum('AWS/States', 'ExecutionsFailed', executions),
          aborted: sum('AWS/States', 'ExecutionsAborted', executions),
          overdue: sum('AWS/States', 'ExecutionsTimedOut', executions),
          unstarted: sum('AWS/Events', 'FailedInvocations', { RuleName: schedule.ref }),
        },
        PERIOD,
      ),
      threshold: 1,
      periods: 1,
      ...told,
    });
  }
}
