import { Duration } from 'aws-cdk-lib/core';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { InvalidProps } from '../invalid-props.ts';
import { takeEnvironment } from '../take-environment.ts';
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
  /**
   * Environment's name.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /** Who answers for the copies. */
  readonly owner: string;
  /**
   * Each bucket that is copied; at least one.
   *
   * @throws {@link InvalidProps} `NothingCopied`
   */
  readonly copied: readonly Copied[];
  /** Where the alarm goes. */
  readonly topic: sns.ITopic;
  /**
   * Address of the runbook, without an anchor.
   *
   * @default - the project's own: docs/runbook.md
   */
  readonly runbookUrl?: string | undefined;
}

const QUARTER_OF_AN_HOUR = Duration.minutes(15);

/**
 * Tells when what rests cannot be copied to the second region: S3 says so nowhere else. It belongs into the region of the originals; what
 * comes late, S3 measures in the region of the copies: see `CopyAlarms`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html
 */
export class ReplicationAlarms extends Construct {
  constructor(scope: Construct, id: string, { environment, owner, copied, topic, runbookUrl }: ReplicationAlarmsProps) {
    super(scope, id);
    takeEnvironment(this, environment);
    if (copied.length === 0)
      throw new InvalidProps('NothingCopied', this, "'copied' must hold a bucket and its copy, got none; leave the alarms out");
    const failures = Object.fromEntries(copied.map((pair, index) => [`bucket${index}`, failed(pair)]));
    const sum = Object.keys(failures).map((name) => `FILL(${name}, 0)`);
    new RunbookAlarm(this, 'Failed', {
      happened: `Objects of ${environment} cannot be copied to the second region: S3 does not try again. With the first region, they would be lost.`,
      severity: 'high',
      owner,
      consolePage: consolePage.bucket(this, copied[0]?.source ?? ''),
      runbookUrl,
      article: 'uncopied-objects',
      metric: expression(sum.join(' + '), failures, QUARTER_OF_AN_HOUR),
      threshold: 1,
      periods: 1,
      topic,
    });
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html */
const failed = ({ source, copy, rule }: Copied) =>
  new cloudwatch.Metric({
    namespace: 'AWS/S3',
    metricName: 'OperationsFailedReplication',
    dimensionsMap: { SourceBucket: source, DestinationBucket: copy, RuleId: rule },
    statistic: 'Sum',
    period: QUARTER_OF_AN_HOUR,
  });
