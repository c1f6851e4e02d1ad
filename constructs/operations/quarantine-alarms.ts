import { Duration } from 'aws-cdk-lib/core';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { consolePage } from './console-page.ts';
import { deliveryMetric } from './dataset-metrics.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

/** What `QuarantineAlarms` needs. */
export interface QuarantineAlarmsProps {
  /** Environment's name. */
  readonly environment: string;
  /** The domain whose rejects are delivered. */
  readonly domain: string;
  /** Who answers for the domain's rejects. */
  readonly owner: string;
  /** The domain's delivery for rejected events. */
  readonly delivery: firehose.CfnDeliveryStream;
  /** Where the alarm goes. */
  readonly topic: sns.ITopic;
  /**
   * Address of the runbook, without an anchor.
   *
   * @default - the project's own: docs/runbook.md
   */
  readonly runbookUrl?: string | undefined;
}

/** Well past the five minutes that it buffers, and long before the 24 hours after which it loses what was put. @see https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html */
const STUCK_AFTER = Duration.hours(1);

/** Tells when a domain's rejects do not reach quarantine: nothing else keeps them. */
export class QuarantineAlarms extends Construct {
  constructor(scope: Construct, id: string, props: QuarantineAlarmsProps) {
    super(scope, id);
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
  }
}
