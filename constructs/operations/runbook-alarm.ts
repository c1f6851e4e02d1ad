import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { clip } from '../../core/contract/clip.ts';

/** Where a runbook is, if nobody says otherwise: the file of this project. */
const RUNBOOK = 'docs/runbook.md';

/** `critical`: data is lost unless somebody acts; `high`: a promise to readers or producers is broken; `medium`: to be looked into within days. */
export type Severity = 'critical' | 'high' | 'medium';

/** Articles of the runbook that alarms link, by the anchors of their headings. */
export type Article =
  | 'late-events'
  | 'unread-events'
  | 'quarantined-events'
  | 'throttled-producers'
  | 'failing-transform'
  | 'undelivered-records'
  | 'stuck-quarantine'
  | 'uncopied-objects'
  | 'failed-folds';

export interface RunbookAlarmProps {
  /** What happened, in sentences. */
  readonly happened: string;
  readonly severity: Severity;
  /** Who answers for the data. */
  readonly owner: string;
  /** Where its curves are seen. */
  readonly consolePage: string;
  /** Address of the runbook, without an anchor. */
  readonly runbookUrl: string | undefined;
  readonly article: Article;
  readonly metric: cloudwatch.IMetric;
  /** The least value that counts as trouble. */
  readonly threshold: number;
  /** Periods in a row that must hold it. */
  readonly periods: number;
  readonly topic: sns.ITopic;
}

/** Bytes of an owner's name; a description holds 1,024 characters in all. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const LONGEST_OWNER = 255;

/**
 * An alarm whose mail says all that its reader needs: what happened, how bad it is, whose data it is, where to look and what to do. It tells
 * its end as well, since who was woken must not have to ask. What is not measured is no trouble: the metrics of a quiet dataset are missing.
 */
export class RunbookAlarm extends Construct {
  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    super(scope, id);
    const alarm = new cloudwatch.Alarm(this, 'Alarm', {
      alarmDescription: [
        props.happened,
        `Severity: ${props.severity}`,
        `Owner: ${clip(props.owner, LONGEST_OWNER)}`,
        `Console: ${props.consolePage}`,
        `Runbook: ${props.runbookUrl ?? RUNBOOK}#${props.article}`,
      ].join('\n'),
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.periods,
      datapointsToAlarm: props.periods,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(props.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
}
