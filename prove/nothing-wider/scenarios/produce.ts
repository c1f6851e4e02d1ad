import { PutRecordBatchCommand, PutRecordCommand as PutToDelivery } from '@aws-sdk/client-firehose';
import { DescribeStreamSummaryCommand, ListShardsCommand, PutRecordCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { each, type Scenario } from './scenario.ts';

/** Lawful JSON that lacks all that a contract requires. */
const REJECTED = '{}';

/** Producers of every dataset put good events and bad ones, as the client libraries do. */
export const produce: readonly Scenario[] = [
  {
    name: 'a producer finds its stream',
    run: ({ datasets, as }) =>
      each(
        datasets.filter(({ intake }) => intake.kind === 'stream'),
        async ({ producerRoleArn, intake: { name: StreamName } }) => {
          const { kinesis } = await as(producerRoleArn);
          await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
          await kinesis.send(new ListShardsCommand({ StreamName }));
        },
      ),
  },
  {
    name: 'a producer puts events',
    run: ({ datasets, as }) =>
      each(datasets, async ({ producerRoleArn, intake: { kind, name }, events }) => {
        const { kinesis, firehose } = await as(producerRoleArn);
        const [first = Buffer.alloc(0), ...rest] = [...events, REJECTED].map((text) => Buffer.from(`${text}\n`));
        if (kind === 'delivery') {
          await firehose.send(new PutToDelivery({ DeliveryStreamName: name, Record: { Data: first } }));
          const Records = rest.map((Data) => ({ Data }));
          await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: name, Records }));
          return;
        }
        await kinesis.send(new PutRecordCommand({ StreamName: name, Data: first, PartitionKey: 'first' }));
        const Records = rest.map((Data, index) => ({ Data, PartitionKey: String(index) }));
        await kinesis.send(new PutRecordsCommand({ StreamName: name, Records }));
      }),
  },
];
