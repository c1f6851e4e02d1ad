import { Duration } from 'aws-cdk-lib/core';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { pascalCase } from '../../core/naming.ts';
import { InvalidProps } from '../invalid-props.ts';
import { takeEnvironment } from '../take-environment.ts';
import { consolePage } from './console-page.ts';
import { expression } from './dataset-metrics.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

/** What `CopyAlarms` needs. */
export interface CopyAlarmsProps {
  /**
   * Environment's name.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /** Who answers for the copies. */
  readonly owner: string;
  /**
   * Buckets that hold the copies, by the names of the zones that are copied; at least one.
   *
   * @throws {@link InvalidProps} `NothingCopied`
   */
  readonly copies: Readonly<Record<string, s3.IBucket>>;
  /** Where the alarms go: a topic of the second region. */
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

/**
 * Tells when what rests waits for its copy: in the stack of the copies, since S3 measures the latency of replication in their region alone.
 * An alarm for each copy, so that a mail says which; and CloudWatch takes one query at a time.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html
 */
export class CopyAlarms extends Construct {
  constructor(scope: Construct, id: string, { environment, owner, copies, topic, runbookUrl }: CopyAlarmsProps) {
    super(scope, id);
    takeEnvironment(this, environment);
    if (Object.keys(copies).length === 0)
      throw new InvalidProps('NothingCopied', this, "'copies' must hold a bucket of copies, got none; leave the alarms out");
    for (const [zone, copy] of Object.entries(copies))
      new RunbookAlarm(this, `Late${pascalCase(zone)}`, {
        happened: `Objects of ${environment} in '${zone}' wait for their copy in the second region: for ${PROMISED_SECONDS} seconds or more.`,
        severity: 'medium',
        owner,
        consolePage: consolePage.alarms(this),
        runbookUrl,
        article: 'uncopied-objects',
        metric: expression(latencyOf(copy), {}, QUARTER_OF_AN_HOUR),
        threshold: PROMISED_SECONDS,
        periods: 2,
        topic,
      });
  }
}

/**
 * A query, and not a metric, which has the source among its dimensions: no stack of this region knows that name.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
 */
const latencyOf = ({ bucketName }: s3.IBucket): string =>
  `SELECT MAX(ReplicationLatency) FROM SCHEMA("AWS/S3", DestinationBucket, RuleId, SourceBucket) WHERE DestinationBucket = '${bucketName}'`;
