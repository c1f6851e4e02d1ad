import { Duration } from 'aws-cdk-lib/core';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { consolePage } from './console-page.ts';
import { expression } from './dataset-metrics.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

/** A bucket and its copy, by name. */
export interface Copied {
  readonly source: string;
  readonly copy: string;
  /** The rule's name in S3. */
  readonly rule: string;
}

/** What `ReplicationAlarms` needs. */
export interface ReplicationAlarmsProps {
  /** Environment's name. */
  readonly environment: string;
  /** Who answers for the copies. */
  readonly owner: string;
  /** Each bucket that is copied; at least one. */
  readonly copied: readonly Copied[];
  /** Where the alarms go. */
  readonly topic: sns.ITopic;
  /**
   * Address of the runbook, without an anchor.
   *
   * @default - the project's own: docs/runbook.md
   */
  readonly runbookUrl?: string | undefined;
}

const QUARTER_OF_AN_HOUR = Duration.minutes(15);
/** Seconds that replication time control promises. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html */
const PROMISED_SECONDS = 900;

/** Tells when what rests is not copied to the second region: S3 says so nowhere else. */
export class ReplicationAlarms extends Construct {
  constructor(scope: Construct, id: string, { environment, owner, copied, topic, runbookUrl }: ReplicationAlarmsProps) {
    super(scope, id);
    const ids = copied.map((_, index) => `bucket${index}`);
    const each = (metricName: S3Metric, statistic: 'Maximum' | 'Sum') =>
      Object.fromEntries(copied.map((pair, index) => [ids[index] ?? '', replicationMetric(pair, metricName, statistic)]));
    const common = {
      owner,
      consolePage: consolePage.bucket(this, copied[0]?.source ?? ''),
      runbookUrl,
      article: 'uncopied-objects' as const,
      periods: 1,
      topic,
    };
    new RunbookAlarm(this, 'Failed', {
      ...common,
      happened: `Objects of ${environment} cannot be copied to the second region: S3 does not try again. With the first region, they would be lost.`,
      severity: 'high',
      metric: expression(
        ids.map((name) => `FILL(${name}, 0)`).join(' + '),
        each('OperationsFailedReplication', 'Sum'),
        QUARTER_OF_AN_HOUR,
      ),
      threshold: 1,
    });
    new RunbookAlarm(this, 'Late', {
      ...common,
      happened: `Objects of ${environment} wait for their copy in the second region: for ${PROMISED_SECONDS} seconds or more.`,
      severity: 'medium',
      metric: expression(`MAX([${ids.join(', ')}])`, each('ReplicationLatency', 'Maximum'), QUARTER_OF_AN_HOUR),
      threshold: PROMISED_SECONDS,
      periods: 2,
    });
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html */
type S3Metric = 'OperationsFailedReplication' | 'ReplicationLatency';

const replicationMetric = ({ source, copy, rule }: Copied, metricName: S3Metric, statistic: 'Maximum' | 'Sum') =>
  new cloudwatch.Metric({
    namespace: 'AWS/S3',
    metricName,
    dimensionsMap: { SourceBucket: source, DestinationBucket: copy, RuleId: rule },
    statistic,
    period: QUARTER_OF_AN_HOUR,
  });
