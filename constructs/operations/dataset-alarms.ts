import { Duration, Token } from 'aws-cdk-lib/core';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { DatasetContract } from '../../core/contract/model.ts';
import { soundSeconds } from '../../core/cost/platform.ts';
import { InvalidProps } from '../invalid-props.ts';
import { takeEnvironment } from '../take-environment.ts';
import { consolePage } from './console-page.ts';
import { deliveryMetric, expression, streamMetric } from './dataset-metrics.ts';
import { failing, quarantined, undelivered, type Trouble } from './delivery-trouble.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

/** What `DatasetAlarms` needs. */
export interface DatasetAlarmsProps {
  /**
   * Environment's name: whose counts are watched.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /** What the stream carries; its freshness is what an event may take, its owner who is told. */
  readonly dataset: DatasetContract;
  /** What producers put events in. */
  readonly stream: kinesis.IStream;
  /**
   * How long the stream keeps records.
   *
   * @throws {@link InvalidProps} `StreamRetentionUnresolved`
   */
  readonly streamRetention: Duration;
  /** Carries the stream to `clean`. */
  readonly delivery: firehose.CfnDeliveryStream;
  /** Judges the events: the alias that the delivery invokes. */
  readonly transform: lambda.IAlias;
  /** Where the alarms go. */
  readonly topic: sns.ITopic;
  /**
   * Percent of the events of a quarter of an hour that may be rejected; above 0, at most 100.
   *
   * @default 5
   * @throws {@link InvalidProps} `InvalidQuarantineShare`
   */
  readonly quarantineShare?: number;
  /**
   * Address of the runbook, without an anchor.
   *
   * @default - the project's own: docs/runbook.md
   */
  readonly runbookUrl?: string | undefined;
}

const DEFAULTS = { quarantineShare: 5 } as const;

const FIVE_MINUTES = Duration.minutes(5);

/** Percent of the stream's retention after which what still waits in it is in danger. */
const DANGER = 50;

/**
 * Seconds after which an event is late: the contract's freshness, but no less than a sound delivery takes, and no more than half of what
 * the stream keeps, where a broken promise becomes a loss.
 */
function lateAfter({ freshnessSeconds }: DatasetContract, streamRetention: Duration): number {
  return Math.max(soundSeconds(freshnessSeconds), Math.min(freshnessSeconds, (streamRetention.toSeconds() * DANGER) / 100));
}

/** Six alarms that call for a person, each with its article in the runbook (docs/adr/0016). */
export class DatasetAlarms extends Construct {
  constructor(scope: Construct, id: string, props: DatasetAlarmsProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    const { environment, dataset, stream, streamRetention, delivery, transform, topic } = props;
    const share = props.quarantineShare ?? DEFAULTS.quarantineShare;
    if (streamRetention.isUnresolved())
      throw new InvalidProps(
        'StreamRetentionUnresolved',
        this,
        "'streamRetention' must be known at synth, since alarms are set by half of it, got a token; give a literal",
      );
    if (!Token.isUnresolved(share) && !(share > 0 && share <= 100))
      throw new InvalidProps(
        'InvalidQuarantineShare',
        this,
        `'quarantineShare' must be above 0 and at most 100 percent, got ${share}; mend it, or leave it out`,
      );
    const whose = `${dataset.domain}.${dataset.name} in ${environment}`;
    const pages = {
      delivery: consolePage.delivery(this, delivery.ref),
      stream: consolePage.stream(this, stream.streamName),
      transform: consolePage.function(this, transform.version.lambda.functionName),
    };
    const alarm = (alarmId: string, own: Trouble) =>
      new RunbookAlarm(this, alarmId, {
        owner: dataset.owner,
        runbookUrl: props.runbookUrl,
        topic,
        ...own,
      });

    const late = lateAfter(dataset, streamRetention);
    alarm('Late', {
      happened: `Events of ${whose} are late: the oldest has waited ${late} seconds or more on its way to the table. Where no event comes, none is late.`,
      severity: 'high',
      consolePage: pages.delivery,
      article: 'late-events',
      // the age of what is in Firehose begins when it is read: what it waited for in the stream comes on top
      metric: expression(
        'fresh + FILL(behind, 0) / 1000',
        {
          fresh: deliveryMetric(delivery, 'DeliveryToS3.DataFreshness', 'Maximum', FIVE_MINUTES),
          behind: deliveryMetric(delivery, 'KinesisMillisBehindLatest', 'Maximum', FIVE_MINUTES),
        },
        FIVE_MINUTES,
      ),
      threshold: late,
      periods: 2,
    });

    alarm('Unread', {
      happened: `Events of ${whose} wait unread in the stream: for half of its retention of ${streamRetention.toHours()} hours, or events arrive and none is read. What is older than the retention is lost.`,
      severity: 'critical',
      consolePage: pages.stream,
      article: 'unread-events',
      // a delivery that may not read at all measures no lag
      metric: expression(
        `IF((FILL(incoming, 0) > 0) AND (FILL(read, 0) == 0), 100, 100 * FILL(behind, 0) / ${streamRetention.toMilliseconds()})`,
        {
          incoming: streamMetric(stream, 'IncomingRecords', FIVE_MINUTES),
          read: deliveryMetric(delivery, 'DataReadFromKinesisStream.Records', 'Sum', FIVE_MINUTES),
          behind: deliveryMetric(delivery, 'KinesisMillisBehindLatest', 'Maximum', FIVE_MINUTES),
        },
        FIVE_MINUTES,
      ),
      threshold: DANGER,
      periods: 3,
    });

    alarm('Quarantined', quarantined(environment, dataset, share, pages.transform));

    alarm('Throttled', {
      happened: `Producers of ${whose} are throttled for a quarter of an hour: the stream, or one shard of it, takes no more.`,
      severity: 'high',
      consolePage: pages.stream,
      article: 'throttled-producers',
      metric: streamMetric(stream, 'WriteProvisionedThroughputExceeded', FIVE_MINUTES),
      threshold: 1,
      periods: 3,
    });

    alarm('Failing', failing(whose, transform, pages.transform));
    alarm('Undelivered', undelivered(environment, dataset, delivery, pages.delivery));
  }
}
