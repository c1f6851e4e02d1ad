import type { Duration } from 'aws-cdk-lib/core';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { METRICS_NAMESPACE, metricDimensions, type BatchMetric } from '../ingestion/batch-metrics.ts';

/** @see https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html */
type DeliveryMetric =
  | 'DataReadFromKinesisStream.Records'
  | 'DeliveryToS3.DataFreshness'
  | 'FailedConversion.Records'
  | 'KinesisMillisBehindLatest'
  | 'ThrottledRecords';

/** @see https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html */
type StreamMetric = 'IncomingRecords' | 'WriteProvisionedThroughputExceeded';

export const deliveryMetric = (
  delivery: firehose.CfnDeliveryStream,
  metricName: DeliveryMetric,
  statistic: 'Maximum' | 'Sum',
  period: Duration,
): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: 'AWS/Firehose',
    metricName,
    dimensionsMap: { DeliveryStreamName: delivery.ref },
    statistic,
    period,
  });

export const streamMetric = (stream: kinesis.IStream, metricName: StreamMetric, period: Duration): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: 'AWS/Kinesis',
    metricName,
    dimensionsMap: { StreamName: stream.streamName },
    statistic: 'Sum',
    period,
  });

/** What the transform function counts of its batches. */
export const batchMetric = (
  environment: string,
  dataset: { readonly domain: string; readonly name: string },
  metricName: BatchMetric,
  period: Duration,
): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: metricDimensions(environment, dataset),
    statistic: 'Sum',
    period,
  });

/** An expression over metrics, all of one period. */
export const expression = (
  text: string,
  usingMetrics: Readonly<Record<string, cloudwatch.IMetric>>,
  period: Duration,
): cloudwatch.MathExpression => new cloudwatch.MathExpression({ expression: text, usingMetrics: { ...usingMetrics }, period });
