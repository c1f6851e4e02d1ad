import { Annotations, Duration } from 'aws-cdk-lib/core';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { takeEnvironment } from '../take-environment.ts';
import { consolePage } from './console-page.ts';
import { deliveryMetric } from './dataset-metrics.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

/** What `DomainAlarms` needs. */
export interface DomainAlarmsProps {
  /**
   * Environment's name.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /** The domain whose rejects are delivered. */
  readonly domain: string;
  /** Who answers for the domain's rejects. */
  readonly owner: string;
  /** The domain's delivery for rejected events. */
  readonly delivery: firehose.CfnDeliveryStream;
  /** Where deliveries of accepted events file what they could not carry; it must tell EventBridge of its objects. */
  readonly clean: s3.IBucket;
  /** Where the delivery of rejected events does; the same holds for it. */
  readonly quarantine: s3.IBucket;
  /**
   * Whether both buckets tell EventBridge of their objects. Where they do not, the alarm `Filed` could never come: it is left out, with a
   * warning.
   *
   * @default true
   */
  readonly areObjectsTold?: boolean;
  /** Where the alarms go. */
  readonly topic: sns.ITopic;
  /**
   * Address of the runbook, without an anchor.
   *
   * @default - the project's own: docs/runbook.md
   */
  readonly runbookUrl?: string | undefined;
}

const DEFAULTS = { areObjectsTold: true } as const;

/** Well past the five minutes that it buffers, and long before the 24 hours after which it loses what was put. @see https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html */
const STUCK_AFTER = Duration.hours(1);

/**
 * Tells when a domain's rejects do not reach quarantine, where nothing else keeps them, and when a delivery files what it could not carry:
 * objects are counted, because an invocation that never reached the function is in no metric of anybody.
 */
export class DomainAlarms extends Construct {
  constructor(scope: Construct, id: string, props: DomainAlarmsProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    new RunbookAlarm(this, 'Stuck', {
      happened: `Rejected events of ${props.domain} in ${props.environment} do not reach quarantine: the oldest has waited ${STUCK_AFTER.toMinutes()} minutes or more. After 24 hours they are lost.`,
      severity: 'critical',
      owner: props.owner,
      consolePage: consolePage.delivery(this, props.delivery.ref),
      runbookUrl: props.runbookUrl,
      article: 'stuck-quarantine',
      metric: deliveryMetric(props.delivery, 'DeliveryToS3.DataFreshness', 'Maximum', Duration.minutes(5)),
      threshold: STUCK_AFTER.toSeconds(),
      periods: 1,
      topic: props.topic,
    });
    if (props.areObjectsTold ?? DEFAULTS.areObjectsTold) this.filed(props);
    else
      Annotations.of(this).addWarningV2(
        'headwaters:FiledNotCounted',
        `no alarm comes when a delivery of '${props.domain}' files what it could not carry: the lake does not tell EventBridge of its objects; set its 'eventBridge' to true`,
      );
  }

  private filed({ domain, environment, owner, clean, quarantine, topic, runbookUrl }: DomainAlarmsProps): void {
    const prefix = `_errors/${domain}/`;
    const rule = new events.CfnRule(this, 'FiledErrors', {
      description: `Counts what deliveries of ${domain} could not carry`,
      eventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [clean.bucketName, quarantine.bucketName] }, object: { key: [{ prefix }] } },
      },
    });
    new RunbookAlarm(this, 'Filed', {
      happened: `A delivery of ${domain} in ${environment} filed records that it could not carry: they lie under ${prefix} in the bucket of clean or of quarantine, stand nowhere else for readers or stewards, and expire in 7 days.`,
      severity: 'high',
      owner,
      consolePage: consolePage.bucket(this, clean.bucketName),
      runbookUrl,
      article: 'undelivered-records',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'MatchedEvents',
        dimensionsMap: { RuleName: rule.ref },
        statistic: 'Sum',
        period: Duration.minutes(15),
      }),
      threshold: 1,
      periods: 1,
      topic,
    });
  }
}
