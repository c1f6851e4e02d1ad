import { Duration, Tokenization } from 'aws-cdk-lib/core';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { DatasetContract } from '../../core/contract/model.ts';
import { batchMetric, deliveryMetric, expression } from './dataset-metrics.ts';
import type { RunbookAlarmProps } from './runbook-alarm.ts';

/** An alarm but for whom it tells. */
export type Trouble = Omit<RunbookAlarmProps, 'owner' | 'runbookUrl' | 'topic'>;

const QUARTER_OF_AN_HOUR = Duration.minutes(15);
/** Rejects below which a share says nothing. */
const FEWEST_REJECTS = 10;
/** Failed invocations after which Firehose may have given a batch up: the first and its three retries. */
const ATTEMPTS = 4;

const whoseOf = (environment: string, { domain, name }: DatasetContract): string => `${domain}.${name} in ${environment}`;

/** @param share Percent of the events of a quarter of an hour that may be rejected */
export const quarantined = (environment: string, dataset: DatasetContract, share: number, consolePage: string): Trouble => ({
  happened: `Events of ${whoseOf(environment, dataset)} are rejected: ${Tokenization.stringifyNumber(share)} percent or more of a quarter of an hour, and ${FEWEST_REJECTS} events or more. They are safe in quarantine, and missing in the table.`,
  severity: 'medium',
  consolePage,
  article: 'quarantined-events',
  metric: expression(
    `IF(quarantined >= ${FEWEST_REJECTS}, 100 * quarantined / (accepted + quarantined), 0)`,
    {
      quarantined: batchMetric(environment, dataset, 'QuarantinedEvents', QUARTER_OF_AN_HOUR),
      accepted: batchMetric(environment, dataset, 'AcceptedEvents', QUARTER_OF_AN_HOUR),
    },
    QUARTER_OF_AN_HOUR,
  ),
  threshold: share,
  periods: 1,
});

/** @param whose Events that the function judges */
export const failing = (whose: string, transform: lambda.IAlias, consolePage: string): Trouble => ({
  happened: `The transform function of ${whose} fails: ${ATTEMPTS} invocations or more of a quarter of an hour, after which Firehose gives a batch up.`,
  severity: 'high',
  consolePage,
  article: 'failing-transform',
  metric: expression(
    'FILL(errors, 0) + FILL(throttles, 0)',
    {
      errors: transform.metricErrors({ period: QUARTER_OF_AN_HOUR, statistic: 'Sum' }),
      throttles: transform.metricThrottles({ period: QUARTER_OF_AN_HOUR, statistic: 'Sum' }),
    },
    QUARTER_OF_AN_HOUR,
  ),
  threshold: ATTEMPTS,
  periods: 1,
});

export const undelivered = (
  environment: string,
  dataset: DatasetContract,
  delivery: firehose.CfnDeliveryStream,
  consolePage: string,
): Trouble => ({
  happened: `Records of ${whoseOf(environment, dataset)} were not delivered: they lie under _errors/${dataset.domain}/${dataset.name}/ and are missing in the table.`,
  severity: 'high',
  consolePage,
  article: 'undelivered-records',
  metric: expression(
    'FILL(failed, 0) + FILL(unconverted, 0)',
    {
      failed: batchMetric(environment, dataset, 'FailedRecords', QUARTER_OF_AN_HOUR),
      unconverted: deliveryMetric(delivery, 'FailedConversion.Records', 'Sum', QUARTER_OF_AN_HOUR),
    },
    QUARTER_OF_AN_HOUR,
  ),
  threshold: 1,
  periods: 1,
});
