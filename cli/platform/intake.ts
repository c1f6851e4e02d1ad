import { PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { isThrottledDelivery } from '../../core/aws/throttled-delivery.ts';
import type { RoleClients } from './session.ts';

/** What events of a dataset are put in: a stream, or a delivery that reads none. */
export interface Intake {
  readonly kind: 'stream' | 'delivery';
  readonly name: string;
}

/** A record as it is put; a delivery has no shards that a key would choose among. */
export interface Entry {
  readonly Data: Buffer;
  readonly PartitionKey: string;
}

export type PutClients = Pick<RoleClients, 'kinesis' | 'firehose'>;

/** What a producer must be allowed. */
export const putAction = ({ kind }: Pick<Intake, 'kind'>): string =>
  kind === 'stream' ? 'kinesis:PutRecords' : 'firehose:PutRecordBatch';

/** Puts records once. @returns those that were refused */
export async function putOnce(
  { kinesis, firehose }: PutClients,
  { kind, name }: Intake,
  records: readonly Entry[],
): Promise<readonly Entry[]> {
  if (kind === 'stream') {
    const { Records = [] } = await kinesis.send(new PutRecordsCommand({ StreamName: name, Records: [...records] }));
    return records.filter((_, index) => Records[index]?.ErrorCode !== undefined);
  }
  try {
    const { RequestResponses = [] } = await firehose.send(
      new PutRecordBatchCommand({ DeliveryStreamName: name, Records: records.map(({ Data }) => ({ Data })) }),
    );
    return records.filter((_, index) => RequestResponses[index]?.ErrorCode !== undefined);
  } catch (error) {
    if (isThrottledDelivery(error)) return records;
    throw error;
  }
}
