import { Duration } from 'aws-cdk-lib/core';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { DatasetContract } from '../../core/contract/model.ts';
import { soundSeconds } from '../../core/cost/platform.ts';
import { consolePage } from './console-page.ts';
import { deliveryMetric } from './dataset-metrics.ts';
import { quarantined, undelivered, type Trouble } from './delivery-trouble.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

export interface DirectPutAlarmsProps {
  readonly environment: string;
  readonly dataset: DatasetContract;
  readonly delivery: firehose.CfnDeliveryStream;
  readonly transform: lambda.IAlias;
  readonly topic: sns.ITopic;
  readonly runbookUrl: string | undefined;
}

const FIVE_MINUTES = Duration.minutes(5);
const DEFAULT_QUARANTINE_SHARE = 5;
/** Half of what Firehose keeps of what it cannot write: from then on a broken promise becomes a loss. @see https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html */
const DANGER_SECONDS = 12 * 3600;

/** Four alarms of a dataset without a stream; the function that it shares has its own. */
export class DirectPutAlarms extends Construct {
  constructor(scope: Construct, id: string, props: DirectPutAlarmsProps) {
    super(scope, id);
    const { environment, dataset, delivery, transform, topic, runbookUrl } = props;
    const whose = `${dataset.domain}.${dataset.name} in ${environment}`;
    const page = consolePage.delivery(this, delivery.ref);
    const judged = consolePage.function(this, transform.version.lambda.functionName);
    const alarm = (alarmId: string, own: Trouble) =>
      new RunbookAlarm(this, alarmId, { owner: dataset.owner, runbookUrl, topic, ...own });

    const late = Math.max(soundSeconds(dataset.freshnessSeconds), Math.min(dataset.freshnessSeconds, DANGER_SECONDS));
    alarm('Late', {
      happened: `Events of ${whose} are late: the oldest has waited ${late} seconds or more on its way to the table. Where no event comes, none is late. What waits for 24 hours is lost.`,
      severity: late >= DANGER_SECONDS ? 'critical' : 'high',
      consolePage: page,
      article: 'late-events',
      metric: deliveryMetric(delivery, 'DeliveryToS3.DataFreshness', 'Maximum', FIVE_MINUTES),
      threshold: late,
      periods: 2,
    });
    alarm('Quarantined', quarantined(environment, dataset, DEFAULT_QUARANTINE_SHARE, judged));
    alarm('Throttled', {
      happened: `Producers of ${whose} are throttled for a quarter of an hour: the delivery takes no more.`,
      severity: 'high',
      consolePage: page,
      article: 'throttled-producers',
      metric: deliveryMetric(delivery, 'ThrottledRecords', 'Sum', FIVE_MINUTES),
      threshold: 1,
      periods: 3,
    });
    alarm('Undelivered', undelivered(environment, dataset, delivery, page));
  }
}
