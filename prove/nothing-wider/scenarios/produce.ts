import { DescribeStreamSummaryCommand, ListShardsCommand, PutRecordCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { each, type Scenario } from './scenario.ts';

/** Lawful JSON that lacks all that a contract requires. */
const REJECTED = '{}';

/** Producers of every dataset put good events and bad ones, as the Kinesis client libraries do. */
export const produce: readonly Scenario[] = [
  {
    name: 'a producer finds its stream',
    run: ({ datasets, as }) =>
      each(datasets, async ({ producerRoleArn, intake: { name: StreamName } }) => {
        const { kinesis } = await as(producerRoleArn);
        await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
        await kinesis.send(new ListShardsCommand({ StreamName }));
      }),
  },
  {
    name: 'a producer puts events',
    run: ({ datasets, as }) =>
      each(datasets, async ({ producerRoleArn, intake: { name: StreamName }, events }) => {
        const { kinesis } = await as(producerRoleArn);
        const [first = REJECTED, ...rest] = [...events, REJECTED].map((text) => Buffer.from(`${text}\n`));
        await kinesis.send(new PutRecordCommand({ StreamName, Data: Buffer.from(first), PartitionKey: 'first' }));
        const Records = rest.map((Data, index) => ({ Data, PartitionKey: String(index) }));
        await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
      }),
  },
];
