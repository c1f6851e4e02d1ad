import * as z from 'zod';
import { isMetricsQuery } from '../../../aws/metrics-query.ts';
import { PRICES } from '../../prices.ts';
import { billItem, total, type BillItem } from '../bill.ts';
import { PriceError } from '../price-error.ts';
import { pathOf, readProperties, type Declared } from '../resource-set.ts';
import type { Scene } from '../scene.ts';
import { replicationsOf } from '../written/replicas.ts';
import { logItems } from './logs.ts';

const alarmShape = z.looseObject({
  Period: z.number().optional(),
  Metrics: z
    .array(
      z.looseObject({
        Expression: z.unknown().optional(),
        MetricStat: z.looseObject({ Period: z.number() }).optional(),
      }),
    )
    .optional(),
});
const notifyingShape = z.looseObject({
  NotificationConfiguration: z
    .looseObject({ EventBridgeConfiguration: z.looseObject({ EventBridgeEnabled: z.boolean().default(true) }).optional() })
    .optional(),
});
/** Pending operations, pending bytes, latency, failures. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html */
const REPLICATION_METRICS = 4;
/** What finds metrics for itself, beside queries. */
const FINDING = /ANOMALY_DETECTION_BAND|SEARCH\(/i;
/** Asks how late the copies of one bucket are. */
const LATENCY_OF_COPIES = /\bSELECT MAX\(ReplicationLatency\) .* WHERE DestinationBucket = /;
/** Seconds under which an alarm's period is billed as high resolution. */
const STANDARD_PERIOD = 60;

/** CloudWatch, and what tells others: alarms, metrics of our own, logs, events, e-mails. */
export function monitoringItems(scene: Scene): BillItem[] {
  const { resources, streams, functions, kept, workload } = scene;
  const { cloudWatch, events, sns } = PRICES;
  const line = (resource: Declared, what: string, quantity: number, price: typeof sns.email) =>
    quantity === 0 ? [] : [billItem('monitoring', resource, what, quantity, price)];
  const working = functions.some(({ invocations }) => invocations > 0);
  return [
    ...resources.ofType('AWS::CloudWatch::Alarm').map((one) => alarmItem(one, scene)),
    ...resources
      .ofType('AWS::CloudWatch::CompositeAlarm')
      .map((one) => billItem('monitoring', one, 'composite alarm', 1, cloudWatch.compositeAlarm)),
    ...resources
      .ofType('AWS::CloudWatch::Dashboard')
      .map((one) => billItem('monitoring', one, 'dashboard', 1, cloudWatch.dashboard)),
    ...streams.flatMap(({ resource, shards, shardMetrics }) =>
      line(resource, 'metrics of each shard', shards * shardMetrics, cloudWatch.metric),
    ),
    ...functions.flatMap(({ resource, judges }) =>
      line(resource, 'metrics of its own', judges * workload.metricsPerFunction, cloudWatch.metric),
    ),
    ...replicationsOf(scene)
      .filter(({ measured }) => measured)
      .flatMap(({ from }) => line(from, 'metrics of replication', REPLICATION_METRICS, cloudWatch.metric)),
    ...logItems(scene),
    ...resources
      .ofType('AWS::S3::Bucket')
      .filter(
        (one) => readProperties(one, notifyingShape).NotificationConfiguration?.EventBridgeConfiguration?.EventBridgeEnabled,
      )
      .flatMap((bucket) =>
        line(
          bucket,
          'objects told of',
          total(
            kept.filter((one) => one.bucket === bucket),
            ({ objects }) => objects,
          ),
          events.optIn,
        ),
      ),
    ...resources
      .ofType('AWS::SNS::Topic')
      .flatMap((one) => line(one, 'e-mails', working ? workload.emailsPerMonth : 0, sns.email)),
  ];
}

/** @throws {@link PriceError} `UnpricedProperty` for alarms whose metrics only the account knows */
function alarmItem(alarm: Declared, scene: Scene): BillItem {
  const { Period, Metrics } = readProperties(alarm, alarmShape);
  const odd = Metrics?.find(({ Expression }) => isMetricsQuery(Expression) || FINDING.test(JSON.stringify(Expression ?? '')));
  if (odd !== undefined) {
    const analysed = Metrics?.length === 1 ? latenciesAsked(alarm, odd.Expression, scene) : undefined;
    if (analysed !== undefined) return billItem('monitoring', alarm, 'alarm', analysed, PRICES.cloudWatch.queryAlarm);
    throw new PriceError('UnpricedProperty', [
      `'Metrics' of ${pathOf(alarm)} must name each metric to be priced, got a query; name them, or add its price to core/cost`,
    ]);
  }
  const periods = Metrics?.flatMap(({ MetricStat }) => (MetricStat === undefined ? [] : [MetricStat.Period])) ?? [
    Period ?? STANDARD_PERIOD,
  ];
  const fast = periods.some((period) => period < STANDARD_PERIOD);
  return billItem('monitoring', alarm, 'alarm', periods.length, PRICES.cloudWatch[fast ? 'fastAlarm' : 'alarm']);
}

/** How many metrics a query analyses: replication has one for each rule that copies to a bucket. Undefined for a query about anything else. */
function latenciesAsked(alarm: Declared, expression: unknown, scene: Scene): number | undefined {
  if (!LATENCY_OF_COPIES.test(JSON.stringify(expression))) return undefined;
  const copies = scene.resources.require(alarm, 'Metrics', expression);
  return replicationsOf(scene).filter(({ to, measured }) => measured && to === copies).length;
}
