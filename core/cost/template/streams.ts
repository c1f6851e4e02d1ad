import * as z from 'zod';
import { PLATFORM } from '../platform.ts';
import { shardsFor } from '../meters/kinesis.ts';
import { readProperties, type Declared } from './resource-set.ts';
import type { Situation } from './situation.ts';
import { contractNamed, nameOf, trafficOf, type Traffic } from './traffic.ts';

const shape = z.looseObject({
  ShardCount: z.number().optional(),
  RetentionPeriodHours: z.number().default(24),
  DesiredShardLevelMetrics: z.array(z.string()).default([]),
  StreamModeDetails: z.looseObject({ StreamMode: z.enum(['PROVISIONED', 'ON_DEMAND']) }).default({ StreamMode: 'PROVISIONED' }),
  StreamEncryption: z.unknown().optional(),
});

/** The metrics that `ALL` stands for. @see https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html */
const ALL_SHARD_METRICS = 7;

/** A Kinesis stream with what comes to it. */
export interface Stream {
  readonly resource: Declared;
  readonly traffic: Traffic;
  readonly onDemand: boolean;
  /** Those of a provisioned stream, as the template has them; of one on demand, those that its peak needs, four at least. */
  readonly shards: number;
  readonly shardsNeeded: number;
  readonly retentionDays: number;
  readonly shardMetrics: number;
  readonly encrypted: boolean;
  /** Consumers with throughput of their own. */
  readonly consumers: number;
  /** Those that share the stream's: deliveries, functions, and what the workload says. */
  readonly readers: number;
}

const readerShape = z.looseObject({
  KinesisStreamSourceConfiguration: z.looseObject({ KinesisStreamARN: z.unknown().optional() }).optional(),
});

export function streamsOf({ resources, contracts, workload, month }: Situation): readonly Stream[] {
  return resources.ofType('AWS::Kinesis::Stream').map((resource) => {
    const read = readProperties(resource, shape);
    const name = nameOf(resource);
    const traffic = trafficOf(name, contractNamed(name, contracts), workload, month);
    const onDemand = read.StreamModeDetails.StreamMode === 'ON_DEMAND';
    const shardsNeeded = shardsFor(traffic.bytes, traffic.records, month.seconds);
    const reads = (one: Declared, value: unknown) => resources.find(one.stack, value) === resource;
    return {
      resource,
      traffic,
      onDemand,
      shards: onDemand ? Math.max(PLATFORM.onDemandShards, shardsNeeded) : (read.ShardCount ?? 1),
      shardsNeeded,
      retentionDays: read.RetentionPeriodHours / 24,
      shardMetrics: read.DesiredShardLevelMetrics.includes('ALL') ? ALL_SHARD_METRICS : read.DesiredShardLevelMetrics.length,
      encrypted: read.StreamEncryption !== undefined,
      consumers: resources.ofType('AWS::Kinesis::StreamConsumer').filter((one) => reads(one, one.properties.StreamARN)).length,
      readers:
        (traffic.said.readers ?? 0) +
        resources
          .ofType('AWS::KinesisFirehose::DeliveryStream')
          .filter((one) => reads(one, readProperties(one, readerShape).KinesisStreamSourceConfiguration?.KinesisStreamARN))
          .length,
    };
  });
}
