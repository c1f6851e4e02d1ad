import * as z from 'zod';
import { batchInvocations, judgedGbSeconds } from '../meters/lambda.ts';
import { rejectedBytes } from '../meters/rejects.ts';
import { total } from './bill.ts';
import type { Delivery } from './deliveries.ts';
import { readProperties, type Declared } from './resource-set.ts';
import type { Situation } from './situation.ts';

const shape = z.looseObject({
  MemorySize: z.number().default(128),
  Architectures: z.array(z.enum(['arm64', 'x86_64'])).default(['x86_64']),
  VpcConfig: z.unknown().optional(),
});

/** A function with its month's work. */
export interface Work {
  readonly resource: Declared;
  readonly arm: boolean;
  readonly inNetwork: boolean;
  readonly invocations: number;
  readonly gbSeconds: number;
  /** Bytes that it sends on besides its answer: what it rejects. */
  readonly sentBytes: number;
  /** Deliveries whose events it judges: of each it emits metrics of its own. */
  readonly judges: number;
}

export function functionsOf(situation: Situation, deliveries: readonly Delivery[]): readonly Work[] {
  const { resources, workload, month } = situation;
  return resources.ofType('AWS::Lambda::Function').map((resource) => {
    const { MemorySize, Architectures, VpcConfig } = readProperties(resource, shape);
    const gb = MemorySize / 1024;
    const calling = deliveries.filter(({ transform }) => transform?.called === resource);
    const asked = workload.functions[resource.id];
    const runs = (asked?.invocationsPerDay ?? 0) * month.days;
    const judged = calling.map(({ transform, traffic, source }) => {
      const batch = transform?.batch ?? { bytes: 1, seconds: 1 };
      const invocations = batchInvocations({ ...traffic, shards: source?.shards ?? 1, seconds: month.seconds, batch });
      return { invocations, gbSeconds: judgedGbSeconds(traffic.bytes, invocations, gb), sent: rejectedBytes(traffic) };
    });
    return {
      resource,
      arm: Architectures.includes('arm64'),
      inNetwork: VpcConfig !== undefined,
      invocations: runs + total(judged, ({ invocations }) => invocations),
      gbSeconds: (runs * (asked?.milliseconds ?? 0) * gb) / 1000 + total(judged, ({ gbSeconds }) => gbSeconds),
      sentBytes: total(judged, ({ sent }) => sent),
      judges: calling.filter(({ traffic }) => traffic.records > 0).length,
    };
  });
}
